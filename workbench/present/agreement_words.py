"""Agreement on weights, groups of opinion, and the share of the room behind an order, in words."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.deliberation import OpinionsFound, PairSupport, PriorityConsensus
from workbench.domain.hierarchy import GOAL
from workbench.domain.session import Session
from workbench.engine.agreement import Finding
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of

CHANCE_LEVEL = 0.05


def priority_sentences(
    found: tuple[PriorityConsensus, ...], session: Session, t: Translator
) -> tuple[str, ...]:
    """Return how far people agree on the weights; nothing where nobody compared criteria."""
    return tuple(_priority(one, session, t) for one in found)


def _priority(one: PriorityConsensus, session: Session, t: Translator) -> str:
    names = session.criteria.members["name"]
    unit = t("priorities.goal") if one.parent == GOAL else str(names[one.parent])
    if one.consensus is None or one.baseline is None:
        return t("priorities.too_few", unit=unit, answered=one.answered, complete=one.complete)
    beyond = one.baseline.p <= CHANCE_LEVEL
    return t(
        "priorities.said",
        unit=unit,
        consensus=one.consensus.consensus,
        chance=one.baseline.mean,
        verdict=t(f"deliberation.verdict.{'beyond' if beyond else 'like'}_chance"),
        people=one.complete,
        form=t(f"priorities.form.{one.consensus.form}"),
    )


def pooled_table(one: PriorityConsensus, session: Session, t: Translator) -> Table:
    """Return the weights by three ways of pooling people's comparisons."""
    names = session.criteria.members["name"]
    rows = [
        (str(names[str(label)]), *(t.style.percent(float(share), 1) for share in line))
        for label, line in zip(one.pooled.index, one.pooled.to_numpy(), strict=True)
    ]
    columns = columns_of(
        t,
        ("criterion", "left", 0),
        ("pooled_geometric", "right", 20),
        ("pooled_arithmetic", "right", 20),
        ("pooled_median", "right", 20),
    )
    return Table(t("table.pooled"), columns, rows_of(rows), note=t("table.pooled.note"))


def opinion_group_sentences(found: OpinionsFound, session: Session, t: Translator) -> tuple[str, ...]:
    """Return whether groups of opinion are seen; that none is clear is a usual answer."""
    if not found.people:
        return ()
    if found.finding is None:
        few = "opinions.incomplete" if found.proposals else "opinions.none_complete"
        return (t(few, proposals=found.proposals),)
    if found.finding is not Finding.GROUPS:
        return (t(f"opinions.{found.finding.value}", people=found.people),)
    return (t("opinions.found", count=len(found.groups)), *_opinions(found, session, t))


def _opinions(found: OpinionsFound, session: Session, t: Translator) -> Iterator[str]:
    activity = session.proposals.frame["activity"]
    for number, group in enumerate(found.groups, 1):
        higher, lower = ([str(activity[label]) for label in side] for side in (group.higher, group.lower))
        yield t("opinions.group", number=number, people=group.people, higher=higher, lower=lower)
    yield t("opinions.caveat")


def support_sentences(found: PairSupport, session: Session, t: Translator) -> tuple[str, ...]:
    """Say who stands behind the first orders of two neighbours, and how many are left unsaid."""
    activity = session.proposals.frame["activity"]
    lines = [
        t(
            "support.pair",
            above=str(activity[line.above]),
            below=str(activity[line.below]),
            share=line.share,
            ties=line.ties,
            against=1.0 - line.share - line.ties,
            people=line.people,
        )
        for line in found.lines[:SAID_PAIRS]
    ]
    few = (t("support.left_out", count=found.left_out),) if found.left_out else ()
    return (*lines, *few)


SAID_PAIRS = 5
"""Pairs of neighbours that are said in words, from the top of the list; a table or a record has them all."""


def support_table(found: PairSupport, session: Session, t: Translator) -> Table:
    """Return the share of the room behind the order of each two neighbours in the ranking."""
    activity = session.proposals.frame["activity"]
    rows = [
        (
            f"{line.place}\u2013{line.next_place}",
            str(activity[line.above]),
            str(activity[line.below]),
            t.style.percent(line.share),
            t.style.percent(line.ties),
            t.style.percent(1.0 - line.share - line.ties),
            t.style.count(line.people),
        )
        for line in found.lines
    ]
    columns = columns_of(
        t,
        ("pair_places", "left", 8),
        ("pair_above", "left", 0),
        ("pair_below", "left", 30),
        ("support", "right", 9),
        ("support_tie", "right", 9),
        ("support_against", "right", 9),
        ("people", "right", 8),
    )
    return Table(t("table.support"), columns, rows_of(rows), note=t("table.support.note"))
