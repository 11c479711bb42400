"""Names of places beside their codes: a code left out, and a name that says something else than its code."""

from __future__ import annotations

import re

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.regions import Regions
from workbench.errors import Problem, Severity
from workbench.store.regions import LEVEL_WORDS, plain_name

DISTRICT_WORDS = re.compile(r"^(?:kecamatan|kec|distrik|kapanewon|kemantren)[\s.]+", re.IGNORECASE)
NAME_COLUMNS = (("village", Level.VILLAGE), ("district", Level.DISTRICT))
"""The columns of a proposal that repeat in words what its code says."""


def bare_name(name: str) -> str:
    """Return the name of a place without the word for its level, case, blanks and punctuation.

    Examples
    --------
    >>> bare_name("Kec. Bonto Bahari"), bare_name("Desa Bira")
    ('bontobahari', 'bira')
    """
    name = name.strip()
    return plain_name(LEVEL_WORDS.sub("", DISTRICT_WORDS.sub("", name))) or plain_name(name)


def find_districts(regions: Regions, name: str) -> tuple[str, ...]:
    """Return the codes of all districts that bear a name, in code order.

    Examples
    --------
    >>> regions = Regions(pd.Series({"73.02.01": "Harapan", "73.03.01": "Harapan"}), "contoh")
    >>> find_districts(regions, "Kec. Harapan")
    ('73.02.01', '73.03.01')
    """
    return _districts_by_name(regions).get(bare_name(name), ())


def _districts_by_name(regions: Regions) -> dict[str, tuple[str, ...]]:
    codes = regions.names.index.astype("str")
    districts = regions.names[codes.str.count(r"\.") == Level.DISTRICT - 1]
    found: dict[str, tuple[str, ...]] = {}
    for code, name in districts.items():
        plain = bare_name(str(name))
        found[plain] = (*found.get(plain, ()), str(code))
    return found


def missing_codes(table: pd.DataFrame, regions: Regions) -> list[Problem]:
    """Name every proposal without a code; what its name would mean is only suggested, never taken.

    A name does not decide: two districts may bear the same one. Where the list holds the name, the codes that
    it could mean are given and the code is asked for; elsewhere the proposal goes on and is listed apart.

    Parameters
    ----------
    table : DataFrame
        Columns region, district; the index is the row number a person sees.
    regions : Regions
        The list that the name is looked for in.
    """
    without = table["district"][table["region"] == ""].str.strip()
    if without.empty:
        return []
    known = _districts_by_name(regions)
    problems = []
    for row, name in without.items():
        candidates = known.get(bare_name(name), ()) if name else ()
        if candidates:
            problems.append(
                problem_at(row, "region_code_missing", "region", name, name=name, candidates=candidates)
            )
        elif name:
            problems.append(problem_at(row, "region_code_missing", "region", name, Severity.NOTE, name=name))
        else:
            problems.append(problem_at(row, "region_missing", "region", severity=Severity.NOTE))
    return problems


def differing_names(table: pd.DataFrame, regions: Regions) -> list[Problem]:
    """Note every name of a village or district that the list of regions gives another code.

    Parameters
    ----------
    table : DataFrame
        Columns region, village, district; the index is the row number a person sees.
    regions : Regions
        The list of regions; codes that it does not hold are not judged.
    """
    problems = []
    for column, level in NAME_COLUMNS:
        pairs = table.loc[(table["region"] != "") & (table[column] != ""), ["region", column]]
        wrong = {
            pair: regions.name(code)
            for pair in pairs.drop_duplicates().itertuples(index=False, name=None)
            if (code := ancestor(pair[0], level)) in regions
            and bare_name(regions.name(code)) != bare_name(pair[1])
        }
        problems += [
            problem_at(
                row,
                "region_name_differs",
                column,
                name,
                Severity.NOTE,
                region=ancestor(code, level),
                listed=wrong[code, name],
            )
            for row, code, name in pairs.itertuples(name=None)
            if (code, name) in wrong
        ]
    return problems
