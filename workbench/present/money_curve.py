"""What the next money buys, as a staircase and as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.budgeting import Point
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.price_of_rules_table import rule_name
from workbench.present.surfaces import ACCENT, INK, PALE, SURFACES, WARM_GREY
from workbench.present.why_not_sentences import proposal_name

HEIGHT = 240
LEFT, RIGHT, TOP, BOTTOM = 80, 40, 34, 46
TICKS = 5
MOST_CHANGES = 6
"""Changes that are told in words."""
MOST_NAMES = 3
"""Proposals of one change that are named."""


@dataclass(frozen=True)
class _Scale:
    """Where money and scores stand, in px."""

    width: float
    most: int
    low: float
    high: float

    def x(self, more: int) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * more / max(self.most, 1)

    def y(self, score: float) -> float:
        share = (score - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def can_be_drawn(points: Sequence[Point]) -> bool:
    """Tell whether every total on the curve may be shown."""
    return len(_totals(points)) == len(points)


def _totals(points: Sequence[Point]) -> list[float]:
    return [point.total_score for point in points if point.total_score is not None]


def money_curve(points: Sequence[Point], rule: str, t: Translator, surface: str = "paper") -> str:
    """Draw the total score against more money; a dot stands where the list changes.

    Parameters
    ----------
    points : sequence of Point
        At least one, from the ceiling in force upwards, for which `can_be_drawn` holds.
    rule : str
        The rule they were found under.
    t : Translator
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element with title and description.
    """
    look = SURFACES[surface]
    scores = _totals(points)
    scale = _Scale(look.width, points[-1].more, min(scores), max(scores))
    drawn = [
        *_money_axis(scale, look.note, t),
        *_score_axis(scale, look.note, t),
        svg.element("path", d=_stairs(points, scale), fill="none", stroke=ACCENT, stroke_width=2.5),
        *(
            svg.element("circle", cx=scale.x(point.more), cy=scale.y(score), r=4.5, fill=ACCENT)
            for point, score in zip(points, scores, strict=True)
            if point.enters or point.leaves
        ),
    ]
    facts = {"more": points[-1].more, "first": scores[0], "last": scores[-1]}
    said = t("budgeting.curve.alt", rule=rule_name(rule, t), **facts)
    return svg.document(look.width, HEIGHT, t("budgeting.curve.title"), drawn, said)


def money_sentences(points: Sequence[Point], session: Session, t: Translator) -> tuple[str, ...]:
    """Return the first changes that more money makes, one sentence for each.

    Parameters
    ----------
    points : sequence of Point
    session : Session
        For the names.
    t : Translator
    """
    changes = [point for point in points if point.enters or point.leaves]
    if not changes:
        return (t("budgeting.curve.nothing", more=points[-1].more),)
    told = tuple(_change(point, session, t) for point in changes[:MOST_CHANGES])
    hidden = len(changes) - len(told)
    return (*told, t("budgeting.curve.more", count=hidden)) if hidden else told


def _change(point: Point, session: Session, t: Translator) -> str:
    code = "_".join(name for name in ("enters", "leaves") if getattr(point, name))
    enters, leaves = _named(point.enters, session, t), _named(point.leaves, session, t)
    return t(f"budgeting.curve.{code}", more=point.more, enters=enters, leaves=leaves)


def _named(labels: Sequence[str], session: Session, t: Translator) -> str:
    names = [proposal_name(label, session, t) for label in labels[:MOST_NAMES]]
    more = len(labels) - len(names)
    return "; ".join([*names, *([t("word.and_more", count=more)] if more else [])])


def _stairs(points: Sequence[Point], scale: _Scale) -> str:
    scores = _totals(points)
    start = f"M{svg.number(scale.x(points[0].more))} {svg.number(scale.y(scores[0]))}"
    steps = (
        f"H{svg.number(scale.x(point.more))}V{svg.number(scale.y(score))}"
        for point, score in zip(points[1:], scores[1:], strict=True)
    )
    return "".join([start, *steps])


def _money_axis(scale: _Scale, size: int, t: Translator) -> Iterator[str]:
    base = HEIGHT - BOTTOM
    yield svg.element("line", x1=LEFT, x2=scale.width - RIGHT, y1=base, y2=base, stroke=WARM_GREY)
    for tick in range(TICKS + 1):
        more = scale.most * tick // TICKS
        x = scale.x(more)
        yield svg.element("line", x1=x, x2=x, y1=TOP, y2=base, stroke=PALE)
        said = t.style.short_rupiah(more)
        yield svg.text(said, x, base + size * 1.4, size, text_anchor="middle", fill=INK)
    middle = (LEFT + scale.width - RIGHT) / 2
    said = t("budgeting.curve.axis")
    yield svg.text(said, middle, HEIGHT - size * 0.5, size, text_anchor="middle", fill=WARM_GREY)


def _score_axis(scale: _Scale, size: int, t: Translator) -> Iterator[str]:
    yield svg.text(t("budgeting.curve.score"), 4, TOP - size, size, fill=WARM_GREY)
    for score in sorted({scale.low, scale.high}):
        said = t.style.number(score, 1)
        yield svg.text(said, LEFT - 8, scale.y(score) + size * 0.36, size, text_anchor="end", fill=INK)
