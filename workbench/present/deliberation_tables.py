"""Tables of agreement, of whose voice counts, of strong unfunded proposals, and of the forum's decisions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from workbench.deliberation import Deliberation, GroupReading, Spreads
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.engine.influence import StrongUnfunded
from workbench.present.deliberation_words import group_name, spread_kind
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Align, ColumnSpec, Table, columns_of, rows_of
from workbench.prioritisation import Outcome


def spread_table(spreads: Spreads, outcome: Outcome, session: Session, t: Translator, top: int = 20) -> Table:
    """Return median and middle half of every judged criterion for the first ranked proposals, in words."""
    ranked = outcome.table.index[outcome.table["rank"].notna()]
    labels = ranked[ranked.isin(spreads.overall.index)][:top]
    criteria = [str(name) for name in spreads.cells.index.get_level_values("criterion").unique()]
    names = session.criteria.frame["name"]
    rows = [
        (
            t.style.count(int(outcome.table["rank"][label])),
            str(session.proposals.frame["activity"][label]),
            t(f"deliberation.level.{spreads.overall['level'][label]}"),
            *(_middle(spreads, str(label), criterion, t) for criterion in criteria),
            str(names.get(spreads.overall["most_varied"][label], EMPTY)),
        )
        for label in labels
    ]
    head: tuple[tuple[str, Align, int], ...] = (
        ("rank", "right", 6),
        ("activity", "left", 0),
        ("agreement", "left", 14),
    )
    own = tuple(ColumnSpec(criterion, str(names[criterion]), "center") for criterion in criteria)
    columns = (*columns_of(t, *head), *own, *columns_of(t, ("most_varied", "left", 16)))
    return Table(
        t("table.spread"), columns, rows_of(rows), note=t(f"table.spread.note.{spread_kind(spreads)}")
    )


def _middle(spreads: Spreads, proposal: str, criterion: str, t: Translator) -> str:
    if (proposal, criterion) not in spreads.cells.index:
        return EMPTY
    columns = ["median", "lower_quartile", "upper_quartile"]
    place = spreads.cells.index.get_indexer(pd.Index([(proposal, criterion)]))[0]
    middle = spreads.cells[columns].to_numpy(dtype="float64")[place]
    if np.isnan(middle).any():
        return EMPTY
    numbers = [_short(float(value), t) for value in middle]
    return t("deliberation.middle", median=numbers[0], low=numbers[1], high=numbers[2])


def _short(value: float, t: Translator) -> str:
    return t.style.number(value, 0 if value == int(value) else 1)


def voices_table(reading: GroupReading, session: Session, t: Translator) -> Table:
    """Return each group's heads, and how far the order moves without it."""
    rows = [
        (
            group_name(reading.name, str(cell), session, t),
            t.style.count(int(line["people"])),
            t.style.percent(float(line["head_share"])),
            t.style.percent(float(line["moved"]), 1),
            t.style.number(float(line["domination"]), 1),
            t("deliberation.flagged") if line["flagged"] else "",
        )
        for cell, line in reading.influence.iterrows()
    ]
    columns = columns_of(
        t,
        ("group", "left", 0),
        ("people", "right", 10),
        ("head_share", "right", 14),
        ("moved", "right", 18),
        ("domination", "right", 14),
        ("remark", "left", 24),
    )
    caption = t("table.voices", grouping=t(f"deliberation.grouping.{reading.name}"))
    return Table(caption, columns, rows_of(rows), note=t("table.voices.note"))


def strong_table(found: Deliberation, session: Session, t: Translator) -> Table:
    """Return the first three of each group that are not funded, with cost and what they would displace."""
    names = session.proposals.frame["activity"]
    rows = [
        (
            group_name(reading.name, entry.group, session, t),
            str(names[str(entry.proposal)]),
            t.style.count(entry.place_in_group),
            t.style.count(entry.place_in_room),
            t.style.rupiah(entry.cost),
            displaced_words(entry, names, t),
        )
        for reading in found.readings
        for entry in reading.strong
    ]
    columns = columns_of(
        t,
        ("group", "left", 18),
        ("activity", "left", 0),
        ("place_in_group", "right", 9),
        ("place_in_room", "right", 9),
        ("cost", "right", 13),
        ("displaced", "left", 28),
    )
    return Table(
        t("table.strong"), columns, rows_of(rows), note=t("table.strong.note", minimum=found.minimum)
    )


def displaced_words(entry: StrongUnfunded, names: pd.Series, t: Translator) -> str:
    """Say what funding a strong proposal of a group would push out of the list."""
    if not entry.fits:
        return t("deliberation.never_fits")
    if not entry.displaced:
        return t("deliberation.fits_left")
    activities = [str(names[str(label)]) for label in entry.displaced]
    return t("deliberation.displaces", proposals=activities, freed=entry.freed)


def readings_without_strong(found: Deliberation, t: Translator) -> tuple[str, ...]:
    """Say once why groupings list no strong proposal of a group."""
    without = [t(f"deliberation.grouping.{one.name}") for one in found.readings if not one.strong]
    return (t("deliberation.no_strong", groupings=without),) if without else ()


def resolution_table(resolution: Resolution, outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return what the forum decided otherwise, each with its reason beside the computed rank."""
    frame = resolution.frame[resolution.frame.index.isin(session.proposals.labels)]
    rows = [
        (
            str(label),
            str(session.proposals.frame["activity"][label]),
            *_computed(str(label), outcome, t),
            EMPTY if pd.isna(line["decided_rank"]) else t.style.count(int(line["decided_rank"])),
            t(f"resolution.{line['decision']}") if line["decision"] else EMPTY,
            str(line["reason"]),
        )
        for label, line in _ordered(frame, outcome)
    ]
    columns = columns_of(
        t,
        ("proposal_code", "left", 9),
        ("activity", "left", 0),
        ("computed_rank", "right", 9),
        ("computed_standing", "left", 14),
        ("decided_rank", "right", 10),
        ("decided_standing", "left", 13),
        ("reason", "left", 27),
    )
    return Table(t("table.resolution"), columns, rows_of(rows), note=t("table.resolution.note"))


def _ordered(frame: pd.DataFrame, outcome: Outcome) -> Iterable[tuple[str, pd.Series]]:
    places = {label: place for place, label in enumerate(outcome.table.index)}
    labels = sorted(frame.index, key=lambda label: (places.get(label, len(places)), label))
    return [(str(label), frame.loc[label]) for label in labels]


def _computed(label: str, outcome: Outcome, t: Translator) -> tuple[str, str]:
    if label not in outcome.table.index:
        return EMPTY, EMPTY
    rank = outcome.ranking_of(label)
    standing = t(f"standing.{outcome.table['standing'][label]}")
    return EMPTY if rank is None else t.style.count(rank), standing


def resolution_sentences(resolution: Resolution | None, session: Session, t: Translator) -> tuple[str, ...]:
    """Say how many decisions differ, and whether they are draft or final."""
    count = 0 if resolution is None else int(resolution.frame.index.isin(session.proposals.labels).sum())
    if resolution is None or not count:
        return (t("resolution.none"),)
    state = t("resolution.final" if resolution.locked else "resolution.draft")
    return t("resolution.count", count=count), state
