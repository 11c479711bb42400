"""The rows of the ceiling line as drawn: words at the left and right, the bar and its amount between."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.present import svg
from workbench.present.ceiling_rows import Hidden, Row
from workbench.present.ceiling_sheet import BOLD, PAD, Sheet
from workbench.present.surfaces import ACCENT, ACCENT_LIGHT, INK, PALE, PAPER, WARM_GREY, WARNING
from workbench.prioritisation import Standing


def draw_row(sheet: Sheet, row: Row, y: float) -> Iterator[str]:
    """Draw one proposal whose row begins at y."""
    look = sheet.surface
    base = y + (look.size * 1.05 if look.two_lines else look.row * 0.5 + look.size * 0.36)
    colour = INK if row.funded else WARM_GREY
    weight = 600 if row.funded else 400
    rank = f"{row.rank}=" if row.shared > 1 else str(row.rank)
    yield svg.text(
        rank, sheet.name_x - PAD, base, look.size, text_anchor="end", font_weight=weight, fill=colour
    )
    end = sheet.left if look.two_lines else sheet.village_x
    wider = BOLD if row.funded else 1
    name = svg.fitted(row.activity, look.size, (end - sheet.name_x - 2 * PAD) / wider)
    yield svg.text(name, sheet.name_x, base, look.size, font_weight=weight, fill=colour)
    village = svg.fitted(row.village, look.note, sheet.left - sheet.village_x - 2 * PAD)
    below = base + (look.note * 1.1 if look.two_lines else 0)
    yield svg.text(village, sheet.village_x, below, look.note, fill=WARM_GREY)
    middle = y + look.row * 0.5 + look.note * 0.36
    reason = svg.fitted(row.reason, look.note, (sheet.width - sheet.right - 2 * PAD) / wider)
    yield svg.text(reason, sheet.right + 2 * PAD, middle, look.note, fill=colour, font_weight=weight)
    yield from _bar(sheet, row, y)


def _bar(sheet: Sheet, row: Row, y: float) -> Iterator[str]:
    look = sheet.surface
    top, height = y + look.row * 0.2, look.row * 0.6
    if row.cost is None:
        yield from _without_cost(sheet, row, y)
        return
    start, end = sheet.x(row.start), sheet.x(row.end)
    if row.start >= sheet.scale_end:
        start = end - PAD
    shape = {"x": start, "y": top, "width": max(end - start, 2), "height": height}
    needs_act = row.standing in {Standing.TIED_AT_LINE, Standing.TIED_AT_QUOTA}
    stroke = ACCENT if row.funded else WARNING if needs_act else WARM_GREY
    dash = "6 3" if needs_act else None
    yield svg.element(
        "rect", **shape, fill=ACCENT if row.funded else PAPER, stroke=stroke, stroke_width=1.8,
        stroke_dasharray=dash,
    )  # fmt: skip
    if row.end > sheet.scale_end:
        yield _arrow(end, top, height)
    yield from _amount(sheet, row, start, end, y)


def _arrow(end: float, top: float, height: float) -> str:
    """Mark a bar that runs on past the right edge."""
    points = [(end - 1, top - 1), (end + PAD, top + height / 2), (end - 1, top + height + 1)]
    path = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
    return svg.element("polygon", points=path, fill=PAPER, stroke=WARM_GREY, stroke_width=1.8)


def _without_cost(sheet: Sheet, row: Row, y: float) -> Iterator[str]:
    look, t = sheet.surface, sheet.t
    base = y + look.row * 0.5 + look.note * 0.36
    if sheet.shows_scores and row.score is None:
        yield svg.text(t("score.few"), sheet.left + PAD, base, look.note, fill=WARM_GREY, font_style="italic")
        return
    if sheet.shows_scores:
        score = sheet.x(row.reach) - sheet.left
        top, height = y + look.row * 0.25, look.row * 0.5
        yield svg.element(
            "rect", x=sheet.left, y=top, width=score, height=height, fill=PALE, stroke=WARM_GREY
        )
        label = t("figure.ceiling_line.score", score=row.score)
        yield svg.text(label, sheet.left + PAD, base, look.note, fill=INK)
        return
    said = t("figure.ceiling_line.unpriced")
    room = text_room = svg.text_width(said, look.note)
    x = min(sheet.x(row.start) + PAD, sheet.right - room)
    if sheet.ceiling is not None and x < sheet.x(sheet.ceiling) < x + text_room:
        x = max(sheet.x(sheet.ceiling) - text_room - PAD, sheet.left + PAD)
    yield svg.text(said, x, base, look.note, fill=WARM_GREY, font_style="italic")


def _amount(sheet: Sheet, row: Row, start: float, end: float, y: float) -> Iterator[str]:
    """Write the cost where there is room: right of the bar, else left of it, never on the line."""
    look, t = sheet.surface, sheet.t
    label = sheet.money(row.cost or 0)
    if row.standing is Standing.DOES_NOT_FIT and row.shortfall is not None:
        label = t("figure.ceiling_line.missing", cost=label, missing=sheet.money(row.shortfall))
    wide = svg.text_width(label, look.note)
    base = y + look.row * 0.5 + look.note * 0.36
    edge = None if sheet.ceiling is None else sheet.x(sheet.ceiling)
    before = min(start, edge) if edge is not None else start
    inside = [start + PAD] if wide + 2 * PAD < end - start else []
    # a bar below the ceiling keeps its amount below the ceiling
    after = [] if edge is not None and start < edge < end + PAD + wide else [end + PAD]
    for x in (*after, start - PAD - wide, before - PAD - wide, *inside):
        if _is_clear(sheet, x, wide, edge):
            on_bar = inside == [x] and row.funded
            yield _anchored(label, x, wide, base, look.note, PAPER if on_bar else INK, flush=x < start)
            return


def _anchored(label: str, x: float, wide: float, base: float, size: float, fill: str, *, flush: bool) -> str:
    """Write a text from x on, or up to its estimated end where it must stand close to what follows."""
    if flush:
        return svg.text(label, x + wide, base, size, text_anchor="end", fill=fill)
    return svg.text(label, x, base, size, fill=fill)


def _is_clear(sheet: Sheet, x: float, wide: float, edge: float | None) -> bool:
    """Tell whether a text lies among the bars and off the ceiling."""
    crosses = edge is not None and x - PAD / 2 < edge < x + wide + PAD / 2
    return x >= sheet.left - 1 and x + wide <= sheet.right and not crosses


def draw_hidden(sheet: Sheet, hidden: Hidden, y: float) -> Iterator[str]:
    """Draw the rows that are left out as one thin bar from the first to the last."""
    look, t = sheet.surface, sheet.t
    mixed = 0 < hidden.funded < len(hidden.rows)
    key = "figure.ceiling_line.hidden_funded" if mixed else "figure.ceiling_line.hidden"
    facts = {"count": len(hidden.rows), **({"funded": hidden.funded} if mixed else {})}
    base = y + look.row * 0.5 + look.note * 0.36
    said = svg.fitted(t(key, **facts), look.note, sheet.left - sheet.name_x - PAD)
    yield svg.text(said, sheet.name_x, base, look.note, fill=WARM_GREY, font_style="italic")
    for funded in (True, False):
        rows = [row for row in hidden.rows if row.funded is funded and row.cost is not None]
        first = min((row.start for row in rows), default=sheet.scale_end)
        if first < sheet.scale_end:
            start, end = sheet.x(first), sheet.x(max(row.end for row in rows))
            fill = ACCENT_LIGHT if funded else PAPER
            stroke = ACCENT if funded else WARM_GREY
            yield svg.element(
                "rect", x=start, y=y + look.row * 0.4, width=max(end - start, 2), height=look.row * 0.2,
                fill=fill, stroke=stroke, stroke_dasharray="3 3",
            )  # fmt: skip
