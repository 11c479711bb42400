"""Letters of a list that the bundled font lacks: on paper each is a box, so they are named beforehand."""

from __future__ import annotations

from workbench.domain.proposals import Proposals
from workbench.errors import Problem, Severity
from workbench.present.paper.document import printable
from workbench.present.paper.pdf import font_letters

PRINTED = ("activity", "location", "volume", "agency", "village", "program", "activity_target")
"""Words of a proposal that stand in the printed lists."""
MOST_LETTERS = 12


def unprintable(proposals: Proposals) -> tuple[Problem, ...]:
    """Return one note where words of the printed lists hold letters that the font of the paper lacks.

    Parameters
    ----------
    proposals : Proposals

    Returns
    -------
    tuple of Problem
        ``letters_not_in_print`` with the letters, the first proposal and how many there are; or nothing.
    """
    known = font_letters()
    words = proposals.frame[[name for name in PRINTED if name in proposals.frame]].astype("str")
    lacking = words.agg(" ".join, axis="columns").map(lambda text: _lacking(text, known))
    found = lacking[lacking != ""]
    if found.empty:
        return ()
    letters = "".join(dict.fromkeys("".join(found)))
    facts = {"proposal": str(found.index[0]), "proposals": len(found)}
    return (Problem("letters_not_in_print", Severity.NOTE, value=letters[:MOST_LETTERS], facts=facts),)


def _lacking(text: str, known: frozenset[str]) -> str:
    if text.isascii():
        return ""
    return "".join(letter for letter in dict.fromkeys(printable(text)) if letter not in known)
