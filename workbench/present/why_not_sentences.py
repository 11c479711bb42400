"""Why a proposal has not passed, in sentences that can be read aloud, for slip, report and terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from workbench.budgeting import Remedy, WhyNot
from workbench.domain.session import Session
from workbench.engine.allocation.changes import ChangeKind
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.table import Align, Table, columns_of, rows_of
from workbench.prioritisation import Outcome

MOST_NAMES = 2
"""Proposals that a sentence names before it only counts them."""
LONGEST_NAME = 70
COLUMNS: tuple[tuple[str, Align, int], ...] = (
    ("rank", "right", 7),
    ("activity", "left", 25),
    ("location", "left", 13),
    ("cost", "right", 12),
    ("would_fund", "left", 43),
)


def why_not_sentences(answer: WhyNot, outcome: Outcome, session: Session, t: Translator) -> tuple[str, ...]:
    """Return one sentence for each change that would have funded a proposal.

    Parameters
    ----------
    answer : WhyNot
    outcome, session
        What it was found for.
    t : Translator
    """
    if answer.funded:
        return (t("budgeting.why.funded"),)
    return tuple(
        " ".join(_remedy(answer.proposal, remedy, outcome, session, t)) for remedy in answer.remedies
    )


def not_enough_sentences(answer: WhyNot, t: Translator) -> tuple[str, ...]:
    """Return one sentence for each change that alone would not do, or of which none was found."""
    said = [t(f"budgeting.why.impossible.{kind.value}") for kind in answer.impossible]
    said += [t(f"budgeting.why.undecided.{kind.value}") for kind in answer.undecided]
    if answer.blocked:
        names = [t("word.the_ceiling") if name == "ceiling" else name for name in answer.blocked]
        said.append(t("budgeting.why.blocked", names=names))
    return tuple(said)


def why_not_table(answers: Sequence[WhyNot], outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return one line for each answer: the proposal and what would have funded it."""
    places, names = village_names(session, t), session.proposals.frame["activity"]
    rows = [
        (
            t.style.count(outcome.ranking_of(answer.proposal)),
            t("budgeting.name", activity=str(names[answer.proposal]), code=answer.proposal),
            str(places[answer.proposal]),
            t.style.rupiah(outcome.cost_of(answer.proposal)),
            " ".join(_numbered(answer, outcome, session, t)),
        )
        for answer in answers
    ]
    note = t("budgeting.slips.each")
    return Table(t("budgeting.table.why"), columns_of(t, *COLUMNS), rows_of(rows), note=note)


def _numbered(answer: WhyNot, outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    for number, said in enumerate(why_not_sentences(answer, outcome, session, t), start=1):
        yield f"({number}) {said}"
    yield from not_enough_sentences(answer, t)


def proposal_name(label: str, session: Session, t: Translator) -> str:
    """Return a proposal's activity, shortened where it is long, and its code."""
    activity = " ".join(str(session.proposals.frame["activity"][label]).split())
    if len(activity) > LONGEST_NAME:
        activity = activity[: LONGEST_NAME - 1].rstrip(" ,.;:") + "\u2026"
    return t("budgeting.name", activity=activity, code=label)


def _remedy(
    proposal: str, remedy: Remedy, outcome: Outcome, session: Session, t: Translator
) -> Iterator[str]:
    facts = {
        "amount": remedy.amount,
        "cost": None if remedy.amount is None else (outcome.cost_of(proposal) or 0) - remedy.amount,
        "score": outcome.score_shown(proposal),
        "level": remedy.level,
        "above": proposal_name(remedy.above, session, t) if remedy.above else "",
    }
    yield t(f"budgeting.why.{KEYS[remedy.kind](facts, t)}", **facts)
    if remedy.pushes_out:
        names = [proposal_name(label, session, t) for label in remedy.pushes_out[:MOST_NAMES]]
        more = len(remedy.pushes_out) - len(names)
        said = "; ".join([*names, *([t("word.and_more", count=more)] if more else [])])
        yield t("budgeting.why.pushes_out", names=said)
    if not remedy.smallest:
        yield t("budgeting.why.jumps" if remedy.followed else "budgeting.why.enough")


def _score(facts: Mapping[str, Any], t: Translator) -> str:
    if facts["level"] is None or facts["score"] is None:
        return "score_above" if facts["above"] else "score_untold"
    if not facts["above"]:
        return "score_level"
    alike = t.style.number(facts["score"]) == t.style.number(facts["level"])
    return "score_same" if alike else "score_more"


KEYS: Mapping[ChangeKind, Callable[[Mapping[str, Any], Translator], str]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: lambda facts, _t: "cost_untold" if facts["amount"] is None else "cost_less",
        ChangeKind.SCORE_MORE: _score,
        ChangeKind.SUPPORT_MORE: lambda _facts, _t: "support_more",
        ChangeKind.CEILING_MORE: lambda _facts, _t: "ceiling_more",
    }
)
"""The sentence of each kind of change."""
