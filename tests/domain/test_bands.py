import pandas as pd
import pytest

from workbench.domain.bands import Bands
from workbench.errors import InvalidInput


def table(**columns):
    return pd.DataFrame(columns, index=range(2, 2 + len(next(iter(columns.values())))))


def test_the_highest_stands_first_whatever_the_order_of_lines():
    bands = Bands.from_table(table(band=["P3", "P1", "P2"], lower=[50.0, 80.0, 65.0]))
    assert bands.names == ("P1", "P2", "P3")
    assert bands.decimals is None


def test_all_faults_are_named_at_once_with_their_rows():
    with pytest.raises(InvalidInput) as raised:
        Bands.from_table(
            table(band=["P1", "P1", "P2"], lower=[80.0, 65.0, 65.0], decimals=pd.array([0, 9, 1], "Int64"))
        )
    found = [(problem.code, problem.row) for problem in raised.value.problems]
    assert found == [
        ("duplicate_id", 3),
        ("band_threshold_repeated", 4),
        ("decimals_not_usable", 3),
        ("decimals_differ", None),
    ]


def test_a_band_without_threshold_is_refused():
    with pytest.raises(InvalidInput) as raised:
        Bands.from_table(table(band=["P1"], lower=[float("nan")]))
    assert raised.value.problems[0].code == "empty_cell"


def test_no_bands_are_nobody_s_band():
    assert len(Bands.empty()) == 0
    assert Bands.empty().names == ()
