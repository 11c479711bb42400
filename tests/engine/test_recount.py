import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.recount import recount_ranks, recount_totals

USG = pd.DataFrame({"U": [5, 4], "S": [4, 5], "G": [4, 3]}, index=["isu 1", "isu 2"])
SUMS = USG.sum(axis="columns")


def test_the_published_table_writes_14_for_13():
    found = recount_totals(pd.Series({"isu 1": 14.0, "isu 2": 12.0}), {"sum": SUMS})
    assert found.reading == "sum"
    assert found.differences.to_dict("index") == {"isu 1": {"written": 14.0, "computed": 13.0}}


def test_the_way_of_counting_that_fits_most_rows_is_taken():
    points = pd.Series({"a": 10.0, "b": 8.0, "c": 7.0})
    weighted = points * 5
    found = recount_totals(
        pd.Series({"a": 50.0, "b": 41.0, "c": 35.0}), {"sum": points, "weighted": weighted}
    )
    assert found.reading == "weighted"
    assert found.differences.index.tolist() == ["b"]


def test_a_column_that_fits_nowhere_is_not_called_wrong_row_by_row():
    points = pd.Series({"a": 1.0, "b": 2.0, "c": 3.0})
    found = recount_totals(points + 100, {"sum": points})
    assert (found.reading, found.compared, len(found.differences)) == ("", 3, 0)


def test_written_decimals_are_the_precision_that_is_asked():
    computed = pd.Series({"a": 79.2468, "b": 79.2468})
    written, decimals = pd.Series({"a": 79.25, "b": 79.24}), pd.Series({"a": 2, "b": 2})
    assert recount_totals(written, {"score": computed}, decimals).differences.index.tolist() == ["b"]


def test_what_cannot_be_computed_is_not_compared():
    found = recount_totals(pd.Series({"a": 5.0, "b": np.nan}), {"sum": pd.Series({"a": np.nan, "b": 3.0})})
    assert (found.reading, found.compared) == ("", 0)


def test_any_place_of_a_tie_is_right():
    totals = {"sum": pd.Series({"a": 9.0, "b": 9.0, "c": 5.0})}
    for ranks in ((1, 1, 3), (1, 2, 3), (2, 1, 3), (1, 1, 2)):
        written = pd.Series(ranks, index=["a", "b", "c"], dtype="float64")
        assert recount_ranks(written, totals, {}).differences.empty
    wrong = recount_ranks(pd.Series({"a": 1.0, "b": 2.0, "c": 1.0}), totals, {})
    assert wrong.differences.to_dict("index") == {"c": {"written": 1.0, "computed": 3.0}}


def test_ranks_within_districts_are_recognised():
    totals = {"sum": pd.Series({"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0})}
    groups = {"district": pd.Series({"a": "1", "b": "2", "c": "1", "d": "2"})}
    found = recount_ranks(pd.Series({"a": 1.0, "b": 1.0, "c": 2.0, "d": 2.0}), totals, groups)
    assert found.reading == "sum/district"
    assert found.differences.empty


@given(st.lists(st.integers(3, 60), min_size=1, max_size=12), st.data())
def test_one_wrong_total_among_right_ones_is_the_only_one_named(totals, data):
    labels = [f"u{n:02d}" for n in range(len(totals))]
    right = pd.Series(totals, index=labels, dtype="float64")
    spoilt = data.draw(st.sampled_from(labels))
    written = right.copy()
    written[spoilt] += data.draw(st.integers(1, 9))
    shuffled = written[data.draw(st.permutations(labels))]
    assert recount_totals(shuffled, {"sum": right}).differences.index.tolist() == [spoilt]
    assert recount_totals(right, {"sum": right}).differences.empty
