"""Which header of a file is which field: by name whatever its case and blanks, by known other spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from workbench.domain.columns import Column
from workbench.errors import Problem, Severity
from workbench.store.grids import RawTable
from workbench.store.words import CLOSE_ENOUGH

SEPARATORS = re.compile(r"(?:[^\w+%]|_)+")


@dataclass(frozen=True)
class Matching:
    """Where each field and each further column stands in the raw table.

    Attributes
    ----------
    fields : mapping of field name to position
    extras : mapping of name to position
        Columns that no field claims, under their normalised header.
    problems : tuple of Problem
    """

    fields: Mapping[str, int]
    extras: Mapping[str, int]
    problems: tuple[Problem, ...]


def normalise(header: str) -> str:
    """Return a header without case, blanks, punctuation and marks, as one word with underscores.

    Examples
    --------
    >>> normalise(" Prakiraan  Biaya (Rp)"), normalise("Desa/Kelurahan"), normalise("No. Kartu")
    ('prakiraan_biaya_rp', 'desa_kelurahan', 'no_kartu')
    """
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "").replace("\u200b", "")
    return SEPARATORS.sub("_", text.casefold()).strip("_")


def match_headers(
    raw: RawTable,
    columns: Sequence[Column],
    headers: Mapping[str, str],
    aliases: Mapping[str, Sequence[str]],
) -> Matching:
    """Return which column of the file is which field.

    A field's own header goes before another spelling of it; two headers of equal right are a problem.

    Parameters
    ----------
    raw : RawTable
        The table as it stands in the file.
    columns : sequence of Column
        The fields asked for.
    headers : mapping of field name to header
        A field without header cannot be matched.
    aliases : mapping of header to other spellings
    """
    written = [normalise(text) for text in raw.header]
    wanted = [column for column in columns if column.name in headers]
    own = {normalise(headers[column.name]) for column in wanted}
    fields: dict[str, int] = {}
    problems: list[Problem] = []
    for column in wanted:
        header = headers[column.name]
        spellings = {normalise(text) for text in aliases.get(header, ())} - own
        found = _positions(written, {normalise(header)}) or _positions(written, spellings)
        if found:
            fields[column.name] = found[0]
        if len(found) > 1:
            problems.append(_two_headers(raw, header, found))
    missing = [column for column in wanted if column.name not in fields]
    taken = {position for column in wanted for position in _claimed(fields, column)}
    spare = [position for position in range(len(written)) if position not in taken]
    left = [raw.header[position] for position in spare]
    problems += [missing_header(raw, headers[column.name], left) for column in missing if column.required]
    reserved = {column.name for column in columns}
    extras = _extra_names(written, spare, reserved)
    open_headers = [headers[column.name] for column in missing]
    problems += [
        _unknown(raw, position, name, open_headers) for name, position in extras.items() if written[position]
    ]
    return Matching(fields, extras, tuple(problems))


def _positions(written: Sequence[str], spellings: Iterable[str]) -> list[int]:
    wanted = set(spellings)
    return [position for position, text in enumerate(written) if text in wanted]


def _claimed(fields: Mapping[str, int], column: Column) -> Iterable[int]:
    return (fields[column.name],) if column.name in fields else ()


def _extra_names(written: Sequence[str], spare: Iterable[int], reserved: set[str]) -> dict[str, int]:
    """Name further columns so that none takes the place of a field or of another."""
    names: dict[str, int] = {}
    for position in spare:
        base = written[position] or "kolom"
        name, number = base, 1
        while name in names or name in reserved:
            number += 1
            name = f"{base}_{number}"
        names[name] = position
    return names


def _two_headers(raw: RawTable, header: str, found: Sequence[int]) -> Problem:
    both = tuple(raw.header[position] for position in found)
    return Problem(
        "field_matched_twice",
        file=raw.file,
        sheet=raw.sheet,
        row=raw.header_row,
        column=header,
        value=" / ".join(both),
        facts={"headers": both},
    )


def missing_header(raw: RawTable, header: str, candidates: Sequence[str]) -> Problem:
    """Return the problem of a header that a table lacks, with the candidate that it may be, misspelt."""
    found = _closest(header, candidates)
    facts = {"suggestion": found} if found else {}
    return Problem(
        "column_missing", file=raw.file, sheet=raw.sheet, row=raw.header_row, column=header, facts=facts
    )


def _unknown(raw: RawTable, position: int, name: str, open_headers: Sequence[str]) -> Problem:
    found = _closest(raw.header[position], open_headers)
    facts = {"kept_as": name} | ({"suggestion": found} if found else {})
    header = raw.header[position]
    return Problem(
        "column_unknown", Severity.NOTE, raw.file, raw.sheet, raw.header_row, header, header, facts
    )


def _closest(header: str, candidates: Sequence[str]) -> str:
    found = process.extractOne(
        header, candidates, processor=normalise, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH
    )
    return str(found[0]) if found else ""
