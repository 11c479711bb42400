"""A clash of conditions in words: which cannot hold together, and the smallest ways out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator

if TYPE_CHECKING:  # the command line speaks of refusals before anything is calculated
    from workbench.engine.allocation.clash import Relaxation

MOST_WAYS = 3
"""Ways out that are named, in the order of the conditions."""


def clash_sentence(error: WorkbenchError, t: Translator) -> str:
    """Return which conditions clash and what would end it.

    Parameters
    ----------
    error : WorkbenchError
        ``conditions_clash`` of `workbench.engine.allocation.clash`.
    t : Translator
    """
    names = [t("word.the_ceiling") if name == "ceiling" else name for name in error.facts["clash"]]
    more = [] if error.facts.get("all_needed", True) else [t("error.clash.more")]
    return " ".join([t("error.clash", names=names), *more, *_ways(error, t)])


def _ways(error: WorkbenchError, t: Translator) -> Iterator[str]:
    found: tuple[Relaxation, ...] = error.facts["relaxations"]
    ways = [relaxation for relaxation in found if relaxation.changes]
    if not ways:
        yield t("error.clash.undecided" if error.facts.get("undecided") else "error.clash.none")
    for number, relaxation in enumerate(ways[:MOST_WAYS]):
        said = [
            t(f"clash.{relaxation.family}", name=name, amount=amount) for name, amount in relaxation.changes
        ]
        key = "error.clash.or" if number else "error.clash.way"
        yield t(key if relaxation.proven else f"{key}.found", ways=said)
