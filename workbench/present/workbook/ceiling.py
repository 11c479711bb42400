"""The list in rank order against the ceiling, as live cells: costs, running total, who is funded."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.present.workbook.book import Field, Formula, Sheet, Value, letter, span
from workbench.present.workbook.ranking import FIRST, Frame, room_cell
from workbench.present.workbook.scores import Columns
from workbench.prioritisation import Standing

PLACE, AT, CODE, ACTIVITY, VILLAGE, RANK, SCORE, COST, LEFT, CLOSED, ASKED, FITTING, FUNDED, SPENT = range(14)
"""The columns of the sheet in their order; standing and what is left come behind them."""


def ceiling_sheet(frame: Frame) -> Sheet:
    """Return the list in rank order; it sorts and funds anew when a weight, a value or the money changes."""
    t, money = frame.t, frame.outcome.room is not None
    walk = _walk(frame) if money else {}
    rows = [tuple(_row(frame, at, label, walk)) for at, label in enumerate(frame.labels)]
    helping = t("workbook.helping")
    fields = (
        Field(t("workbook.place"), 8, "whole"),
        Field(t("workbook.row"), 7, "whole", helping),
        Field(t("column.proposal_code"), 12),
        Field(t("column.activity"), 44),
        Field(t("column.location"), 18),
        Field(t("column.rank"), 10, "whole"),
        Field(t("column.score"), 10, "number"),
        Field(t("column.cost"), 18, "rupiah"),
        *(
            (
                Field(t("workbook.left_before"), 18, "rupiah", helping),
                Field(t("workbook.closed"), 9, "whole", helping),
                Field(t("workbook.group_asks"), 18, "rupiah", helping),
                Field(t("workbook.group_fits"), 18, "rupiah", helping),
                Field(t("workbook.funded"), 9, "whole", helping),
                Field(t("workbook.running_total"), 18, "rupiah"),
                Field(t("workbook.left_after"), 18, "rupiah"),
            )
            if money
            else ()
        ),
        Field(t("column.standing"), 22),
    )
    titles = (t("workbook.ceiling.title"),)
    notes = (t("workbook.ceiling.note"), t("word.caveat"))
    return Sheet(frame.sheet("ranking"), fields, tuple(rows), titles, notes=notes, frozen=4)


@dataclass(frozen=True)
class _Step:
    """What the walk down the list knows at one proposal."""

    left: int
    closed: int
    asked: int
    fitting: int
    funded: int
    spent: int


def _walk(frame: Frame) -> dict[str, _Step]:
    """Return what the sheet computes for every ranked proposal, for readers that do not calculate."""
    outcome = frame.outcome
    room, spent, closed, steps = max(outcome.room or 0, 0), 0, 0, {}
    ranked = outcome.table[outcome.table["rank"].notna()]
    for _, members in ranked.groupby("rank", sort=True):
        left = room - spent
        costs = {str(label): outcome.cost_of(str(label)) for label in members.index}
        asked = sum(cost or 0 for cost in costs.values())
        fitting = sum(cost or 0 for cost in costs.values() if (cost or 0) <= left)
        for label, cost in costs.items():
            funded = int(outcome.table["standing"][label] == Standing.FUNDED)
            spent += (cost or 0) if funded else 0
            steps[label] = _Step(left, closed, asked, fitting, funded, spent)
        over = asked if outcome.rules.budget_rule == "rank_stop" else fitting
        closed = int(bool(closed) or over > left)
    return steps


def _row(frame: Frame, at: int, label: str, walk: dict[str, _Step]) -> list[Value]:
    row, columns = FIRST + at, Columns.of(frame)
    outcome = frame.outcome
    ranked = outcome.ranking_of(label) is not None
    line = outcome.table
    cells: list[Value] = [at + 1, Formula(_found(frame, columns, row), at + 1 if ranked else "")]
    activity = frame.session.proposals.frame["activity"]
    score, cost = line["score"][label], outcome.cost_of(label)
    told: list[tuple[str, str, int, str | int | float | None]] = [
        ("values", "text", 0, label),
        ("values", "text", 1, str(activity[label])),
        ("values", "text", 2, str(frame.villages[label])),
        ("scores", "whole", columns.rank, outcome.ranking_of(label)),
        ("scores", "number", columns.score, None if pd.isna(score) else float(score)),
        ("values", "rupiah", 3, cost),
    ]
    for sheet, kind, place, value in told:
        shown = value if ranked and value is not None else ""
        cells.append(Formula(_looked_up(frame, sheet, place, row, kind), shown))
    if outcome.room is not None:
        cells += _money(frame, row, walk.get(label))
    return [*cells, Formula(_standing(frame, row), _standing_word(frame, label) if ranked else "")]


def _found(frame: Frame, columns: Columns, row: int) -> str:
    places = frame.far("scores", span(columns.place, FIRST, frame.last))
    return f'=IFERROR(MATCH(A{row},{places},0),"")'


def _looked_up(frame: Frame, sheet: str, place: int, row: int, kind: str) -> str:
    cell = f"INDEX({frame.far(sheet, span(place, FIRST, frame.last))},B{row})"
    if kind == "text":
        return f'=IF(B{row}="","",{cell})'
    return f'=IF(B{row}="","",IF(ISNUMBER({cell}),{cell},""))'


def _money(frame: Frame, row: int, step: _Step | None) -> list[Value]:
    """Return the cells of the walk: a group of one rank is judged together, as the rule says."""
    rank, cost, left, closed, asked, fitting, funded, spent = (
        f"{letter(place)}{row}" for place in (RANK, COST, LEFT, CLOSED, ASKED, FITTING, FUNDED, SPENT)
    )
    ranks, costs = span(RANK, FIRST, frame.last), span(COST, FIRST, frame.last)
    room = f"MAX({room_cell(frame)},0)"
    stop = frame.outcome.rules.budget_rule == "rank_stop"
    before = row - 1
    first = row == FIRST
    same = f"{letter(RANK)}{before}={rank}"
    over = f"{letter(ASKED if stop else FITTING)}{before}>{letter(LEFT)}{before}"
    at_start = room if first else f"IF({same},{letter(LEFT)}{before},{room}-N({letter(SPENT)}{before}))"
    was = f"OR({letter(CLOSED)}{before}=1,{over})"
    shut = "0" if first else f"IF({same},{letter(CLOSED)}{before},IF({was},1,0))"
    fits = f"{asked}<={left}" if stop else f"AND({cost}<={left},{fitting}<={left})"
    formulas = (
        at_start,
        shut,
        f"SUMIFS({costs},{ranks},{rank})",
        f'SUMIFS({costs},{ranks},{rank},{costs},"<="&{left})',
        f'IF({cost}="","",IF({cost}=0,1,IF({closed}=1,0,IF({fits},1,0))))',
        ("0" if first else f"N({letter(SPENT)}{before})") + f"+IF({funded}=1,{cost},0)",
        f"{room}-{spent}",
    )
    known: tuple[Value, ...] = ("",) * len(formulas)
    if step is not None:
        paid = "" if frame.outcome.cost_of(frame.labels[row - FIRST]) is None else step.funded
        after = max(frame.outcome.room or 0, 0) - step.spent
        known = (step.left, step.closed, step.asked, step.fitting, paid, step.spent, after)
    return [
        Formula(f'=IF(B{row}="","",{formula})', value)  # type: ignore[arg-type]
        for formula, value in zip(formulas, known, strict=True)
    ]


def _standing(frame: Frame, row: int) -> str:
    t = frame.t
    if frame.outcome.room is None:
        return f'=IF(B{row}="","","{t("standing.ranked")}")'
    cost, funded = f"{letter(COST)}{row}", f"{letter(FUNDED)}{row}"
    words = t("standing.unpriced"), t("standing.funded"), t("standing.over_the_line")
    return f'=IF(B{row}="","",IF({cost}="","{words[0]}",IF({funded}=1,"{words[1]}","{words[2]}")))'


def _standing_word(frame: Frame, label: str) -> str:
    return frame.t(f"standing.{frame.outcome.table['standing'][label]}")
