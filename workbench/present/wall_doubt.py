"""How sure the order on the wall is: a bracket over the ranks that a proposal could take, and its rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.session import Session
from workbench.present.doubt_words import of_hundred, seeds_text
from workbench.present.i18n import Translator
from workbench.present.wall import WallPage, sentence_pages
from workbench.present.wall_table import WallColumn, WallRow, table_pages
from workbench.prioritisation import Outcome, Standing
from workbench.robustness.draws import MOVE
from workbench.robustness.recalculated import LEVEL, Recalculation

SAFE = 0.9
"""A place under the ceiling that holds in nine of ten recalculations is called sure."""
MOST = 6
"""Proposals near the line that are told one by one: the least sure ones."""


@dataclass(frozen=True)
class WallDoubt:
    """What the wall says of one outcome's order.

    Attributes
    ----------
    drawn : Recalculation
        Weights moved a little and people drawn anew, together.
    outcome : Outcome
    """

    drawn: Recalculation
    outcome: Outcome

    def bracket(self, label: str) -> tuple[int, int] | None:
        """Return the best and worst rank that nine recalculations of ten lie between; None for one rank."""
        places = self.drawn.places
        best, worst = int(places["best"][label]), int(places["worst"][label])
        rank = self.outcome.ranking_of(label) or best
        ends = min(best, rank), max(worst, rank)
        return None if ends[0] == ends[1] else ends

    def near_line(self) -> tuple[str, ...]:
        """Return the proposals, by rank, whose side of the ceiling line is not sure."""
        if self.drawn.funded is None:
            return ()
        standing = self.outcome.table["standing"].to_dict()
        shares = self.drawn.funded.dropna()
        return tuple(
            str(label)
            for label, share in shares.items()
            if (share if standing[label] == Standing.FUNDED else 1 - share) < SAFE
        )


def rank_text(outcome: Outcome, label: str, doubt: WallDoubt | None, t: Translator) -> str:
    """Return the rank as it stands on the wall: shared ones with a word, unsure ones with their bracket."""
    rank = t.style.count(outcome.ranking_of(label))
    if int(outcome.reasons[label].facts.get("shared", 1)) > 1:
        rank = t("wall.rank.shared", rank=rank)
    ends = None if doubt is None else doubt.bracket(label)
    return rank if ends is None else t("wall.rank.unsure", rank=rank, best=ends[0], worst=ends[1])


def doubt_pages(
    doubt: WallDoubt,
    readings: Sequence[str],
    session: Session,
    numbers: Mapping[str, int],
    t: Translator,
) -> tuple[WallPage, ...]:
    """Return what the brackets mean, who is near the line, and what the other reading says.

    Parameters
    ----------
    doubt : WallDoubt
    readings : sequence of str
        What one voice for each group would change, in sentences.
    session : Session
    numbers : mapping of label to number
        As on the cards.
    t : Translator
    """
    drawn = doubt.drawn
    things = [t(f"doubt.drawn.{name}", move=MOVE, people=drawn.people) for name in drawn.seeds]
    said = [
        t("wall.doubt.rule", sure=of_hundred(LEVEL)),
        t("wall.doubt.line", count=len(doubt.near_line())) if drawn.funded is not None else "",
        t("doubt.drawn", draws=drawn.draws, things=things, seeds=seeds_text(drawn, t)),
        *readings,
    ]
    pages = sentence_pages(t("wall.doubt"), said, t("wall.caveat"))
    return (*_near_line_pages(doubt, session, numbers, t), *pages)


def _near_line_pages(
    doubt: WallDoubt, session: Session, numbers: Mapping[str, int], t: Translator
) -> tuple[WallPage, ...]:
    near, shares = doubt.near_line(), doubt.drawn.funded
    if not near or shares is None:
        return ()
    least = set(sorted(near, key=lambda label: (abs(float(shares[label]) - 0.5), label))[:MOST])
    columns = (
        WallColumn(t("wall.rank"), 200),
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.doubt.now"), 200),
        WallColumn(t("wall.doubt.funded"), 290, number=True),
    )
    standing = doubt.outcome.table["standing"]
    names = session.proposals.frame["activity"]
    rows = [
        WallRow(
            (
                rank_text(doubt.outcome, label, doubt, t),
                t("wall.named", number=numbers[label], name=str(names[label])),
                t("wall.doubt.inside" if standing[label] == Standing.FUNDED else "wall.doubt.outside"),
                t("wall.doubt.share", count=of_hundred(float(shares[label]))),
            ),
            "strong" if standing[label] == Standing.FUNDED else "past",
        )
        for label in near
        if label in least
    ]
    note = t("wall.doubt.note") if len(near) <= MOST else t("wall.doubt.least", shown=MOST, count=len(near))
    return table_pages(t("wall.doubt.near"), columns, rows, note)
