"""A stacked list as proposals: values, places, codes; rows without use are set aside with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.columns import Kind, conform
from workbench.domain.intake import Confidence, PlaceUse
from workbench.domain.proposals import PROPOSED_ON
from workbench.domain.regions import Regions
from workbench.errors import Problem, Severity
from workbench.store.headers import load_headers
from workbench.store.intake.cells_read import Ledger, Place, money_unit, read_cells
from workbench.store.intake.conversions import Value, day_reader, read_amount, read_coefficient
from workbench.store.intake.layouts import Layout
from workbench.store.intake.places import place_rows
from workbench.store.intake.row_context import places_of, with_context
from workbench.store.intake.stacking import Stacked, at_origin, set_aside, unit_question

VOLUME_LIMIT = 1_000_000
"""The largest plausible volume; rupiah typed as volume is larger."""
AMOUNT = re.compile(r"(?:rp\.?\s*)?[0-9][0-9.,]*(?:\s*(?:jt|juta|rb|ribu|m|miliar|milyar)\b)?", re.IGNORECASE)
RUPIAH_AMOUNT = re.compile(r"rp\.?\s*[0-9][0-9.,]*(?:\s*(?:jt|juta|rb|ribu|miliar|milyar)\b)?", re.IGNORECASE)


@dataclass(frozen=True)
class ReadProposals:
    """Proposals of a list, and everything found on the way.

    Attributes
    ----------
    table : DataFrame
        Conformed to the columns of the domain, further columns behind them; index: running number.
    """

    table: pd.DataFrame
    ledger: Ledger
    places: PlaceUse
    aside: tuple[Problem, ...]
    questions: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def read_proposals(
    stack: Stacked, layout: Layout, regions: Regions, inside: str, unit: str, titles: str
) -> ReadProposals:
    """Read the matched columns of a list as proposals.

    Parameters
    ----------
    stack : Stacked
    layout : Layout
    regions : Regions
    inside : str
        Code of the region that names of places are looked for in; empty: not known.
    unit : str
        Unit of money as a person told it; empty: as headers and titles state.
    titles : str
        What stands above the headers.
    """
    ledger = Ledger(Place(stack.file, stack.origin["sheet"], stack.origin["row"]))
    texts = with_context(stack, layout, ledger)
    named = {header: name for name, header in load_headers().tables["proposals"].fields.items()}
    kinds = {column.name: column for column in domain.COLUMNS}
    questions: list[Problem] = []
    values: dict[str, pd.Series] = {}
    for header in texts:
        name = named.get(str(header), "")
        if not name or name == "region":
            continue
        shown = stack.headers.get(str(header), str(header))
        column_unit = "rupiah"
        if kinds[name].kind is Kind.RUPIAH:
            column_unit = money_unit(texts[header], shown, titles, unit or layout.unit)
            if not column_unit:
                questions.append(unit_question(stack, shown, texts[header]))
                continue
        values[name] = read_cells(texts[header], shown, kinds[name], column_unit, ledger)
    table = pd.DataFrame(values, index=stack.fields.index)
    if "cost" not in table and "prakiraan_biaya" in layout.from_text:
        table["cost"] = _cost_from_text(stack, layout.from_text["prakiraan_biaya"], ledger)
    table, extra = _with_coefficient(table, texts, stack, ledger)
    table, negative = _without_negatives(table, texts, stack)
    placed = place_rows(places_of(texts, stack, layout), regions, inside, stack.file)
    table = conform(table.assign(region=placed.codes), domain.COLUMNS)
    table, code_notes = _with_codes(table, stack)
    kept = table["activity"] != ""
    aside = set_aside(stack, kept, "row_without_activity", stack.headers.get("kegiatan", "kegiatan"))
    reserved = {*kinds, *named}
    further = pd.concat([_with_days(stack, ledger), extra], axis="columns")
    further = further[[name for name in further if str(name) not in reserved]]
    problems = [*ledger.problems, *negative, *placed.problems, *code_notes, *_odd_volumes(table[kept], stack)]
    return ReadProposals(
        pd.concat([table, further], axis="columns")[kept],
        ledger,
        placed.use,
        tuple(aside),
        tuple(questions),
        tuple(problems),
    )


def _without_negatives(
    table: pd.DataFrame, texts: pd.DataFrame, stack: Stacked
) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out amounts and counts below zero, each by its cell: the proposal stays without them."""
    headers = load_headers().tables["proposals"].fields
    problems = []
    for column in domain.COLUMNS:
        if column.kind not in (Kind.RUPIAH, Kind.COUNT) or column.name not in table:
            continue
        below = (pd.to_numeric(table[column.name]) < 0).fillna(value=False).astype(bool)
        header = headers[column.name]
        for label in table.index[below]:
            written = str(texts[header][label]) if header in texts else str(table[column.name][label])
            shown = stack.headers.get(header, header)
            problems.append(at_origin(stack, label, "negative_value", Severity.SET_ASIDE, shown, written))
        table = table.assign(**{column.name: table[column.name].mask(below)})
    return table, problems


def _with_days(stack: Stacked, ledger: Ledger) -> pd.DataFrame:
    """Return the further columns with days as year-month-day; one that cannot be read is empty and named."""
    if PROPOSED_ON not in stack.extra:
        return stack.extra
    texts = stack.extra[PROPOSED_ON]
    given = [text for text in texts.unique() if text]
    read = day_reader(given)
    values = {text: read(text) for text in given}
    ledger.note_values(texts, stack.headers.get(PROPOSED_ON, PROPOSED_ON), values)
    days = {text: str(value.value or "") for text, value in values.items()}
    return stack.extra.assign(**{PROPOSED_ON: texts.map(lambda text: days.get(text, "")).astype("str")})


def _cost_from_text(stack: Stacked, sources: tuple[str, ...], ledger: Ledger) -> pd.Series:
    """Read the amount that a recommendation names: its fourth part after a colon, or its one amount in Rp."""
    cost = pd.Series(pd.NA, index=stack.fields.index, dtype="Int64")
    known = {
        **{name: stack.extra[name] for name in stack.extra},
        **{name: stack.fields[name] for name in stack.fields},
    }
    by_header = {header.casefold(): name for name, header in stack.headers.items()}
    for source in sources:
        name = next((name for header, name in by_header.items() if header.startswith(source.casefold())), "")
        if name not in known:
            continue
        open_rows = cost.isna() & (known[name] != "")
        texts = known[name][open_rows]
        values = {text: amount_in_text(text) for text in texts.unique()}
        told = {text: value for text, value in values.items() if value.how != "no_amount"}
        ledger.note_values(texts[texts.isin(set(told))], stack.headers[name], told)
        numbers = texts.map(lambda text, values=values: values[text].value)
        cost[open_rows] = pd.array(numbers.tolist(), dtype="Int64")
    return cost


def amount_in_text(text: str) -> Value:
    """Return the amount that a sentence of recommendation names.

    Examples
    --------
    >>> amount_in_text("Diterima : 1 Paket : Dinas PU : 150.000.000").value
    150000000
    >>> amount_in_text("Setuju, anggaran Rp. 75 juta").value, amount_in_text("Setuju").how
    (75000000, 'no_amount')
    """
    parts = text.split(":")
    if len(parts) >= 4 and (match := AMOUNT.search(parts[3])):
        written = [match[0]]
    else:
        written = list(dict.fromkeys(found.strip(" .,") for found in RUPIAH_AMOUNT.findall(text)))
    if not written:
        return Value(None, "no_amount", Confidence.CERTAIN)
    if len(written) > 1:
        return Value(None, "several_amounts", Confidence.ASKED, {"amounts": tuple(written)})
    value = read_amount(written[0].strip(" .,"))
    if value.value is None:
        return value
    return Value(value.value, "cost_from_text", Confidence.LIKELY)


def _with_coefficient(
    table: pd.DataFrame, texts: pd.DataFrame, stack: Stacked, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill volume and unit from a coefficient such as "1 Unit x 3 Titik" where the list has no volume."""
    if "koefisien" not in texts:
        return table, pd.DataFrame(index=table.index)
    given = texts["koefisien"]
    found = {text: read_coefficient(text) for text in given.unique() if text}
    values = {
        text: Value(_plain(each.quantity) + f" {each.unit}".rstrip(), "coefficient", Confidence.CERTAIN)
        if each
        else Value(None, "coefficient_unreadable", Confidence.ASKED)
        for text, each in found.items()
    }
    ledger.note_values(given, stack.headers.get("koefisien", "koefisien"), values)
    empty = pd.Series("", index=table.index, dtype="str")
    volume, unit = table.get("volume", empty), table.get("unit", empty)
    quantity = given.map(lambda text: _plain(each.quantity) if (each := found.get(text)) else text)
    units = given.map(lambda text: each.unit if (each := found.get(text)) else "")
    without = volume == ""
    table = table.assign(
        volume=volume.where(~without, quantity).astype("str"),
        unit=unit.where(~(without & (unit == "")), units).astype("str"),
    )
    return table, pd.DataFrame({"koefisien": given})


def _plain(number: object) -> str:
    return f"{float(number):.15g}".replace(".", ",")  # type: ignore[arg-type]


def _with_codes(table: pd.DataFrame, stack: Stacked) -> tuple[pd.DataFrame, list[Problem]]:
    """Give each proposal a code of its own: as written, else from its sheet and row."""
    codes = table["proposal"]
    sheets = {sheet: number for number, sheet in enumerate(stack.origin["sheet"].unique(), start=1)}
    several = len(sheets) > 1
    made = [
        f"L{sheets[sheet]}-B{row}" if several else f"B{row}"
        for sheet, row in zip(stack.origin["sheet"], stack.origin["row"], strict=True)
    ]
    without = codes == ""
    notes = []
    if without.any():
        facts = {"count": int(without.sum()), "example": made[int(without.to_numpy().argmax())]}
        notes.append(Problem("codes_made", Severity.NOTE, file=stack.file, facts=facts))
    codes = codes.where(~without, pd.Series(made, index=codes.index, dtype="str"))
    times = codes.groupby(codes).cumcount()
    for label in codes.index[times > 0]:
        code = codes[label]
        facts = {"kept_as": f"{code}-{times[label] + 1}"}
        header = stack.headers.get("kode_usulan", "kode_usulan")
        notes.append(at_origin(stack, label, "code_repeated", Severity.NOTE, header, code, **facts))
    numbered = codes + "-" + (times + 1).astype("str")
    return table.assign(proposal=codes.where(times == 0, numbered).astype("str")), notes


def _odd_volumes(table: pd.DataFrame, stack: Stacked) -> list[Problem]:
    numbers = pd.to_numeric(table["volume"].str.replace(",", ".", regex=False), errors="coerce")
    odd = {"volume_negative": numbers < 0, "volume_absurd": numbers > VOLUME_LIMIT}
    header = stack.headers.get("volume", "volume")
    return [
        at_origin(
            stack, label, code, Severity.NOTE, header, table["volume"][label], unit=table["unit"][label]
        )
        for code, rows in odd.items()
        for label in table.index[rows]
    ]
