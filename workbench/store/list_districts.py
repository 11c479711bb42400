"""Which column of a list made elsewhere decides the district: a code, a name, or the mapping itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from workbench.domain.checks import raise_if_any
from workbench.domain.regions import Regions
from workbench.errors import Problem, Severity
from workbench.store.raw_tables import RawTable
from workbench.store.recipe import Recipe
from workbench.store.region_names import find_districts
from workbench.store.regions import shipped_regions

DECIDED = "kode wilayah menurut pemetaan"
"""Header of the column of codes that is put to a list without one."""


def with_district_codes(raw: RawTable, recipe: Recipe) -> tuple[RawTable, Recipe, list[Problem]]:
    """Return a list with a column of codes, the recipe that names it, and what could not be found.

    A list with codes of its own is left as it stands. Names are looked for inside the region of the mapping
    alone, so a district of the same name elsewhere does no harm. A list that names no district is all of the
    region of the mapping.

    Raises
    ------
    InvalidInput
        ``district_name_ambiguous``: two districts of that region bear one name.
    """
    if recipe.district_header:
        return raw, recipe, []
    decided = replace(recipe, district_header=DECIDED)
    if not recipe.district_name_header:
        return _put(raw, pd.Series(recipe.facts.region, index=raw.body.index, dtype="str")), decided, []
    names = raw.body[recipe.district_name_header]
    inside = _inside(recipe.facts.region)
    found = {str(name): find_districts(inside, str(name)) for name in names.unique() if name}
    problems = _problems(raw, recipe, names, found)
    raise_if_any(problems)
    codes = names.map(lambda name: next(iter(found.get(name, ())), "")).astype("str")
    return _put(raw, codes), decided, problems


def _put(raw: RawTable, codes: pd.Series[str]) -> RawTable:
    return replace(raw, body=raw.body.assign(**{DECIDED: codes}), header=(*raw.header, DECIDED))


def _inside(region: str) -> Regions:
    shipped = shipped_regions()
    return Regions(shipped.names[shipped.names.index.str.startswith(f"{region}.")], shipped.edition)


def _problems(
    raw: RawTable, recipe: Recipe, names: pd.Series[str], found: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    """Name each district once, at its first row, with the number of its rows."""
    return [
        Problem(
            "district_name_ambiguous" if codes else "district_name_not_found",
            Severity.ERROR if codes else Severity.NOTE,
            raw.file,
            raw.sheet,
            int(names.index[names == name][0]),
            recipe.district_name_header,
            name,
            {"candidates": codes, "count": int((names == name).sum()), "region": recipe.facts.region},
        )
        for name, codes in sorted(found.items())
        if len(codes) != 1
    ]
