"""Whose voice in words: groups against their heads, the weights that flip the list, and no person."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.deliberation import Flips, GroupVoices, Voices, WeightedReading
from workbench.domain.session import Session
from workbench.present.deliberation_words import group_name
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of


def voices_sentences(voices: GroupVoices, session: Session, t: Translator) -> tuple[str, ...]:
    """Return each group's share of the order, and the weight at which the first places change hands."""
    return (*_influence(voices, session, t), *flip_sentences(voices, session, t))


def flip_sentences(voices: GroupVoices, session: Session, t: Translator) -> tuple[str, ...]:
    """Return the weights of groups at which the first places change hands; nothing where none is asked."""
    return tuple(_flips(voices, session, t))


def _influence(voices: GroupVoices, session: Session, t: Translator) -> Iterator[str]:
    for cell, line in voices.influence.iterrows():
        if pd.notna(line["share"]):
            name = group_name(voices.name, str(cell), session, t)
            yield t("voices.share", group=name, share=float(line["share"]), heads=float(line["head_share"]))


def _flips(voices: GroupVoices, session: Session, t: Translator) -> Iterator[str]:
    flips, grouping = voices.flips, t(f"deliberation.grouping.{voices.name}")
    if flips is None:
        return
    if flips.found.tied:
        yield t("voices.tied", grouping=grouping, places=flips.places)
        return
    table = flips.found.table
    fixed = table[table["lower"].isna() & table["upper"].isna()]
    if len(fixed) == len(table):
        yield t("voices.never", grouping=grouping, places=flips.places)
        return
    for cell, line in table.drop(index=fixed.index).iterrows():
        name = group_name(voices.name, str(cell), session, t)
        for side in ("lower", "upper"):
            if pd.notna(line[side]):
                yield _flip(name, line, side, flips, session, t)
    yield t("voices.exact" if flips.exact else "voices.searched")


def _flip(name: str, line: pd.Series, side: str, flips: Flips, session: Session, t: Translator) -> str:
    activity = session.proposals.frame["activity"]
    return t(
        f"voices.flip_{side}",
        group=name,
        weight=float(line["weight"]),
        at=float(line[side]),
        places=flips.places,
        enters=str(activity[line[f"{side}_enters"]]),
        leaves=str(activity[line[f"{side}_leaves"]]),
    )


def weighted_sentences(found: WeightedReading, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what stated weights of groups would change, the weights first."""
    activity = session.proposals.frame["activity"]
    shares = [
        f"{group_name(found.grouping, str(cell), session, t)} {t.style.percent(share)}"
        for cell, share in zip(found.shares.index, found.shares.to_list(), strict=True)
    ]
    said = [t("voices.weights", shares=shares)]
    if found.pooled:
        names = [group_name(found.grouping, cell, session, t) for cell in found.pooled]
        said.append(t("deliberation.pooled_groups", groups=names))
    for change, labels in (("enters", found.enters), ("leaves", found.leaves)):
        if labels:
            names = [str(activity[label]) for label in labels]
            said.append(t(f"deliberation.{change}", count=len(labels), proposals=names))
    if not found.enters and not found.leaves:
        said.append(t("deliberation.same_list"))
    return tuple(said)


def personal_sentence(found: Voices, t: Translator) -> str:
    """Return the most that one person's absence would change; nothing in it tells whose."""
    if found.personal is None:
        return t("voices.personal_none")
    first = t("voices.first_changes" if found.personal.first_changes else "voices.first_stays")
    return t(
        "voices.personal",
        people=found.personal.people,
        moved=found.personal.moved,
        places=found.personal.places,
        first=first,
    )


def influence_table(voices: GroupVoices, session: Session, t: Translator) -> Table:
    """Return each group's heads, its share of the order, and the weights at which the list would change."""
    flips = None if voices.flips is None else voices.flips.found.table
    rows = [
        (
            group_name(voices.name, str(cell), session, t),
            t.style.count(int(line["people"])),
            t.style.percent(float(line["head_share"])),
            _percent(line["share"], t),
            EMPTY if pd.isna(line["ratio"]) else t.style.number(float(line["ratio"]), 1),
            EMPTY if flips is None else _percent(flips["lower"][str(cell)], t),
            EMPTY if flips is None else _percent(flips["upper"][str(cell)], t),
        )
        for cell, line in voices.influence.iterrows()
    ]
    columns = columns_of(
        t,
        ("group", "left", 0),
        ("people", "right", 10),
        ("head_share", "right", 12),
        ("order_share", "right", 14),
        ("order_ratio", "right", 14),
        ("flips_below", "right", 14),
        ("flips_above", "right", 14),
    )
    caption = t("table.influence", grouping=t(f"deliberation.grouping.{voices.name}"))
    return Table(caption, columns, rows_of(rows), note=t("table.influence.note"))


def _percent(value: float, t: Translator) -> str:
    return EMPTY if pd.isna(value) else t.style.percent(value)
