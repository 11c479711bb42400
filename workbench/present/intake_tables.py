"""The tables of an import report: what became of rows, columns, totals, values and places."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.intake import Intake, ListKind, RowKind, TotalCheck
from workbench.errors import Problem, Severity
from workbench.present.i18n import Translator
from workbench.present.problems import problem_sentence
from workbench.present.table import Table, columns_of, rows_of

SHOWN = 15
"""Lines of a table on the page; the workbook beside it holds all of them."""
HOW_FAMILY = "intake.how"


def rows_table(intake: Intake, t: Translator) -> Table:
    """Return what the rows of every sheet are."""
    kinds = [kind for kind in RowKind if any(kind.value in sheet.rows for sheet in intake.sheets)]
    several = len(intake.sheets) > 1
    shown = intake.sheets if len(intake.sheets) <= SHOWN else intake.sheets[:SHOWN]
    rows = [
        (
            sheet.sheet or intake.file,
            t("intake.header_rows", first=sheet.header_rows[0], last=sheet.header_rows[1])
            if sheet.header_rows[1] > sheet.header_rows[0]
            else str(sheet.header_rows[0]),
            *(t.style.count(sheet.rows.get(kind.value, 0)) for kind in kinds),
        )
        for sheet in shown
    ]
    labels = {kind.value: t(f"intake.row.{kind.value}") for kind in kinds}
    specs = columns_of(t, ("intake_sheet", "left", 0), ("intake_header", "left", 0))
    counts = tuple(
        type(specs[0])(key, _first_word(label, intake, key, t), "right") for key, label in labels.items()
    )
    sums = tuple(
        t.style.count(sum(sheet.rows.get(kind.value, 0) for sheet in intake.sheets)) for kind in kinds
    )
    total = (t("intake.together"), "", *sums) if several else ()
    return Table(t("intake.caption.rows"), (*specs, *counts), rows_of(rows), total=total)


def _first_word(label: str, intake: Intake, key: str, t: Translator) -> str:
    """Name the rows of data after what the list is about."""
    if key != RowKind.DATA.value or intake.kind in (ListKind.PROPOSALS, ListKind.UNKNOWN):
        return label
    return t("intake.row.data")


def columns_table(intake: Intake, t: Translator) -> Table:
    """Return which column of the list became which field, and which are not used."""
    rows = [
        (
            use.header,
            use.field or t("intake.not_used"),
            t(f"{HOW_FAMILY}.{use.how}"),
            t.style.count(use.filled),
        )
        for use in sorted(intake.columns, key=lambda use: not use.field)[:SHOWN]
    ]
    specs = columns_of(
        t,
        ("intake_column", "left", 0),
        ("intake_field", "left", 0),
        ("intake_how", "left", 0),
        ("intake_filled", "right", 0),
    )
    return Table(t("intake.caption.columns"), specs, rows_of(rows), note=_more(len(intake.columns), t))


def _more(count: int, t: Translator) -> str:
    return t("intake.more", count=count - SHOWN) if count > SHOWN else ""


def totals_table(intake: Intake, t: Translator) -> Table:
    """Return the totals of the list beside the sums of their parts, those that differ first."""
    ordered = sorted(intake.totals, key=lambda check: check.agrees)
    rows = [_total_row(check, t) for check in ordered[:SHOWN]]
    specs = columns_of(
        t,
        ("intake_place", "left", 0),
        ("intake_label", "left", 0),
        ("intake_written", "right", 0),
        ("intake_computed", "right", 0),
        ("intake_difference", "right", 0),
    )
    return Table(t("intake.caption.totals"), specs, rows_of(rows), note=_more(len(intake.totals), t))


def _total_row(check: TotalCheck, t: Translator) -> tuple[str, ...]:
    place = (
        t("intake.cell", sheet=check.sheet, row=check.row, column=check.column)
        if check.sheet
        else t("intake.cell_plain", row=check.row, column=check.column)
    )
    difference = check.written - check.computed
    return (
        place,
        check.label,
        _amount(check.written, t),
        _amount(check.computed, t),
        t("intake.agrees") if check.agrees else _amount(difference, t),
    )


def _amount(number: float, t: Translator) -> str:
    return t.style.number(number, 0 if float(number).is_integer() else 2)


def way_said(how: str, t: Translator) -> str:
    """Return in words the way in which a value was read."""
    key = f"{HOW_FAMILY}.{how}"
    return t(key) if t.has(key) else t(f"{HOW_FAMILY}.other")


def certainty_said(confidence: str, t: Translator) -> str:
    """Return in words how certain a reading is."""
    return t(f"intake.confidence.{confidence}")


def conversions_table(intake: Intake, t: Translator) -> Table:
    """Return how values were read: for every way its count, its certainty and its first examples."""
    rows = []
    for (how, confidence), group in intake.conversions.groupby(["how", "confidence"], sort=True):
        first = group.iloc[0]
        rows.append(
            (
                way_said(str(how), t),
                certainty_said(str(confidence), t),
                t.style.count(len(group)),
                str(first["raw"])[:60],
                str(first["value"])[:60] or t("intake.nothing"),
                t("intake.cell_plain", row=int(first["row"]), column=first["column"]),
            )
        )
    specs = columns_of(
        t,
        ("intake_how", "left", 0),
        ("intake_confidence", "left", 0),
        ("intake_count", "right", 0),
        ("intake_raw", "left", 0),
        ("intake_value", "left", 0),
        ("intake_place", "left", 0),
    )
    return Table(t("intake.caption.conversions"), specs, rows_of(rows))


def likeness_table(intake: Intake, t: Translator) -> Table:
    """Return the pairs that may be one proposal, each with the reason."""
    rows = [
        (
            f"{pair.first}: {pair.first_text}",
            f"{pair.second}: {pair.second_text}" + (f" ({pair.other_list})" if pair.other_list else ""),
            t(f"intake.alike.{pair.reason}", share=pair.share / 100),
        )
        for pair in intake.likenesses[:SHOWN]
    ]
    specs = columns_of(
        t, ("intake_first", "left", 0), ("intake_second", "left", 0), ("intake_reason", "left", 0)
    )
    return Table(t("intake.caption.likeness"), specs, rows_of(rows), note=_more(len(intake.likenesses), t))


def problems_table(intake: Intake, problems: Sequence[Problem], caption: str, t: Translator) -> Table:
    """Return problems with sheet and cell; alike ones stand together with their rows."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.sheet, problem.column, problem.value), []).append(problem)
    rows = []
    for alike in list(groups.values())[:SHOWN]:
        first = alike[0]
        numbers = [str(each.row) for each in alike if each.row is not None]
        shown = ", ".join(numbers[:5]) + (
            t("intake.and_rows", count=len(numbers) - 5) if len(numbers) > 5 else ""
        )
        rows.append((first.sheet or intake.file, shown, first.column, problem_sentence(first, t)))
    specs = columns_of(
        t,
        ("intake_sheet", "left", 12),
        ("intake_row", "left", 10),
        ("intake_column", "left", 16),
        ("intake_message", "left", 0),
    )
    return Table(caption, specs, rows_of(rows), note=_more(len(groups), t))


def set_aside_values(intake: Intake) -> tuple[Problem, ...]:
    """Return the problems whose value is not used although the row is."""
    return tuple(each for each in intake.problems if each.severity is not Severity.NOTE)


def remarks(intake: Intake) -> tuple[Problem, ...]:
    """Return what is only worth knowing, totals apart: they have a table of their own."""
    return tuple(
        each for each in intake.problems if each.severity is Severity.NOTE and each.code != "total_differs"
    )
