"""What a tried condition costs, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.budgeting.trial import Priced
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.why_not_sentences import proposal_name

MOST_NAMES = 8
"""Proposals that a sentence names before it only counts them."""


def trial_sentences(found: Priced, session: Session, t: Translator) -> tuple[str, ...]:
    """Return who enters, who leaves, and what it costs in total score.

    Parameters
    ----------
    found : Priced
    session : Session
        Of the contest.
    t : Translator
    """
    return tuple(_sentences(found, session, t))


def _sentences(found: Priced, session: Session, t: Translator) -> Iterator[str]:
    known = "total" if found.total_score is not None else "total_untold"
    facts = {"count": len(found.funded), "left": found.left, "room": found.room}
    yield t(f"trial.{known}", total=found.total_score, **facts)
    if found.enters or found.leaves:
        yield from _price(found.total_score, found.lost, t)
    for key, labels in (("enters", found.enters), ("leaves", found.leaves)):
        if labels:
            yield t(f"trial.{key}", count=len(labels), names=_names(labels, session, t))
    if not found.enters and not found.leaves:
        yield t("trial.same")
    if not found.proven:
        yield t("budgeting.compare.unproven", gap=found.gap)


def _price(total: float | None, lost: float | None, t: Translator) -> Iterator[str]:
    """Say what is lost or gained against the plan without what is tried."""
    if total is None or lost is None:
        yield t("trial.lost_untold")
        return
    share = abs(lost) / (total + lost) if total + lost else 0.0
    if lost > 0:
        yield t("trial.costs", lost=lost, share=share)
    elif lost < 0:
        yield t("trial.gains", gained=-lost, share=share)


def _names(labels: tuple[str, ...], session: Session, t: Translator) -> list[str]:
    names = [proposal_name(label, session, t) for label in labels[:MOST_NAMES]]
    more = len(labels) - len(names)
    return [*names, t("word.and_more", count=more)] if more else names
