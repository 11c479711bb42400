"""Random indices: the mean consistency index of random answers, by table and by number of items.

A consistency ratio is only as good as the table it divides by, so a table carries its name and its source,
and both belong beside every ratio that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workbench.errors import InvalidValue, UnknownMethod


@dataclass(frozen=True)
class RandomIndexTable:
    """One table of random indices.

    Attributes
    ----------
    name : str
        Registry name, printed beside every consistency ratio.
    source : str
        Where the values come from.
    values : mapping
        Random index by number of items n >= 3. For n = 1 and 2 every answer is consistent and the index is 0.
    seed : int or None
        Seed of the simulation; None for published values.
    standard_errors : mapping
        Standard error by n; 0 where every matrix was counted, absent for published values.
    extended : bool
        Whether sizes beyond the table follow the linear fit of Alonso & Lamata (2006), which is within 0.2 %
        at n = 15; otherwise they are refused.
    """

    name: str
    source: str
    values: Mapping[int, float]
    seed: int | None = None
    standard_errors: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    extended: bool = False


def _from_three(*values: float) -> Mapping[int, float]:
    return MappingProxyType(dict(enumerate(values, start=3)))


OWN = RandomIndexTable(
    name="own",
    source="all 17^3 and 17^6 matrices for n = 3, 4; 1,000,000 random matrices each for n = 5..15, "
    "uniform on 1/9..9; linear fit of Alonso & Lamata (2006) beyond",
    values=_from_three(
        0.5244574543,
        0.8841580007,
        1.109008,
        1.248690,
        1.340836,
        1.404547,
        1.450752,
        1.486059,
        1.513915,
        1.535940,
        1.554638,
        1.570417,
        1.583489,
    ),
    seed=20_260_101,
    standard_errors=_from_three(
        0.0,
        0.0,
        0.000509,
        0.000408,
        0.000332,
        0.000278,
        0.000238,
        0.000208,
        0.000185,
        0.000166,
        0.000151,
        0.000138,
        0.000127,
    ),
    extended=True,
)
SAATY_1980 = RandomIndexTable(
    name="saaty_1980",
    source="Saaty (1980), The Analytic Hierarchy Process",
    values=_from_three(0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
)
SAATY_2005 = RandomIndexTable(
    name="saaty_2005",
    source="Saaty (2005), Theory and Applications of the Analytic Network Process",
    values=_from_three(0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
)
THESIS_ID = RandomIndexTable(
    name="thesis_id",
    source="table of Indonesian theses, n = 1..10: 0; 0; 0.52; 0.89; 1.11; 1.25; 1.35; 1.40; 1.45; 1.49",
    values=_from_three(0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49),
)
ALONSO_LAMATA = RandomIndexTable(
    name="alonso_lamata",
    source="Alonso & Lamata (2006), 500,000 matrices each for n = 3..15; their linear fit beyond",
    values=_from_three(
        0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838
    ),
    extended=True,
)

RANDOM_INDEX_TABLES: Mapping[str, RandomIndexTable] = MappingProxyType(
    {table.name: table for table in (OWN, SAATY_1980, SAATY_2005, THESIS_ID, ALONSO_LAMATA)}
)
"""The tables a forum may choose from, by name."""


def random_index_table(name: str) -> RandomIndexTable:
    """Return the named table.

    Raises
    ------
    UnknownMethod
        The facts list the names there are.

    Examples
    --------
    >>> random_index_table("saaty_1980").values[3]
    0.58
    """
    if name not in RANDOM_INDEX_TABLES:
        raise UnknownMethod(method=name, known=tuple(RANDOM_INDEX_TABLES))
    return RANDOM_INDEX_TABLES[name]


def random_index(n: int, table: str = "own") -> float:
    """Return the random index of n items in the named table.

    Parameters
    ----------
    n : int
        Number of items compared, at least 1.
    table : str
        A name in `RANDOM_INDEX_TABLES`.

    Raises
    ------
    InvalidValue
        ``size_beyond_table``: the table ends before n and has no published continuation.
    UnknownMethod
        There is no such table.

    Examples
    --------
    >>> random_index(3), random_index(2), random_index(10, "thesis_id")
    (0.5244574543, 0.0, 1.49)
    """
    chosen = random_index_table(table)
    if n < 1:
        raise InvalidValue("size_below_one", n=n)
    if n <= 2:
        return 0.0
    if n in chosen.values:
        return chosen.values[n]
    if not chosen.extended:
        raise InvalidValue("size_beyond_table", n=n, table=table, largest=max(chosen.values))
    return fitted_random_index(n)


def fitted_random_index(n: int) -> float:
    """Return the linear fit (1.7699 n - 4.3513) / (n - 1) of Alonso & Lamata (2006).

    It is 8.6 % too low at n = 3 and within 0.2 % at n = 15: use it beyond the tables only.

    Examples
    --------
    >>> round(fitted_random_index(3), 4), round(fitted_random_index(16), 4)
    (0.4792, 1.5978)
    """
    if n < 3:
        raise InvalidValue("size_below_three", n=n)
    return (1.7699 * n - 4.3513) / (n - 1)
