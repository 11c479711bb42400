"""The signature picture (garis pagu): proposals in rank order, stacked against the ceiling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.ceiling_bars import draw_hidden, draw_row
from workbench.present.ceiling_rows import Hidden, Row, cut, line_position, ranked_rows
from workbench.present.ceiling_sheet import BOLD, PAD, Sheet, sheet_of
from workbench.present.i18n import Translator
from workbench.present.surfaces import INK, PALE, PAPER, SURFACES, WARM_GREY
from workbench.prioritisation import Outcome
from workbench.prioritisation.funding import AT_LINE
from workbench.prioritisation.listed import Listed, listed
from workbench.prioritisation.outcome import NOT_FUNDED


def ceiling_line(
    outcome: Outcome,
    session: Session,
    t: Translator,
    *,
    max_rows: int | None = None,
    width: int | None = None,
    surface: str = "desk",
    titled: bool = True,
) -> str:
    """Draw the ceiling line.

    Parameters
    ----------
    outcome, session
        The computed outcome and the session it came from.
    t : Translator
    max_rows : int, optional
        Rows of proposals; a longer list is cut around the line and says how many are left out.
    width : int, optional
        In px; both default to what the surface usually has.
    surface : {"wall", "desk", "paper"}
    titled : bool
        Whether the picture draws its title, where the surface has one; a page may have said it already.

    Returns
    -------
    str
        One SVG element with title and description. Funded bars are solid, the others hollow; without a
        ceiling there is no line; without any cost the scores are drawn instead.
    """
    return list_picture(
        listed(outcome), session, t, max_rows=max_rows, width=width, surface=surface, titled=titled
    )


def list_picture(
    found: Listed,
    session: Session,
    t: Translator,
    *,
    max_rows: int | None = None,
    width: int | None = None,
    surface: str = "desk",
    titled: bool = True,
) -> str:
    """Draw the ceiling line of a list, also one that was only tried; otherwise as `ceiling_line`."""
    look = SURFACES[surface] if titled else replace(SURFACES[surface], title=0)
    rows = ranked_rows(found, session, t)
    shown = cut(rows, line_position(rows), max_rows or look.rows)
    sheet = sheet_of(found, rows, shown, look, width or look.width, t)
    body, height = _body(sheet, found, rows, shown)
    title = t("figure.ceiling_line.title")
    return svg.document(sheet.width, height, title, [*_head(sheet, found, title), *body], _said(found, t))


def _said(found: Listed, t: Translator) -> str:
    ranked = len(found.lines)
    if not found.has_ceiling:
        return t("figure.ceiling_line.alt_no_ceiling", ranked=ranked)
    return t(
        "figure.ceiling_line.alt",
        funded=len(found.funded),
        ranked=ranked,
        spent=found.spent,
        room=found.room,
        left=found.left,
    )


def _head(sheet: Sheet, found: Listed, title: str) -> Iterator[str]:
    look, t = sheet.surface, sheet.t
    if look.title:
        yield svg.text(title, PAD, look.title, look.title, font_weight=600, fill=INK)
    if sheet.ceiling is None:
        said = t("figure.ceiling_line.no_ceiling")
        size = look.note if svg.text_width(said, look.note) < sheet.width - PAD else look.note * 0.8
        yield svg.text(said, PAD, sheet.top - look.note * 0.5, size, fill=WARM_GREY)
        return
    label = t("figure.ceiling_line.ceiling", amount=sheet.money(sheet.ceiling))
    half = svg.text_width(label, look.note) * BOLD / 2
    x = min(max(sheet.x(sheet.ceiling), half), sheet.width - half)
    base = sheet.top - look.note * (1.9 if found.earmarked else 0.5)
    yield svg.text(label, x, base, look.note, text_anchor="middle", font_weight=700, fill=INK)
    if found.earmarked:
        bound = t("figure.ceiling_line.earmarked", amount=sheet.money(found.earmarked))
        yield svg.text(bound, sheet.left, sheet.top - look.note * 0.5, look.note, fill=WARM_GREY)


def _body(
    sheet: Sheet, found: Listed, rows: Sequence[Row], shown: Sequence[Row | Hidden]
) -> tuple[list[str], float]:
    """Draw the rows downwards; the row of the line stands after the last that money was spent on."""
    y = sheet.top
    drawn: list[str] = []
    last_paid = rows[line_position(rows) - 1] if line_position(rows) else None
    pending = found.has_ceiling
    if pending and last_paid is None:
        drawn += _line_row(sheet, found, y)
        y, pending = y + sheet.surface.row, False
    for row in shown:
        drawn += draw_hidden(sheet, row, y) if isinstance(row, Hidden) else draw_row(sheet, row, y)
        y += sheet.surface.row
        if pending and (row is last_paid or (isinstance(row, Hidden) and last_paid in row.rows)):
            drawn += _line_row(sheet, found, y)
            y, pending = y + sheet.surface.row, False
    if not rows:
        said = sheet.t("figure.ceiling_line.empty")
        drawn.append(svg.text(said, PAD, y + sheet.surface.row * 0.6, sheet.surface.note, fill=WARM_GREY))
        y += sheet.surface.row
    return [*_grounds(sheet, found, y), *drawn, *_ceiling(sheet, y)], y + PAD


def _grounds(sheet: Sheet, found: Listed, bottom: float) -> Iterator[str]:
    """Draw what lies behind the bars: earmarked money and the zero line."""
    if sheet.ceiling is None:
        return
    if found.earmarked:
        bound = sheet.x(found.earmarked) - sheet.left
        yield svg.element(
            "rect", x=sheet.left, y=sheet.top, width=bound, height=bottom - sheet.top, fill=PALE
        )
    zero = {"x1": sheet.left, "x2": sheet.left, "y1": sheet.top, "y2": bottom}
    yield svg.element("line", **zero, stroke=WARM_GREY, stroke_width=1)


def _ceiling(sheet: Sheet, bottom: float) -> Iterator[str]:
    """Draw the ceiling over the bars, so that nothing hides it."""
    if sheet.ceiling is not None:
        x, thick = sheet.x(sheet.ceiling), max(3, sheet.surface.size / 7)
        yield svg.element("line", x1=x, x2=x, y1=sheet.top - 4, y2=bottom, stroke=INK, stroke_width=thick)


def _line_row(sheet: Sheet, found: Listed, y: float) -> Iterator[str]:
    """Draw the line across the list, with what is left written in the gap below the ceiling."""
    look, t = sheet.surface, sheet.t
    if found.left is None or sheet.ceiling is None:
        return
    middle = y + look.row * 0.5
    across = {"x1": PAD, "x2": sheet.width - PAD, "y1": middle, "y2": middle}
    yield svg.element("line", **across, stroke=INK, stroke_width=1.5, stroke_dasharray="8 5")
    left = t("figure.ceiling_line.left", amount=sheet.money(found.left))
    spent, edge = sheet.x(found.earmarked + found.spent), sheet.x(sheet.ceiling)
    gap = {
        "x": spent,
        "y": middle - look.note * 0.65,
        "width": max(edge - spent, 0),
        "height": look.note * 1.3,
    }
    where = _where(found, t)
    taken = sheet.name_x + svg.text_width(where, look.note) * BOLD + PAD
    # a ceiling near zero leaves no room at its left
    inside = edge - PAD - svg.text_width(left, look.note) * BOLD > taken
    place = (edge - PAD, middle, look.note, "end") if inside else (edge + PAD, middle, look.note, "start")
    yield _ground(left, *place)
    yield svg.element("rect", **gap, fill=PALE)
    yield _words(left, *place)
    yield _ground(where, sheet.name_x, middle, look.note, "start")
    yield _words(where, sheet.name_x, middle, look.note, "start")


def _where(found: Listed, t: Translator) -> str:
    rank = found.last_rank
    if rank is None:
        return t("figure.ceiling_line.nothing_funded")
    if not any(line.standing in NOT_FUNDED for line in found.lines):
        return t("figure.ceiling_line.all_funded")
    if found.rule not in AT_LINE:
        return t("figure.ceiling_line.last_funded", rank=rank)
    return t("figure.ceiling_line.after_rank", rank=rank)


def _ground(content: str, x: float, middle: float, size: float, anchor: str) -> str:
    """Draw the white ground of a text that stands over a line."""
    wide = svg.text_width(content, size) * BOLD + PAD
    start = x - PAD / 2 if anchor == "start" else x - wide + PAD / 2
    return svg.element("rect", x=start, y=middle - size * 0.62, width=wide, height=size * 1.24, fill=PAPER)


def _words(content: str, x: float, middle: float, size: float, anchor: str) -> str:
    return svg.text(content, x, middle + size * 0.36, size, text_anchor=anchor, font_weight=700, fill=INK)
