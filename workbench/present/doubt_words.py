"""Small words of doubt: so many of a hundred, names of proposals, seeds."""

from __future__ import annotations

import math
from collections.abc import Iterable

from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.robustness.recalculated import Recalculation

LONGEST_NAME = 60
"""Characters of a proposal's name in a sentence."""
MOST_NAMES = 3
"""Proposals that a sentence names before it counts the rest."""


def of_hundred(share: float) -> int:
    """Return a share as so many of a hundred; 0 and 100 are said only when they are exact.

    Examples
    --------
    >>> of_hundred(0.874), of_hundred(0.9996), of_hundred(0.0004), of_hundred(1.0)
    (87, 99, 1, 100)
    """
    if share <= 0:
        return 0
    if share >= 1:
        return 100
    return min(max(math.floor(100 * share + 0.5), 1), 99)


def hundred_cell(share: float | None, t: Translator) -> str:
    """Return a share for a cell of a table; a dash where there is none."""
    return EMPTY if share is None or share != share else t.style.count(of_hundred(share))  # noqa: PLR0124


def proposal_name(proposal: str, session: Session) -> str:
    """Return the activity of a proposal with its code, short enough for a sentence."""
    activity = " ".join(str(session.proposals.frame["activity"][proposal]).split())
    if len(activity) > LONGEST_NAME:
        activity = activity[:LONGEST_NAME].rstrip(" ,.;:") + "\u2026"
    return f"{activity} ({proposal})"


def proposal_names(proposals: Iterable[str], session: Session, t: Translator) -> str:
    """Return several proposals joined, the rest counted."""
    labels = list(proposals)
    named = [proposal_name(label, session) for label in labels[:MOST_NAMES]]
    if len(labels) > MOST_NAMES:
        named.append(t("doubt.more_proposals", count=len(labels) - MOST_NAMES))
    return t.style.list(named)


def seeds_text(source: Recalculation, t: Translator) -> str:
    """Return the seeds of what was drawn, by name."""
    return "; ".join(t(f"doubt.seed.{name}", seed=str(seed)) for name, seed in source.seeds.items())
