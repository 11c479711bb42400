"""Where each row of a list lies: by code, else by name within its parent; what fits twice is asked.

A name that differs by a letter or two (Gantorang, Gantarang) is taken where it can mean one place alone, and
noted; codes of BPS are recognised by their form and never taken for Kemendagri's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from workbench.domain.intake import Confidence, PlaceUse
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.regions import Regions
from workbench.errors import Problem, Severity
from workbench.store.intake.conversions import Value, read_code
from workbench.store.region_names import bare_name

VARIANT = 80.0
"""Likeness of two names of places within one parent from which one is taken for a spelling of the other."""
AHEAD = 6.0
"""How much liker the first must be than the second."""
BPS_CODE = re.compile(r"[1-9][0-9]{6}|[1-9][0-9]{6}0[0-9]{2}|[1-9][0-9]{9}")
LEVEL_NAMES = re.compile(
    r"\b(?:kec(?:amatan)?|distrik|kapanewon|kemantren)[\s.:]+([a-z][\w' -]+?)\s*"
    r"(?=,|;|\.|\(|$|\b(?:desa|kel|kelurahan|kab|kota)\b)"
    r"|\b(?:kepala\s+desa|kades|lurah|keuchik|wali\s+nagari|desa|ds|kel(?:urahan)?|nagari|gampong|kampung|pekon|"
    r"lembang|kalurahan)[\s.:]+"
    r"([a-z][\w' -]+?)\s*(?=,|;|\.|\(|$|\b(?:kec|kecamatan|distrik|kab|kota|rt|rw|dusun)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Placed:
    """What became of the places of a list.

    Attributes
    ----------
    codes : Series of str
        Kode wilayah by row; empty where it is not known.
    use : PlaceUse
    problems : tuple of Problem
    """

    codes: pd.Series[str]
    use: PlaceUse
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Gazetteer:
    """The list of regions, ready for names: districts of a region, villages of a district."""

    regions: Regions
    inside: str
    known: dict[str, dict[str, list[str]]] = field(default_factory=dict, compare=False)

    @cached_property
    def districts(self) -> dict[str, list[str]]:
        """Codes of the districts inside by their bare name."""
        return self._named(self._level(Level.DISTRICT))

    def villages(self, district: str) -> dict[str, list[str]]:
        """Codes of the villages of a district by their bare name."""
        if district not in self.known:
            self.known[district] = self._named(self.regions.names.loc[f"{district}." : f"{district}/"])
        return self.known[district]

    @cached_property
    def every_village(self) -> dict[str, list[str]]:
        """Codes of all villages inside by their bare name."""
        return self._named(self._level(Level.VILLAGE))

    def _level(self, level: Level) -> pd.Series[str]:
        names = self.regions.names
        if self.inside:
            names = names.loc[self.inside : f"{self.inside}/"]  # "/" is the sign after "."
        dots = level - 1
        return names[[code.count(".") == dots for code in names.index.tolist()]]

    @staticmethod
    def _named(names: pd.Series[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, name in names.items():
            found.setdefault(bare_name(str(name)), []).append(str(code))
        return found


def candidates(name: str, named: Mapping[str, list[str]]) -> tuple[tuple[str, ...], Confidence]:
    """Return the codes that a name may mean, and how sure that is.

    Examples
    --------
    >>> candidates("Kec. Gantorang", {"gantarang": ["73.02.02"], "ujungbulu": ["73.02.01"]})
    (('73.02.02',), <Confidence.LIKELY: 'mungkin'>)
    """
    plain = bare_name(name)
    if plain in named:
        return tuple(named[plain]), Confidence.CERTAIN
    hits = process.extract(plain, named.keys(), scorer=fuzz.ratio, score_cutoff=VARIANT, limit=3)
    if not hits:
        return (), Confidence.ASKED
    if len(hits) > 1 and hits[0][1] - hits[1][1] < AHEAD:
        return tuple(code for hit in hits for code in named[hit[0]]), Confidence.ASKED
    return tuple(named[hits[0][0]]), Confidence.LIKELY


def names_in_text(text: str) -> tuple[str, str]:
    """Return the district and the village that a sentence names, as "Kepala Desa Bira, Kec. Bonto Bahari".

    Examples
    --------
    >>> names_in_text("Kepala Desa Bira, Kec. Bonto Bahari")
    ('Bonto Bahari', 'Bira')
    """
    district = village = ""
    for match in LEVEL_NAMES.finditer(text):
        district = district or (match[1] or "").strip()
        village = village or (match[2] or "").strip()
    return district, village


def place_rows(table: pd.DataFrame, regions: Regions, inside: str, file: str) -> Placed:
    """Find the region of every row.

    Parameters
    ----------
    table : DataFrame
        Columns code, district, village as written, sheet, row, header_code, header_name.
    regions : Regions
    inside : str
        The region that names are looked for in; empty: the one that holds all districts that are named.
    file : str
        For the places of problems.
    """
    codes, problems = _by_code(table, regions, file)
    inside = inside or _common(codes)
    if not inside and (inside := _regency_of(table["district"], regions)):
        facts = {"region": inside, "name": regions.name(inside)}
        problems.append(Problem("region_from_names", Severity.NOTE, file=file, facts=facts))
    gazetteer = Gazetteer(regions, inside)
    keys = list(zip(codes, table["district"], table["village"], strict=True))
    known = {key: _located(key, gazetteer) for key in dict.fromkeys(keys)}
    found = [known[key] for key in keys]
    counts = Counter(each.how for each in found)
    first: dict[tuple[str, str, str], int] = {}
    for place, key in enumerate(keys):
        first.setdefault(key, place)
    times = Counter(keys)
    for key, place in first.items():
        problems += _said(known[key], key, table.iloc[place], times[key], regions, file)
    use = PlaceUse(regions.edition, **{how: counts.get(how, 0) for how in HOWS})
    series = pd.Series([each.code for each in found], index=table.index, dtype="str")
    return Placed(series, use, tuple(problems))


HOWS = ("by_code", "by_name", "district_only", "asked", "missing")


class Located(NamedTuple):
    """Where a row lies, how that is known, what its name could mean, and a name spelled otherwise."""

    code: str
    how: str
    options: tuple[str, ...] = ()
    spelled: str = ""


def _common(codes: pd.Series[str]) -> str:
    """Return the regency that all codes share; empty where they do not."""
    regencies = {ancestor(code, Level.REGENCY) for code in codes.unique() if code} - {""}
    return next(iter(regencies)) if len(regencies) == 1 else ""


def _regency_of(districts: pd.Series[str], regions: Regions) -> str:
    """Return the only regency that has districts of all the names, where at least two are named."""
    names = {bare_name(name) for name in districts.unique() if name}
    if len(names) < 2:
        return ""
    named = Gazetteer(regions, "").districts
    holders = [{ancestor(code, Level.REGENCY) for code in named.get(name, ())} for name in sorted(names)]
    common = set.intersection(*holders)
    return next(iter(common)) if len(common) == 1 else ""


def _by_code(table: pd.DataFrame, regions: Regions, file: str) -> tuple[pd.Series[str], list[Problem]]:
    """Return the codes that the list of regions holds, and a problem for each that it does not."""
    texts = table["code"]
    given = texts[texts != ""]
    if given.empty:
        return texts, []
    values = {text: read_code(text) for text in given.unique()}
    known = {
        text: str(value.value) if value.value is not None and str(value.value) in regions else ""
        for text, value in values.items()
    }
    digits = given.str.replace(r"\D", "", regex=True)
    bps = digits.str.fullmatch(BPS_CODE.pattern) & (given.map(known) == "")
    if bps.sum() > 0.5 * len(given):
        header = str(table["header_code"].iloc[0])
        note = Problem("codes_are_bps", Severity.NOTE, file=file, column=header)
        return pd.Series("", index=texts.index, dtype="str"), [note]
    problems: list[Problem] = []
    for text, code in known.items():
        rows = given.index[given == text]
        line = table.loc[rows[0]]
        place = Problem("", Severity.NOTE, file, line["sheet"], int(line["row"]), line["header_code"], text)
        problems += _code_problem(place, values[text], code, len(rows), regions)
    return texts.map(lambda text: known.get(text, "")).astype("str"), problems


def _code_problem(place: Problem, value: Value, code: str, count: int, regions: Regions) -> Iterator[Problem]:
    if not code:
        kind = value.how if value.value is None else "region_code_unknown"
        facts = {**value.facts, "edition": regions.edition, "count": count}
        yield replace(place, code=kind, severity=Severity.SET_ASIDE, facts=facts)
    elif value.confidence is Confidence.LIKELY:
        facts = {"read_as": code, "name": regions.name(code), "count": count}
        yield replace(place, code="region_code_repaired", facts=facts)


def _located(key: tuple[str, str, str], gazetteer: Gazetteer) -> Located:
    code, district, village = key
    if code.count(".") == Level.VILLAGE - 1 or (code and not village):
        return Located(code, "by_code")
    if not code and not district and not village:
        return Located("", "missing")
    above = Located(code, "by_code")
    if not code and district:
        above = _named(district, gazetteer.districts, "")
    return _village(village, above, gazetteer) if village and above.how != "asked" else _alone(above)


def _alone(district: Located) -> Located:
    return district._replace(how="district_only") if district.how == "by_name" else district


def _named(name: str, named: Mapping[str, list[str]], otherwise: str) -> Located:
    """Return the place of a name, or what it could mean; `otherwise` is where a row stays until then."""
    hits, confidence = candidates(name, named)
    if len(hits) != 1 or confidence is Confidence.ASKED:
        return Located(otherwise, "asked", hits)
    return Located(hits[0], "by_name", (), name if confidence is Confidence.LIKELY else "")


def _village(name: str, above: Located, gazetteer: Gazetteer) -> Located:
    if above.code.count(".") == Level.DISTRICT - 1:
        found = _named(name, gazetteer.villages(above.code), above.code)
    elif gazetteer.inside:
        found = _named(name, gazetteer.every_village, "")
    else:
        return Located("", "asked")
    return found if found.spelled else found._replace(spelled=above.spelled)


def _said(
    located: Located,
    key: tuple[str, str, str],
    line: pd.Series,
    count: int,
    regions: Regions,
    file: str,
) -> Iterator[Problem]:
    _, district, village = key
    place = Problem("", Severity.NOTE, file, line["sheet"], int(line["row"]), line["header_name"])
    if located.how == "asked":
        options = tuple(f"{code} {regions.name(code)}" for code in located.options)
        facts = {"count": count, "candidates": options, "stays_at": regions.name(located.code)}
        kind = "place_ambiguous" if options else "place_not_found"
        value = village if village and (located.code or not located.options or not district) else district
        yield replace(place, code=kind, severity=Severity.SET_ASIDE, value=value or district, facts=facts)
    elif located.spelled:
        level = Level.DISTRICT if located.spelled == district else Level.VILLAGE
        listed = regions.name(ancestor(located.code, level))
        facts = {"listed": listed, "code": located.code, "count": count}
        yield replace(place, code="place_spelled_otherwise", value=located.spelled, facts=facts)
