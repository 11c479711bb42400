"""``pagu_opd.csv``: a matrix of districts by agencies as lines of the budget; totals are checked, not read.

One column for each agency under its name. A column or a line of totals would be money twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from workbench.domain.budget import LineKind
from workbench.domain.checks import problem_at
from workbench.domain.condition_checks import strange_agencies
from workbench.domain.conditions import plain
from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level, ancestor
from workbench.errors import Problem, Severity
from workbench.store.numbers import read_rupiah
from workbench.store.session_tables import Reading
from workbench.store.values import ParsedTable
from workbench.store.words import plain_word

MATRIX = "ceiling_matrix"
TOTALS = ("jumlah", "total", "jumlah total", "total jumlah", "jumlah pagu", "total pagu", "grand total")
NUMBERS = ("no", "nomor", "no urut", "nomor urut")
"""Headers of a column that numbers the rows."""

Amounts = dict[str, dict[int, int]]


def matrix_lines(reading: Reading, proposals: Proposals | None = None) -> pd.DataFrame:
    """Return a matrix of districts by agencies as lines of the budget: one ceiling for each filled cell.

    Its problems are kept in `reading`: cells that are no amount, a district named twice, totals that are not
    the sum of what they stand beside, and notes for an agency that no proposal names and for one that has
    proposals and no amount where they lie.
    """
    if MATRIX not in reading.parsed or reading.lacks_column(MATRIX):
        return pd.DataFrame()
    parsed = reading.parsed[MATRIX]
    amounts, problems = _amounts(parsed)
    codes = parsed.table["region"]
    whole = _lines_of_totals(parsed)
    districts = [int(row) for row in codes.index if row not in whole]
    agencies = [name for name in amounts if plain_word(name) not in TOTALS]
    problems += _repeated(codes.loc[districts])
    problems += _wrong_totals(amounts, agencies, districts, whole)
    if proposals is not None:
        header = [parsed.raw.header_row] * len(agencies)
        named = pd.DataFrame({"agency": agencies}, index=header, dtype="str")
        problems += [replace(note, column=note.value) for note in strange_agencies(named, proposals)]
        rows = {str(codes[row]): row for row in districts}
        problems += _open_agencies(amounts, rows, parsed.raw.header_row, proposals)
    reading.add(MATRIX, problems)
    lines = [
        (codes[row], agency, LineKind.CEILING.value, amounts[agency][row])
        for agency in agencies
        for row in districts
        if row in amounts[agency]
    ]
    return pd.DataFrame(lines, columns=["region", "agency", "kind", "amount"]).astype({"amount": "Int64"})


def _amounts(parsed: ParsedTable) -> tuple[Amounts, list[Problem]]:
    """Return what the cells say in rupiah, by header and row, and the cells that say nothing readable."""
    taken = set(parsed.headers.values())
    amounts: Amounts = {}
    problems = []
    for name in map(str, parsed.raw.body.columns):
        if name in taken or plain_word(name) in NUMBERS:
            continue
        amounts[name] = {}
        for row, cell in parsed.raw.body[name].items():
            text = str(cell).strip()
            found = read_rupiah(text) if text else None
            if found is not None and found.value is None:
                problems.append(problem_at(row, found.code, name, text, found.severity, **found.facts))
            elif found is not None:
                amounts[name][int(str(row))] = int(str(found.value))
    return amounts, problems


def _lines_of_totals(parsed: ParsedTable) -> tuple[int, ...]:
    """Return the rows without a code whose name says that they are totals."""
    table = parsed.table
    said = table["name"].map(plain_word).isin(TOTALS) & (table["region"] == "")
    return tuple(int(row) for row in table.index[said])


def _repeated(codes: pd.Series) -> Iterator[Problem]:
    for row in codes.index[codes.duplicated()]:
        first = int(codes.index[codes == codes[row]][0])
        yield problem_at(row, "duplicate_id", "region", codes[row], first_row=first)


def _open_agencies(
    amounts: Amounts, rows: Mapping[str, int], header_row: int, proposals: Proposals
) -> Iterator[Problem]:
    """Note the agencies whose proposals no cell of the matrix limits: only the whole ceiling binds them."""
    limits = {
        (plain(agency), district): row in filled
        for agency, filled in amounts.items()
        for district, row in rows.items()
    }
    columns = set(map(plain, amounts))
    frame = proposals.frame[proposals.frame["agency"] != ""]
    districts = frame["region"].map(lambda code: ancestor(code, Level.DISTRICT))
    for name, held in districts.groupby(frame["agency"].map(plain)):
        unlimited = held[[not limits.get((str(name), district), False) for district in held]]
        if unlimited.empty:
            continue
        agency = str(frame.loc[unlimited.index[0], "agency"])
        cells = [rows[district] for district in unlimited if district in rows] if str(name) in columns else []
        row = cells[0] if cells else header_row
        facts = {"proposals": len(unlimited), "districts": unlimited.nunique()}
        yield problem_at(row, "agency_without_ceiling", agency, "", Severity.NOTE, **facts)


def _wrong_totals(
    amounts: Amounts, agencies: list[str], districts: list[int], whole: tuple[int, ...]
) -> Iterator[Problem]:
    """Name the totals that are not the sum of the cells they stand beside or below."""
    summed = {
        (row, name): sum(amounts[agency].get(row, 0) for agency in agencies)
        for name in amounts
        if name not in agencies
        for row in districts
    }
    for row in whole:
        for name in amounts:
            columns = [name] if name in agencies else agencies
            summed[row, name] = sum(
                amounts[one].get(district, 0) for one in columns for district in districts
            )
    for (row, name), amount in summed.items():
        stated = amounts[name].get(row)
        if stated is not None and stated != amount:
            yield problem_at(row, "matrix_total_differs", name, str(stated), sum=amount)
