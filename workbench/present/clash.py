"""A clash of conditions in words: which cannot hold together, and the smallest ways out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator

if TYPE_CHECKING:  # the command line speaks of refusals before anything is calculated
    from workbench.engine.allocation.clash import Relaxation

MOST_WAYS = 3
"""Ways out that are named, the least change first."""


def clash_sentence(error: WorkbenchError, t: Translator) -> str:
    """Return which conditions clash and what would end it.

    Parameters
    ----------
    error : WorkbenchError
        ``conditions_clash`` of `workbench.engine.allocation.clash`.
    t : Translator
    """
    names = [t("word.the_ceiling") if name == "ceiling" else name for name in error.facts["clash"]]
    return " ".join([t("error.clash", names=names), *_ways(error.facts["relaxations"], t)])


def _ways(relaxations: tuple[Relaxation, ...], t: Translator) -> Iterator[str]:
    ways = [relaxation for relaxation in relaxations if relaxation.changes]
    if not ways:
        yield t("error.clash.none")
    for number, relaxation in enumerate(ways[:MOST_WAYS]):
        said = [
            t(f"clash.{relaxation.family}", name=name, amount=amount) for name, amount in relaxation.changes
        ]
        yield t("error.clash.or" if number else "error.clash.way", ways=said)
