"""How fields are called in files: headers, aliases and words, read from ``headers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class TableHeaders:
    """One table of the session folder: its file name without ending, and its header by English field."""

    file: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Headers:
    """Everything that ``headers.toml`` says.

    Attributes
    ----------
    tables : mapping of table name to TableHeaders
    aliases : mapping of header to other spellings
    choices : mapping of field to mapping of choice to words, the first of which is written
    rule_keys : mapping of the name of a choice in `Rules` to its key in ``aturan.toml``
    rule_words : mapping of the name of a choice to mapping of value to word
    facts : mapping of the name of a fact to its word in ``sesi.csv``
    """

    tables: Mapping[str, TableHeaders]
    aliases: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]
    rule_keys: Mapping[str, str]
    rule_words: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, str]


@cache
def load_headers() -> Headers:
    """Return the shipped headers.

    Examples
    --------
    >>> load_headers().tables["proposals"].fields["cost"]
    'prakiraan_biaya'
    """
    given = tomllib.loads(
        resources.files("workbench.store").joinpath("headers.toml").read_text(encoding="utf-8")
    )
    return Headers(
        tables={
            name: TableHeaders(table["file"], table["fields"]) for name, table in given["tables"].items()
        },
        aliases={header: tuple(others) for header, others in given["aliases"].items()},
        choices={
            field: {choice: tuple(words) for choice, words in choices.items()}
            for field, choices in given["choices"].items()
        },
        rule_keys=given["rules"]["keys"],
        rule_words=given["rules"]["words"],
        facts=given["facts"],
    )
