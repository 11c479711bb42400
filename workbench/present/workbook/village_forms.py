"""Forms of the village's own plan: RKP Desa and DU-RKP Desa, field by field with live sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from workbench.deliberation import Status
from workbench.present.workbook.book import Field, Formula, Sheet, Value, total_formula
from workbench.present.workbook.forms import FormList

FIELDS_OF_VILLAGES = (
    "penyelenggaraan pemerintahan desa",
    "pelaksanaan pembangunan desa",
    "pembangunan desa",
    "pembinaan kemasyarakatan desa",
    "pembinaan masyarakat",
    "pemberdayaan masyarakat desa",
    "pemberdayaan masyarakat",
    "penanggulangan bencana",
)
"""Order of the village budget's fields; others stand behind them by name."""
NOT_AGREED = (Status.NOT_FUNDED, Status.RANKED, Status.NOT_RANKABLE)
Line: TypeAlias = Callable[[int, str], tuple[Value, ...]]
"""From a number and a proposal to its row."""


def rkp_sheet(one: FormList, name: str) -> Sheet:
    """Return the RKP Desa matrix (Permendagri 114/2014) of what is funded, with sums for each field."""
    t = one.t
    fields = (
        Field(t("column.number"), 6, "whole"),
        Field(t("workbook.field"), 26),
        Field(t("workbook.kind_of_activity"), 40),
        Field(t("column.location"), 20),
        Field(t("column.volume"), 14),
        Field(t("workbook.benefit"), 26),
        Field(t("workbook.time"), 14),
        Field(t("workbook.amount"), 18, "rupiah", t("workbook.estimate")),
        Field(t("workbook.source"), 16, "text", t("workbook.estimate")),
        Field(t("workbook.own_work"), 12, "text", t("workbook.pattern")),
        Field(t("workbook.between_villages"), 12, "text", t("workbook.pattern")),
        Field(t("workbook.third_party"), 12, "text", t("workbook.pattern")),
        Field(t("workbook.doer"), 24),
    )

    def line(number: int, label: str) -> tuple[Value, ...]:
        pattern = one.text(label, "pola_pelaksanaan").casefold()
        marks = ("swakelola", "antar desa", "pihak ketiga")
        return (
            number,
            one.text(label, "field"),
            one.text(label, "activity"),
            one.village(label),
            one.volume(label),
            one.text(label, "activity_target"),
            one.text(label, "waktu_pelaksanaan"),
            one.cost(label),
            one.text(label, "funding_source"),
            *("x" if mark in pattern else "" for mark in marks),
            one.text(label, "pelaksana"),
        )

    first = len(one.titles("rkp")) + 5  # titles, blank line, two head rows, the numbers: as `Sheet` counts
    rows, strong = _by_field(one, one.labels(Status.FUNDED), line, 7, first)
    return Sheet(name, fields, tuple(rows), one.titles("rkp"), number_row=True, strong=strong, frozen=3)


def du_rkp_sheet(one: FormList, name: str) -> Sheet:
    """Return the DU-RKP Desa: what the village's own money does not reach and is proposed further up."""
    t = one.t
    fields = (
        Field(t("column.number"), 6, "whole"),
        Field(t("workbook.field"), 26),
        Field(t("workbook.kind_of_activity"), 44),
        Field(t("column.location"), 20),
        Field(t("column.volume"), 14),
        Field(t("workbook.time"), 16),
        Field(t("workbook.amount"), 18, "rupiah"),
        Field(t("workbook.source"), 20),
    )

    def line(number: int, label: str) -> tuple[Value, ...]:
        return (
            number,
            one.text(label, "field"),
            one.text(label, "activity"),
            one.village(label),
            one.volume(label),
            one.text(label, "waktu_pelaksanaan"),
            one.cost(label),
            one.text(label, "funding_source"),
        )

    rows, strong = _by_field(one, one.labels(*NOT_AGREED), line, 6, len(one.titles("du_rkp")) + 4)
    return Sheet(name, fields, tuple(rows), one.titles("du_rkp"), number_row=True, strong=strong, frozen=3)


def _by_field(
    one: FormList, labels: Sequence[str], line: Line, amount_at: int, first: int
) -> tuple[list[tuple[Value, ...]], frozenset[int]]:
    """Return the lines of a form field by field, each field with its sum, and the sum of sums below."""
    rows: list[tuple[Value, ...]] = []
    strong: list[int] = []
    sums: list[int] = []
    for name, members in _fields_in_order(one, labels):
        start = len(rows)
        rows += [line(number, label) for number, label in enumerate(members, start=1)]
        cells = range(first + start, first + len(rows))
        amount = sum(one.cost(label) or 0 for label in members)
        width = len(rows[-1])
        title = one.t("workbook.field_total", field=name)
        rows.append(_sum_row(width, title, amount_at, total_formula(amount_at, cells, amount)))
        strong.append(len(rows) - 1)
        sums.append(amount)
    if rows:
        letters = chr(65 + amount_at)
        added = "+".join(f"{letters}{first + place}" for place in strong)
        width = len(rows[-1])
        rows.append(
            _sum_row(width, one.t("workbook.grand_total"), amount_at, Formula(f"={added}", sum(sums)))
        )
        strong.append(len(rows) - 1)
    return rows, frozenset(strong)


def _sum_row(width: int, title: str, amount_at: int, amount: Formula) -> tuple[Value, ...]:
    row: list[Value] = [None] * width
    row[2], row[amount_at] = title, amount
    return tuple(row)


def _fields_in_order(one: FormList, labels: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    members: dict[str, list[str]] = {}
    for label in labels:
        members.setdefault(one.text(label, "field") or one.t("minutes.no_group"), []).append(label)

    def order(name: str) -> tuple[int, str]:
        known = [at for at, field in enumerate(FIELDS_OF_VILLAGES) if field in name.casefold()]
        return (known[0] if known else len(FIELDS_OF_VILLAGES), name)

    for name in sorted(members, key=order):
        yield name, members[name]
