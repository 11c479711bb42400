import pandas as pd
import pytest

from workbench.domain.criteria import Criteria
from workbench.domain.rules import Rules
from workbench.domain.template import Counting, Provenance, Template, YearOf
from workbench.errors import InvalidInput

PRACTICE = Provenance("", 2011, YearOf.SOURCE, "praktik")
CRITERIA = Criteria.from_tables(
    pd.DataFrame(
        {
            "criterion": ["K1", "K2"],
            "name": ["a", "b"],
            "scale_min": 0.0,
            "scale_max": 5.0,
            "measure": ["judged", "number"],
            "column": ["", "kondisi"],
        }
    )
)


def code(**changes):
    given = {"name": "x", "title": "X", "counting": Counting.WEIGHTED_SUM, "provenance": PRACTICE}
    with pytest.raises(InvalidInput) as raised:
        Template(**{**given, **changes})
    return [problem.code for problem in raised.value.problems]


def test_points_need_criteria_and_votes_have_none():
    assert code() == ["template_without_criteria"]
    assert code(counting=Counting.MAD_VOTE, criteria=CRITERIA) == ["template_vote_with_criteria"]


def test_a_template_says_where_it_comes_from():
    nowhere = Provenance("", 2011, YearOf.SOURCE, "")
    assert code(criteria=CRITERIA, provenance=nowhere) == ["template_without_ground"]


def test_it_changes_only_the_rules_that_it_names():
    template = Template(
        "x", "X", Counting.WEIGHTED_SUM, PRACTICE, CRITERIA, rules={"budget_rule": "rank_skip"}
    )
    mine = Rules(aggregation="median")
    assert template.applied_to(mine) == Rules(aggregation="median", budget_rule="rank_skip")


def test_it_names_the_columns_that_a_list_lacks():
    template = Template("x", "X", Counting.WEIGHTED_SUM, PRACTICE, CRITERIA)
    assert template.own_columns(pd.Index(["cost"])) == ("kondisi",)
    assert template.own_columns(pd.Index(["kondisi"])) == ()
