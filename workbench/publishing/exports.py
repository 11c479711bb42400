"""Export a forum: official forms and the ranking as workbooks or CSV, the outcome as JSON or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from workbench.present.i18n import Translator
from workbench.present.pools import pool_name
from workbench.present.workbook.book import Book, Field, Sheet
from workbench.present.workbook.csv_text import sheet_csv
from workbench.present.workbook.forms import FormList, ranking_list_sheet, td4_sheet, tvic14_sheet
from workbench.present.workbook.ranking_book import ranking_book
from workbench.present.workbook.sipd_form import sipd_sheet
from workbench.present.workbook.village_forms import du_rkp_sheet, rkp_sheet
from workbench.present.workbook.xlsx import xlsx_bytes
from workbench.publishing.forums import Forum
from workbench.store.edited_tables import RULES_FILE
from workbench.store.order_file import orders_bytes, orders_path
from workbench.store.outcome_parquet import parquet_bytes
from workbench.store.session_writing import session_files

FORMS: Mapping[str, Callable[[FormList, str], Sheet]] = MappingProxyType(
    {
        "t-d4": td4_sheet,
        "t-vi-c-14": tvic14_sheet,
        "rkp-desa": rkp_sheet,
        "du-rkp": du_rkp_sheet,
        "sipd": sipd_sheet,
    }
)
RANKING, SESSION = "peringkat", "musyawarah"
CONTENTS = (*FORMS, RANKING, SESSION)
"""What may be exported as tables; the whole session holds the cards, so it must be asked for by name."""
USUAL = (*FORMS, RANKING)
FORMATS = ("xlsx", "csv", "json", "parquet")
OUTCOME = "hasil"
Lists = Mapping[str, FormList]
"""The lists of a forum by pool."""


def export_files(
    forum: Forum, contents: Iterable[str], formats: Iterable[str], t: Translator, *, complete: bool = False
) -> dict[str, bytes]:
    """Return the files of one forum by name.

    Parameters
    ----------
    forum : Forum
    contents : iterable of names of `CONTENTS`
        For the formats of tables; JSON and Parquet hold the outcome whole.
    formats : iterable of names of `FORMATS`
    t : Translator
    complete : bool
        Whether the ranking workbook holds what is withheld because few people scored it: for analysts.

    Raises
    ------
    WorkbenchError
        ``parquet_extra_missing``.
    """
    files: dict[str, bytes] = {}
    lists = _lists(forum, t, complete=complete)
    for form in formats:
        if form == "json":
            files[f"{OUTCOME}-{forum.code}.json"] = forum.content
        elif form == "parquet":
            files[f"{OUTCOME}-{forum.code}.parquet"] = parquet_bytes(forum.content)
        else:
            for content in contents:
                files |= TABLES[form](forum, lists, content, t)
    return files


def _as_xlsx(forum: Forum, lists: Lists, content: str, t: Translator) -> dict[str, bytes]:
    if content == SESSION:
        return _session_workbook(forum)
    books = {pool: _book(one, content, pool, t) for pool, one in lists.items()}
    return {f"{_name(forum, content, pool, books)}.xlsx": xlsx_bytes(book) for pool, book in books.items()}


def _as_csv(forum: Forum, lists: Lists, content: str, _t: Translator) -> dict[str, bytes]:
    if content == SESSION:
        files = _session_files(forum)
        return {f"{SESSION}-{forum.code}/{name}": content for name, content in files.items()}
    make = FORMS.get(content, ranking_list_sheet)
    return {
        f"{_name(forum, content, pool, lists)}.csv": sheet_csv(make(one, content))
        for pool, one in lists.items()
    }


TABLES: Mapping[str, Callable[[Forum, Lists, str, Translator], dict[str, bytes]]] = MappingProxyType(
    {"xlsx": _as_xlsx, "csv": _as_csv}
)


def _lists(forum: Forum, t: Translator, *, complete: bool = False) -> Lists:
    return {
        pool: FormList(one.session, one.outcome, one.decided, t, complete)
        for pool, one in forum.lists.items()
    }


def _book(one: FormList, content: str, pool: str, t: Translator) -> Book:
    if content == RANKING:
        return ranking_book(one)
    name = pool_name(pool, t) if pool else content.upper()
    return Book(
        " ".join((content.upper(), *one.titles("ranking")[1:])),
        (FORMS[content](one, name),),
        one.session.facts.date,
    )


def _name(forum: Forum, content: str, pool: str, lists: Mapping[str, object]) -> str:
    """Return the name of a file; where pools are ranked apart each has its own."""
    if len(lists) == 1:
        return f"{content}-{forum.code}"
    plain = "".join(letter if letter.isalnum() else "-" for letter in pool.lower()) or "tanpa-kelompok"
    return f"{content}-{forum.code}-{plain}"


def _session_workbook(forum: Forum) -> dict[str, bytes]:
    """Return the session as one workbook with its rules beside it: a folder that opens like any other."""
    place = f"{SESSION}-{forum.code}"
    files = _session_files(forum)
    sheets = tuple(_table_sheet(name, content) for name, content in files.items() if name.endswith(".csv"))
    book = Book(f"{SESSION} {forum.code}", sheets, forum.session.facts.date)
    return {f"{place}/{SESSION}.xlsx": xlsx_bytes(book), f"{place}/{RULES_FILE}": files[RULES_FILE]}


def _session_files(forum: Forum) -> dict[str, bytes]:
    """Return the tables of a forum by the names of their files, and what lay in order beside them."""
    files = session_files(forum.session, forum.found.rules, forum.resolution)
    return files if forum.orders is None else {**files, orders_path(Path()).name: orders_bytes(forum.orders)}


def _table_sheet(name: str, content: bytes) -> Sheet:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    fields = tuple(Field(label, min(max(12, len(label) + 2), 40)) for label in head)
    return Sheet(name.removesuffix(".csv"), fields, tuple(tuple(row) for row in rows))
