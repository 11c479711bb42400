"""What the forum decided, in sentences and as its list: beside the computed outcome, never instead of it."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.deliberation import DecidedList, Status
from workbench.domain.resolution import Action, Resolution, Step
from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of


def decided_sentences(decided: DecidedList, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what the forum's list costs, and what a person should know before it is signed."""
    return (*_money(decided, t), *_warnings(decided, session, t))


def _money(decided: DecidedList, t: Translator) -> Iterator[str]:
    funded = len(decided.with_status(Status.FUNDED))
    facts = {"funded": funded, "changed": int(decided.table["overridden"].sum()), "spent": decided.spent}
    if decided.room is None or decided.left is None:
        yield t("decided.no_ceiling", **facts)
    elif decided.over:
        yield t("decided.over", **facts, room=decided.room, over=decided.over)
    else:
        yield t("decided.fits", **facts, room=decided.room, left=decided.left)


def _warnings(decided: DecidedList, session: Session, t: Translator) -> Iterator[str]:
    named = {
        "unpriced": decided.unpriced,
        "undecided": decided.undecided,
        "rank_alone": decided.rank_alone,
        "beyond": decided.beyond,
    }
    activity = session.proposals.frame["activity"]
    for kind, labels in named.items():
        if labels:
            names = [f"{label} {activity[label]}" for label in labels]
            yield t(f"decided.{kind}", count=len(labels), names=names)


def state_sentences(resolution: Resolution | None, t: Translator) -> tuple[str, ...]:
    """Say whether the decisions are draft or final, and every reopening with its reason."""
    steps = () if resolution is None else resolution.steps
    state = t("resolution.final" if resolution is not None and resolution.locked else "resolution.draft")
    return (state, *(_step(step, t) for step in steps))


def _step(step: Step, t: Translator) -> str:
    at = t("decided.at", at=step.at) if step.at else ""
    if step.action is Action.LOCKED:
        return t("decided.locked", at=at)
    return t("decided.reopened", at=at, reason=step.reason)


def decided_table(decided: DecidedList, session: Session, t: Translator, *statuses: Status) -> Table:
    """Return the forum's list, or its lines with some statuses, beside what was computed."""
    chosen = decided.with_status(*(statuses or tuple(Status)))
    lines = chosen.astype(object).where(chosen.notna(), None)
    activity = session.proposals.frame["activity"]
    rows = [
        (
            _whole(line["rank"], t),
            str(label),
            str(activity[str(label)]),
            _rupiah(line["cost"], t),
            t(f"decided.status.{line['status']}"),
            _whole(line["computed_rank"], t),
            t(f"standing.{line['computed_standing']}"),
            str(line["reason"]) or EMPTY,
        )
        for label, line in lines.iterrows()
    ]
    columns = columns_of(
        t,
        ("decided_rank", "right", 10),
        ("proposal_code", "left", 9),
        ("activity", "left", 0),
        ("cost", "right", 13),
        ("decided_standing", "left", 13),
        ("computed_rank", "right", 9),
        ("computed_standing", "left", 14),
        ("forum_reason", "left", 27),
    )
    return Table(t("table.decided"), columns, rows_of(rows), note=t("table.resolution.note"))


def _whole(value: int | None, t: Translator) -> str:
    return EMPTY if value is None else t.style.count(value)


def _rupiah(value: int | None, t: Translator) -> str:
    return EMPTY if value is None else t.style.rupiah(value)
