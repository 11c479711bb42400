import pandas as pd

from workbench.domain.budget import Budget
from workbench.domain.pools import check_pools, check_spelling, pools_of
from workbench.domain.proposals import Proposals
from workbench.errors import Severity


def proposals(*pools):
    return Proposals(pd.DataFrame({"pool": list(pools)}, index=[f"U{n}" for n in range(len(pools))]))


def test_pools_are_sorted_and_those_without_come_last():
    assert pools_of(proposals("Nonfisik", "", "Fisik", "Fisik")) == ("Fisik", "Nonfisik", "")


def test_a_misspelt_pool_of_the_budget_is_noted_with_its_row_and_the_likely_name():
    budget = pd.DataFrame({"pool": ["Fisik", "fisik ", ""], "amount": [1, 2, 3]}, index=[2, 3, 4])
    (note,) = check_pools(proposals("Fisik"), budget)
    assert (note.row, note.severity, note.facts["suggestion"]) == (3, Severity.NOTE, "Fisik")


def test_two_spellings_of_one_pool_are_noted():
    table = pd.DataFrame({"pool": ["Non Fisik", "Nonfisik", "Non Fisik", ""]}, index=[2, 3, 4, 5])
    (note,) = check_spelling(table)
    assert (note.row, note.facts["suggestion"]) == (3, "Non Fisik")


def test_lines_of_a_pool_are_a_budget_of_their_own_and_no_total_of_all():
    lines = pd.DataFrame(
        {
            "pool": ["Fisik", "Nonfisik", "", "Fisik"],
            "kind": ["ceiling", "ceiling", "ceiling", "earmark"],
            "amount": [70, 20, 100, 5],
        }
    )
    budget = Budget.from_table(lines)
    assert budget.ceiling() == 100
    assert budget.of_pool("Fisik").room() == 65
    assert budget.of_pool("Nonfisik").ceiling() == 20
    assert budget.of_pool("").ceiling() == 100
    assert Budget.from_table(lines[lines["pool"] != ""]).ceiling() == 90
