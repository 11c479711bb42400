"""What a room is told while it weighs criteria by the most and the least important one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator
from workbench.widgets.best_worst_model import BestWorst, Pair

MOST_APART = 2
"""Contradictions that are read out at once; the worst first."""


def best_worst_lines(room: BestWorst, names: Mapping[str, str], t: Translator) -> tuple[str, ...]:
    """Return what does not fit, how far, and the weights once all pairs are answered.

    Parameters
    ----------
    room : BestWorst
    names : mapping of label to name
    t : Translator
    """
    if not room.answers:
        return ()
    return tuple(_lines(room, names, t))


def _lines(room: BestWorst, names: Mapping[str, str], t: Translator) -> Iterator[str]:
    apart = room.contradicted()
    yield from (_apart(label, room, names, t) for label in apart[:MOST_APART])
    try:
        found = room.weighed()
    except WorkbenchError:
        return  # the contradiction above is the reason, and says which answers to look at
    if found is None:
        return
    yield t("best_worst.ratio", ratio=found.consistency) if apart else t("best_worst.fits")
    heaviest = found.weights.sort_index().sort_values(ascending=False, kind="stable")
    weights = [
        t("wall.simulation.weight", name=names[str(label)], weight=float(value))
        for label, value in heaviest.items()
    ]
    yield t("best_worst.weights", weights=weights)


def _apart(label: str, room: BestWorst, names: Mapping[str, str], t: Translator) -> str:
    over, under = room.answers[room.best, label], room.answers[label, room.worst]
    widest = room.answers[room.best, room.worst]
    facts = {
        "best": names[room.best],
        "worst": names[room.worst],
        "middle": names[label],
        "over": _times(over, t),
        "under": _times(under, t),
        "product": _times(over * under, t),
        "widest": _times(widest, t),
    }
    return t("best_worst.beyond" if under > widest else "best_worst.apart", **facts)


def _times(value: float, t: Translator) -> str:
    return t.style.number(value, 0 if value == int(value) else 1)


def question_sentence(pair: Pair, names: Mapping[str, str], t: Translator) -> str:
    """Return the question about a pair."""
    return t("best_worst.question", first=names[pair[0]], second=names[pair[1]])
