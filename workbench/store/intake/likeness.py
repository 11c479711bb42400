"""Proposals that may be the same, in one list or in two: hints with a reason, never merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz, process

from workbench.domain.intake import Likeness

ALIKE = 87.0
"""Likeness of the words of two proposals of one village from which they are shown side by side."""
EARLIER = 85.0
LARGEST_GROUP = 700
"""Proposals of one place that are compared with each other; larger groups by equal words alone."""
NUMBERS = re.compile(r"[0-9]+")
NOISE = re.compile(
    r"\b(?:pembangunan|peningkatan|pengadaan|pembuatan|pekerjaan|kegiatan|usulan|lanjutan|di|ke|dan|untuk|dengan|"
    r"yang|desa|kelurahan|dusun|kecamatan|kec|rt|rw)\b|[^\w\s]|_"
)

Groups = dict[tuple[str, str, int], list[int]]
"""Places in the list by region, stage and year."""


@dataclass(frozen=True)
class _Texts:
    plain: list[str]
    codes: list[str]
    said: list[str]


def plain_words(text: str) -> str:
    """Return the words that tell proposals apart, in the order of the alphabet.

    Examples
    --------
    >>> plain_words("Pembangunan Jalan Tani di Dusun Balang"), plain_words("Jalan tani, Balang")
    ('balang jalan tani', 'balang jalan tani')
    """
    return " ".join(sorted(NOISE.sub(" ", text.casefold()).split()))


def likenesses(table: pd.DataFrame) -> list[Likeness]:
    """Return the pairs of a list that may be one proposal, the likest first.

    Rows of different years are its history rather than its double; equal words of one place are said so.

    Parameters
    ----------
    table : DataFrame
        Columns proposal, activity, location, region, stage, year, parent.
    """
    lines = _Texts(_words(table).tolist(), table["proposal"].tolist(), table["activity"].tolist())
    years = table["year"].astype("object").where(table["year"].notna(), 0).tolist()
    groups: Groups = {}
    for place, key in enumerate(zip(table["region"].tolist(), table["stage"].tolist(), years, strict=True)):
        groups.setdefault(key, []).append(place)
    found: list[Likeness] = []
    for (where, _, _), places in groups.items():
        found += _within(lines, places, where)
    if len(set(years)) > 1:
        found += _earlier_years(lines, groups)
    found += _between(lines, groups, (table["location"] != "").tolist())
    pairs = zip(table["proposal"].tolist(), table["parent"].tolist(), strict=True)
    linked = {tuple(sorted(pair)) for pair in pairs if pair[1]}
    unlinked = [each for each in found if tuple(sorted((each.first, each.second))) not in linked]
    return sorted(unlinked, key=lambda each: (-each.share, each.first, each.second))


def _words(table: pd.DataFrame) -> pd.Series[str]:
    texts = (table["activity"] + " " + table["location"]).tolist()
    known = {text: plain_words(text) for text in set(texts)}
    return pd.Series([known[text] for text in texts], index=table.index, dtype="str")


def _texts(group: pd.DataFrame) -> _Texts:
    return _Texts(group["words"].tolist(), group["proposal"].tolist(), group["activity"].tolist())


def _within(lines: _Texts, places: Sequence[int], where: str) -> Iterator[Likeness]:
    """Yield the pairs of one place: equal words each with the first of them, like ones among the first."""
    seen: dict[str, int] = {}
    for place in places:
        words = lines.plain[place]
        if words and words in seen:
            yield _pair(lines, seen[words], place, "identical", 100.0)
        elif words:
            seen[words] = place
    if not where or len(seen) > LARGEST_GROUP or len(seen) < 2:
        return
    distinct = list(seen)
    scores = process.cdist(distinct, distinct, scorer=fuzz.ratio, score_cutoff=ALIKE)
    for first, second in zip(*scores.nonzero(), strict=True):
        if first < second and _same_numbers(distinct[first], distinct[second]):
            left, right = seen[distinct[first]], seen[distinct[second]]
            yield _pair(lines, left, right, "same_village", float(scores[first, second]))


def _same_numbers(first: str, second: str) -> bool:
    """Tell whether two texts name the same numbers: "RT 01" and "RT 02" are different places."""
    return NUMBERS.findall(first) == NUMBERS.findall(second)


def _earlier_years(lines: _Texts, groups: Groups) -> Iterator[Likeness]:
    """Yield each proposal whose words the list holds in an earlier year, with the last of those."""
    last: dict[tuple[str, str, str], tuple[int, int]] = {}
    for (where, stage, year), places in sorted(groups.items(), key=lambda group: group[0][2]):
        for place in places:
            key = (where, stage, lines.plain[place])
            before = last.get(key)
            if before and before[0] != year and lines.plain[place]:
                pair = _pair(lines, before[1], place, "earlier_year", 100.0)
                yield replace(pair, facts={"year": str(before[0])})
            last[key] = (year, place)


def _between(lines: _Texts, groups: Groups, located: Sequence[bool]) -> Iterator[Likeness]:
    """Yield proposals of different villages that say the same of the same place in all their words."""
    first: dict[tuple[str, str, int], tuple[str, int]] = {}
    said: set[tuple[str, str, str, int]] = set()
    for (where, stage, year), places in groups.items():
        for place in places:
            words = lines.plain[place]
            if not where or not located[place] or words.count(" ") < 2:
                continue
            began, other = first.setdefault((words, stage, year), (where, place))
            if began != where and (where, words, stage, year) not in said:
                said.add((where, words, stage, year))
                yield _pair(lines, other, place, "between_villages", 100.0)


def _pair(lines: _Texts, first: int, second: int, reason: str, share: float) -> Likeness:
    return Likeness(
        lines.codes[first], lines.codes[second], lines.said[first], lines.said[second], reason, share
    )


def against(table: pd.DataFrame, other: pd.DataFrame, name: str, reason: str) -> list[Likeness]:
    """Return the proposals that another list holds too: last year's, pokir, Renja.

    Parameters
    ----------
    table : DataFrame
        Columns proposal, activity, location, region.
    other : DataFrame
        The same columns; region may be empty: then all proposals are compared with it.
    name : str
        Of the other list.
    reason : str
        earlier_list or renja.

    Returns
    -------
    list of Likeness
        At most one for each proposal: the likest.
    """
    mine, theirs = table.assign(words=_words(table)), other.assign(words=_words(other))
    groups = {str(where): group for where, group in theirs.groupby("region")}
    everywhere = groups.get("")
    found: list[Likeness] = []
    for where, group in mine.groupby("region"):
        near = [each for each in _near(str(where), groups) if len(each)]
        if everywhere is not None and where:
            near.append(everywhere)
        if near:
            found += _likest(group, pd.concat(near), name, reason)
    return sorted(found, key=lambda each: (-each.share, each.first))


def _near(where: str, groups: dict[str, pd.DataFrame]) -> Iterable[pd.DataFrame]:
    """Yield the groups of the same place, of the district it lies in, and of the villages within it."""
    if not where:
        return list(groups.values())
    return [
        group
        for other, group in groups.items()
        if other and (other == where or where.startswith(f"{other}.") or other.startswith(f"{where}."))
    ]


def _likest(mine: pd.DataFrame, theirs: pd.DataFrame, name: str, reason: str) -> Iterator[Likeness]:
    lines, others = _texts(mine), _texts(theirs)
    scorer = fuzz.token_set_ratio if reason == "renja" else fuzz.ratio
    facts: Sequence[str] = theirs["last_reason"].tolist() if "last_reason" in theirs else [""] * len(theirs)
    for start in range(0, len(lines.plain), 256):
        scores = process.cdist(
            lines.plain[start : start + 256], others.plain, scorer=scorer, score_cutoff=EARLIER
        )
        for place, best in enumerate(scores.argmax(axis=1)):
            share = float(scores[place, best])
            if share:
                number = start + place
                yield Likeness(
                    lines.codes[number],
                    others.codes[best],
                    lines.said[number],
                    others.said[best],
                    reason,
                    share,
                    name,
                    {"last_reason": facts[best]} if facts[best] else {},
                )
