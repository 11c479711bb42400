from __future__ import annotations

from workbench.domain.participants import IDENTITY_COLUMNS
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.session_tables import TABLES

HEADERS = load_headers()
UNWRITTEN = {"weight_text"}


def test_every_column_of_every_table_has_a_header_of_its_own():
    for name, columns in {**TABLES, "identities": IDENTITY_COLUMNS}.items():
        fields = HEADERS.tables[name].fields
        assert {column.name for column in columns} - UNWRITTEN == set(fields), name
        assert len({normalise(header) for header in fields.values()}) == len(fields), name
    assert len({table.file for table in HEADERS.tables.values()}) == len(HEADERS.tables)


def test_every_choice_has_words_and_no_word_means_two():
    for columns in TABLES.values():
        for column in columns:
            if column.choices:
                words = HEADERS.choices[column.name]
                assert set(words) == set(column.choices), column.name
                spellings = [word.casefold() for choice in words.values() for word in choice]
                assert len(set(spellings)) == len(spellings), column.name


def test_no_other_spelling_leads_to_two_fields_of_one_table():
    for name, table in HEADERS.tables.items():
        met: dict[str, str] = {}
        for header in table.fields.values():
            for alias in {normalise(each) for each in HEADERS.aliases.get(header, ())}:
                assert met.setdefault(alias, header) == header, (name, alias)


def test_headers_are_read_once_and_shared():
    assert load_headers() is HEADERS
