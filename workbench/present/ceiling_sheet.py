"""Where things stand on the ceiling line: columns in px, amounts in rupiah."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.present import svg
from workbench.present.ceiling_rows import Hidden, Row
from workbench.present.i18n import Translator
from workbench.present.surfaces import Surface
from workbench.prioritisation.listed import Listed

BEYOND = 1.3
"""How far past the ceiling the scale runs, in ceilings: bars further right end in an arrow."""
PAD = 8
SCORES_END = 100.0
BOLD = 1.14
"""How much wider bold text runs than the estimate of usual text."""


@dataclass(frozen=True)
class Sheet:
    """The layout of one drawing."""

    surface: Surface
    t: Translator
    width: float
    name_x: float
    village_x: float
    left: float
    right: float
    top: float
    scale_end: float
    ceiling: int | None

    @property
    def shows_scores(self) -> bool:
        """Whether no cost is known at all, so that the scores are drawn instead."""
        return self.ceiling is None and self.scale_end == SCORES_END

    def x(self, amount: float) -> float:
        """Return where an amount stands, at the edge when it lies beyond."""
        share = min(max(amount / self.scale_end, 0.0), 1.0)
        return self.left + share * (self.right - self.left)

    def money(self, amount: int) -> str:
        """Write an amount as the surface has room for it."""
        style = self.t.style
        return style.short_rupiah(amount) if self.surface.short_money else style.rupiah(amount)


def sheet_of(
    found: Listed,
    rows: Sequence[Row],
    shown: Sequence[Row | Hidden],
    look: Surface,
    width: float,
    t: Translator,
) -> Sheet:
    """Lay out the columns: rank, activity and village, bars, reason."""
    rank_room = svg.text_width("000=", look.size) + PAD
    share = 0.40 if look.two_lines else 0.46
    left = max(width * share, rank_room + 8 * look.size)
    reasons = [row.reason for row in shown if isinstance(row, Row)]
    reason_room = max((svg.text_width(reason, look.note) for reason in reasons), default=0.0)
    right = width - min(reason_room * BOLD, width * 0.25) - 3 * PAD
    village_x = rank_room if look.two_lines else left - 9 * look.size
    earmark_row = look.note * 1.4 if found.has_ceiling and found.earmarked else 0
    top = (look.title * 1.35 if look.title else PAD / 2) + look.note * 1.5 + earmark_row
    ceiling = found.ceiling if found.has_ceiling else None
    return Sheet(
        look, t, width, rank_room, village_x, left, right, top, _scale_end(rows, shown, ceiling), ceiling
    )


def _scale_end(rows: Sequence[Row], shown: Sequence[Row | Hidden], ceiling: int | None) -> float:
    if all(row.cost is None for row in rows):
        return SCORES_END
    ends = [row.end for row in shown if isinstance(row, Row)] or [row.end for row in rows]
    furthest = float(max(ends))
    if ceiling:
        return min(max(furthest, ceiling * 1.08), ceiling * BEYOND)
    return max(furthest, 1.0)
