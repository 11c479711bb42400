"""The reason of every proposal, as one plain sentence that a farmers' group can read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.present.i18n import Translator
from workbench.prioritisation import Reason, Standing

NAMES_LOSS = (Standing.OVER_THE_LINE, Standing.DOES_NOT_FIT, Standing.NOT_CHOSEN, Standing.RANKED)
"""Standings that a higher score could have changed, so the criterion that cost most is worth saying."""


def reason_sentence(reason: Reason, t: Translator) -> str:
    """Return the sentence: rank, score if shown, where the proposal stands against the ceiling, what it lost.

    Parameters
    ----------
    reason : Reason
        From `Outcome.reasons`.
    t : Translator
        The language.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> facts = {"rank": 14, "score": 61.25, "shared": 1, "decided_by": ()}
    >>> reason = Reason("over_the_line", facts | {"cost": 60_000_000, "shortfall": 45_000_000})
    >>> reason_sentence(reason, translator("en"))[:24]
    'Rank 14, score 61.25. No'
    """
    facts = reason.facts
    if "rank" not in facts:
        return reason_body(reason, t)
    untold = f"reason.place.{facts['withheld']}" if "withheld" in facts else "reason.place"
    return f"{t(untold, **facts)} {reason_body(reason, t)}"


def reason_body(reason: Reason, t: Translator) -> str:
    """Return the sentence without rank and score, for tables that have columns for them."""
    return " ".join(_parts(reason, t))


def listed_reason(reason: Reason, t: Translator) -> str:
    """Return the reason as a long list says it: what its heading says already is left out.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> listed_reason(Reason("over_the_line", {"shortfall": 45_000_000}), translator("en"))
    'Over the line; Rp 45,000,000 short.'
    """
    parts = list(_listed_parts(reason, t))
    known = reason.code == Standing.RANKED and len(parts) > 1  # the list says itself that there is no ceiling
    return " ".join(parts[known:])


def short_reason(reason: Reason, t: Translator) -> str:
    """Return the reason in at most four words, for the end of a line of a picture."""
    return t(f"short_reason.{reason.code}")


def _parts(reason: Reason, t: Translator) -> Iterator[str]:
    facts = reason.facts
    if facts.get("shared", 1) > 1:
        yield t("reason.shared", shared=facts["shared"])
    if facts.get("decided_by"):
        yield t("reason.decided_by", keys=[t(f"tie.{key}") for key in facts["decided_by"]])
    own = f"reason.{reason.code}.{facts.get('rule', '')}"
    yield t(own if t.has(own) else f"reason.{reason.code}", **facts)
    if facts.get("notes"):
        yield t("reason.gate_notes", notes=facts["notes"])
    if facts.get("committed"):
        yield t("reason.committed", committed=facts["committed"])
    if reason.code == Standing.NOT_CHOSEN and "shortfall" in facts:
        yield t("reason.without_taking_out", shortfall=facts["shortfall"])
    if facts.get("conditions"):
        yield t("reason.blocked", conditions=facts["conditions"])
    if "largest_loss" in facts and reason.code in NAMES_LOSS:
        yield t("reason.largest_loss", criterion=facts["largest_loss"])


def _listed_parts(reason: Reason, t: Translator) -> Iterator[str]:
    facts = reason.facts
    own = f"listed_reason.{reason.code}.{facts.get('rule', '')}"
    yield t(own if t.has(own) else f"listed_reason.{reason.code}", **facts)
    if reason.code == Standing.NOT_CHOSEN and "shortfall" in facts:
        yield t("listed_reason.without_taking_out", shortfall=facts["shortfall"])
    if facts.get("conditions"):
        yield t("listed_reason.blocked", conditions=facts["conditions"])
    if facts.get("shared", 1) > 1:
        yield t("listed_reason.shared", shared=facts["shared"])
    if facts.get("decided_by"):
        yield t("listed_reason.decided_by", keys=[t(f"short_tie.{key}") for key in facts["decided_by"]])
    if "largest_loss" in facts and reason.code in NAMES_LOSS:
        yield t("listed_reason.largest_loss", criterion=facts["largest_loss"])
