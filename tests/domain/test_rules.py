from __future__ import annotations

import pytest

from workbench.domain.rules import CHOICES, NAMES, TIE_KEYS, Rules
from workbench.engine.aggregation import AGGREGATIONS
from workbench.engine.pairwise.random_index import RANDOM_INDEX_TABLES
from workbench.errors import InvalidInput
from workbench.prioritisation.funding import FUNDING
from workbench.prioritisation.weighting import WEIGHTING


def test_every_choice_has_a_function_behind_it():
    assert set(CHOICES["weighting"]) == set(WEIGHTING)
    assert set(CHOICES["aggregation"]) == set(AGGREGATIONS)
    assert set(CHOICES["budget_rule"]) == set(FUNDING)
    assert set(CHOICES["random_index"]) <= set(RANDOM_INDEX_TABLES)


def test_all_unknown_choices_are_named_at_once():
    with pytest.raises(InvalidInput) as caught:
        Rules(
            **dict.fromkeys(CHOICES, "guess"),
            ties=("alphabet", "lot", "lot"),
            round=-1,
            minimum_group=1,
        )
    assert [(p.code, p.column) for p in caught.value.problems] == [
        *(("unknown_rule", name) for name in CHOICES),
        ("unknown_rule", "ties"),
        ("rule_repeated", "ties"),
        ("lot_without_seed", "lot_seed"),
        ("negative_value", "round"),
        ("group_too_small", "minimum_group"),
    ]


def test_rules_are_values():
    assert Rules() == Rules(ties=TIE_KEYS[:-1])
    assert hash(Rules()) == hash(Rules())
    assert "lot" not in Rules().ties
    assert len(NAMES) == len(set(NAMES))
    with pytest.raises(AttributeError):
        Rules().stage = "x"
