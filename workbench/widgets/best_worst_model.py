"""A room that names the most and the least important criterion, and says how far apart all others stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pandas as pd

from workbench.domain.preferences import PAIRED, Way
from workbench.engine.weighting import answer_gaps, best_worst_weights
from workbench.room.tables import Record

Pair = tuple[str, str]


@dataclass(frozen=True)
class BestWorst:
    """What the room has answered about one set of siblings; frozen, each answer gives a new one.

    Attributes
    ----------
    labels : tuple of str
        The criteria.
    best, worst : str
        Empty until they are named.
    answers : mapping of pair to value
        First is `value` times as important as second, 1 to 9; first is the best, or second the worst.
    """

    labels: tuple[str, ...]
    best: str = ""
    worst: str = ""
    answers: Mapping[Pair, float] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def resumed(cls, labels: tuple[str, ...], lines: Iterable[Record]) -> BestWorst:
        """Begin where the lines of a card end.

        Parameters
        ----------
        labels : tuple of str
        lines : iterable of record
            Of one card: way, criterion, other, value; those of other ways and criteria are passed over.
        """
        among = [line for line in lines if line["way"] in PAIRED]
        own = [line for line in among if line["criterion"] in labels and line["other"] in labels]
        best = next((str(line["criterion"]) for line in own if line["way"] == Way.BEST), "")
        worst = next((str(line["other"]) for line in own if line["way"] == Way.WORST), "")
        given = {
            (str(line["criterion"]), str(line["other"])): float(line["value"])
            for line in own
            if line.get("value") is not None
        }
        return cls(labels, best, worst, MappingProxyType(given))

    def named(self, best: str, worst: str) -> BestWorst:
        """Return the room with both ends named; answers that no longer have to do with them are dropped."""
        ends = replace(self, best=best, worst=worst)
        kept = {pair: value for pair, value in self.answers.items() if pair in ends.pairs}
        return replace(ends, answers=MappingProxyType(kept))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What is asked, in order: both ends, the best over the others, the others over the worst."""
        if not self.best or not self.worst or self.best == self.worst:
            return ()
        others = [label for label in self.labels if label not in (self.best, self.worst)]
        return (
            (self.best, self.worst),
            *((self.best, other) for other in others),
            *((other, self.worst) for other in others),
        )

    @property
    def asked(self) -> Pair | None:
        """The first pair without an answer; None where nothing is left, or the ends are not named."""
        return next((pair for pair in self.pairs if pair not in self.answers), None)

    @property
    def latest(self) -> Pair | None:
        """The last pair in the order of asking that has an answer."""
        return next((pair for pair in reversed(self.pairs) if pair in self.answers), None)

    def answered(self, pair: Pair, value: float) -> BestWorst:
        """Return the room with one answer."""
        return replace(self, answers=MappingProxyType({**self.answers, pair: value}))

    def withdrawn(self) -> BestWorst:
        """Return the room without its latest answer, so that the pair is asked again."""
        kept = {pair: value for pair, value in self.answers.items() if pair != self.latest}
        return replace(self, answers=MappingProxyType(kept))

    def lines(self) -> list[Record]:
        """Return the lines of a table: one a pair and end, without a value where it is not answered yet."""
        if not self.pairs:
            return []
        over = [pair for pair in self.pairs if pair[0] == self.best]
        under = [pair for pair in self.pairs if pair[1] == self.worst]
        asked = (*((Way.BEST, pair) for pair in over), *((Way.WORST, pair) for pair in under))
        return [self._line(way, pair) for way, pair in asked]

    def _line(self, way: Way, pair: Pair) -> Record:
        said = {"way": way.value, "criterion": pair[0], "other": pair[1]}
        return {**said, "value": self.answers[pair]} if pair in self.answers else said

    def contradicted(self) -> tuple[str, ...]:
        """Return the criteria whose two answers do not fit the distance of the ends, the worst fit first.

        Only what is answered is looked at, so that the room hears of it while it still remembers.
        """
        if (self.best, self.worst) not in self.answers:
            return ()
        over, under = self._sides()
        gaps = answer_gaps(over, under, self.worst).dropna()
        apart = gaps[gaps > 0].sort_index().sort_values(ascending=False, kind="stable")
        return tuple(map(str, apart.index))

    def _sides(self) -> tuple[pd.Series, pd.Series]:
        over = {label: self.answers.get((self.best, label)) for label in self.labels}
        under = {label: self.answers.get((label, self.worst)) for label in self.labels}
        over[self.best], under[self.worst] = 1.0, 1.0
        return pd.Series(over, dtype="float64"), pd.Series(under, dtype="float64")

    def weighed(self) -> BestWorstFound | None:
        """Return weights and consistency; None as long as a pair is open.

        Raises
        ------
        InvalidValue
            Where they cannot all be true: another criterion as good as the best, yet further above the worst.
        """
        if not self.pairs or self.asked is not None:
            return None
        found = best_worst_weights(*self._sides())
        return BestWorstFound(found.weights, found.input_consistency)


@dataclass(frozen=True, eq=False)
class BestWorstFound:
    """What all answers give together.

    Attributes
    ----------
    weights : Series
        By criterion, summing to one.
    consistency : float
        0 where all answers fit (Liang, Brunelli & Rezaei 2020).
    """

    weights: pd.Series
    consistency: float
