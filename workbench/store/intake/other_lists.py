"""Lists that are no proposals: ceilings, catalogues, work plans of agencies."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.domain.budget import COLUMNS as BUDGET_COLUMNS
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.intake import Intake, ListKind, PlaceUse
from workbench.domain.regions import Regions
from workbench.errors import Problem
from workbench.store.headers import load_headers
from workbench.store.intake.cells_read import Ledger, Place, money_unit, read_cells
from workbench.store.intake.layouts import Layout, fields_of
from workbench.store.intake.places import place_rows
from workbench.store.intake.recognition import Match
from workbench.store.intake.shape import Listing
from workbench.store.intake.stacking import Stacked, set_aside, unit_question

AMOUNTS = ("jumlah", "pagu", "harga_satuan")
"""Fields of these lists that are amounts of money."""
NEEDED = {ListKind.BUDGET: "jumlah", ListKind.CATALOGUE: "nama", ListKind.PLAN: "kegiatan"}
"""The field that a line of each kind cannot do without."""


def read_other(
    stack: Stacked,
    pairs: Sequence[tuple[Listing, Match]],
    layout: Layout,
    unit: str,
    regions: Regions,
    inside: str,
    titles: str,
) -> Intake:
    """Read ceilings, a catalogue or a work plan.

    Returns
    -------
    Intake
        `Intake.table` has the fields of the kind; ceilings come as the table ``budget`` of the session.
    """
    if layout.agencies:
        stack = _unpivoted(stack, pairs)
    ledger = Ledger(Place(stack.file, stack.origin["sheet"], stack.origin["row"]))
    questions: list[Problem] = []
    values: dict[str, pd.Series] = {}
    for name in fields_of(layout.kind):
        texts = stack.fields.get(name)
        if texts is None:
            continue
        if name not in AMOUNTS:
            values[name] = texts
            continue
        header = stack.headers.get(name, name)
        stated = money_unit(texts, header, titles, unit or layout.unit)
        if stated:
            values[name] = read_cells(texts, header, Column(name, Kind.RUPIAH), stated, ledger)
        else:
            questions.append(unit_question(stack, header, texts))
    table = pd.DataFrame(values, index=stack.fields.index)
    places, problems = PlaceUse(regions.edition), list[Problem]()
    if layout.kind is ListKind.PLAN and "opd" not in table:
        table["opd"] = stack.origin.get("fact_agency", stack.origin["sheet"])
    if layout.kind is ListKind.BUDGET and not questions:
        table, places, problems = _budget(table, stack, regions, inside)
    aside, kept = _set_aside(table, stack, layout.kind)
    return Intake(
        file=stack.file,
        kind=layout.kind,
        layout=layout.title,
        sheets=(),
        columns=stack.columns,
        table=table[kept],
        origin=stack.origin[kept],
        conversions=ledger.frame(),
        places=places,
        questions=tuple(questions),
        aside=tuple(aside),
        private=stack.private,
        problems=(*ledger.problems, *problems),
    )


def _unpivoted(stack: Stacked, pairs: Sequence[tuple[Listing, Match]]) -> Stacked:
    """Turn a matrix of districts and agencies into one line for each filled cell."""
    fields, origins = [], []
    offset = 0
    for listing, match in pairs:
        size = len(listing.body)
        mine = stack.fields.iloc[offset : offset + size].reset_index(drop=True)
        origin = stack.origin.iloc[offset : offset + size].reset_index(drop=True)
        offset += size
        for agency in match.agencies:
            amounts = listing.body[agency].reset_index(drop=True)
            filled = (amounts != "") & (amounts != "-")
            fields.append(mine[filled].assign(opd=agency, jumlah=amounts[filled]))
            origins.append(origin[filled])
    headers = {**stack.headers, "jumlah": "matriks"}
    table = pd.concat(fields, ignore_index=True)
    return Stacked(
        stack.file, table, pd.DataFrame(index=table.index), headers, pd.concat(origins, ignore_index=True),
        stack.columns, stack.private,
    )  # fmt: skip


def _budget(
    table: pd.DataFrame, stack: Stacked, regions: Regions, inside: str
) -> tuple[pd.DataFrame, PlaceUse, list[Problem]]:
    empty = pd.Series("", index=table.index, dtype="str")
    places = pd.DataFrame(
        {
            "code": table.get("kode_wilayah", empty),
            "district": table.get("kecamatan", empty),
            "village": table.get("desa", empty),
            "sheet": stack.origin["sheet"],
            "row": stack.origin["row"],
            "header_code": stack.headers.get("kode_wilayah", "kode_wilayah"),
            "header_name": stack.headers.get("desa", stack.headers.get("kecamatan", "kecamatan")),
        }
    )
    placed = place_rows(places, regions, inside, stack.file)
    named = {header: name for name, header in load_headers().tables["budget"].fields.items()}
    words = load_headers().choices["kind"]
    meaning = {word.casefold(): kind for kind, options in words.items() for word in options}
    columns = {named[str(name)]: table[name] for name in table if str(name) in named}
    kinds = (
        columns.get("kind", empty).str.strip().str.casefold().map(lambda word: meaning.get(word, "ceiling"))
    )
    columns |= {"region": placed.codes, "kind": kinds.astype("str")}
    return (
        conform(pd.DataFrame(columns, index=table.index), BUDGET_COLUMNS),
        placed.use,
        list(placed.problems),
    )


def _set_aside(table: pd.DataFrame, stack: Stacked, kind: ListKind) -> tuple[list[Problem], pd.Series[bool]]:
    needed = "amount" if kind is ListKind.BUDGET and "amount" in table else NEEDED[kind]
    if needed not in table:
        return [], pd.Series(data=True, index=table.index)
    kept = table[needed].notna() & (table[needed].astype("object") != "")
    return set_aside(stack, kept, "row_without_value", stack.headers.get(NEEDED[kind], NEEDED[kind])), kept
