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
    yield t("trial.total", count=len(found.funded), total=found.total_score, left=found.left, room=found.room)
    share = abs(found.lost) / (found.total_score + found.lost) if found.total_score + found.lost else 0.0
    if found.lost > 0:
        yield t("trial.costs", lost=found.lost, share=share)
    elif found.lost < 0:
        yield t("trial.gains", gained=-found.lost, share=share)
    for key, labels in (("enters", found.enters), ("leaves", found.leaves)):
        if labels:
            yield t(f"trial.{key}", count=len(labels), names=_names(labels, session, t))
    if not found.enters and not found.leaves:
        yield t("trial.same")
    if not found.proven:
        yield t("budgeting.compare.unproven", gap=found.gap)


def _names(labels: tuple[str, ...], session: Session, t: Translator) -> list[str]:
    names = [proposal_name(label, session, t) for label in labels[:MOST_NAMES]]
    more = len(labels) - len(names)
    return [*names, t("word.and_more", count=more)] if more else names
