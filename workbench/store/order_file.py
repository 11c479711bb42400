"""``urutan.csv`` or its sheet: orders of groups or persons, and the list of proposals that they name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain.checks import raise_if_any
from workbench.domain.orders import COLUMNS, Orders, check_orders
from workbench.domain.proposals import Proposals
from workbench.errors import Problem
from workbench.store.folder_tables import raw_beside
from workbench.store.headers import load_headers
from workbench.store.values import ParsedTable
from workbench.store.vote_file import listed_proposals, parsed_ballots, parsed_table
from workbench.store.writing import as_texts, csv_bytes

TABLE = "orders"


@dataclass(frozen=True, eq=False)
class OrdersFile:
    """Orders that were read.

    Attributes
    ----------
    orders : Orders
    proposals : Proposals
        The list of the folder, placed or not.
    notes : tuple of Problem
        What a person should know about the files.
    """

    orders: Orders
    proposals: Proposals
    notes: tuple[Problem, ...]


def orders_path(folder: Path) -> Path:
    """Return where the orders of a folder stand, whether or not they are there."""
    return folder / f"{load_headers().tables[TABLE].file}.csv"


def read_orders(folder: Path, source: Path | None = None) -> OrdersFile:
    """Read the orders of a folder in which only the list of proposals need stand.

    Parameters
    ----------
    folder : Path
    source : Path, optional
        The file of orders; without it ``urutan.csv`` of the folder, or the sheet of that name in a workbook.

    Raises
    ------
    InvalidInput
        Everything that is wrong with the list and the orders, each with file, sheet, row, column, value.
    """
    proposals, notes = listed_proposals(folder)
    raw = None if source else raw_beside(folder, TABLE)
    parsed = parsed_table(raw, TABLE) if raw else parsed_ballots(source or orders_path(folder), TABLE)
    return OrdersFile(_checked(parsed, proposals), proposals, (*notes, *parsed.problems))


def orders_beside(folder: Path, proposals: Proposals) -> Orders | None:
    """Return the orders that lie beside the tables of a folder; None where there are none.

    Raises
    ------
    InvalidInput
        Everything that is wrong with them.
    """
    raw = raw_beside(folder, TABLE)
    return None if raw is None else _checked(parsed_table(raw, TABLE), proposals)


def has_orders(folder: Path) -> bool:
    """Tell whether orders lie beside the tables of a folder."""
    return raw_beside(folder, TABLE) is not None


def _checked(parsed: ParsedTable, proposals: Proposals) -> Orders:
    lacking = any(problem.code == "column_missing" for problem in parsed.problems)
    found = () if lacking else parsed.located(check_orders(parsed.table, proposals.labels))
    raise_if_any([*parsed.problems, *found])
    return Orders.from_table(parsed.table, proposals.labels)


def orders_bytes(orders: Orders) -> bytes:
    """Return orders as the file that `read_orders` reads."""
    return csv_bytes(as_texts(orders.lines, COLUMNS, load_headers(), TABLE))
