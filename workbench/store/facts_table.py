"""``sesi.csv``: the facts of the forum in two columns; a list takes one line for each entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.domain.facts import LISTS, NUMBERS, WORDS, Facts
from workbench.errors import InvalidInput, Problem
from workbench.store.headers import load_headers


def facts_from_table(table: pd.DataFrame, file: str) -> Facts:
    """Return the facts of a table.

    Parameters
    ----------
    table : DataFrame
        Columns fact and value (text); the index is the row number a person sees.
    file : str
        File name for messages.

    Raises
    ------
    InvalidInput
        Names every unknown, repeated or unreadable fact, all at once.
    """
    names = {word: name for name, word in load_headers().facts.items()}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for row, word, text in zip(
        table.index, table["fact"].str.strip(), table["value"].str.strip(), strict=True
    ):
        place = Problem("unknown_fact", file=file, row=int(row), column=word, value=text)
        if word not in names:
            problems.append(replace(place, facts={"allowed": tuple(names)}))
        elif text:
            problems += _enter(values, names[word], text, place)
    if problems:
        raise InvalidInput(problems)
    return Facts(**values)


def _enter(values: dict[str, Any], name: str, text: str, place: Problem) -> list[Problem]:
    if name in LISTS:
        values[name] = (*values.get(name, ()), text)
    elif name in values:
        return [replace(place, code="fact_repeated")]
    elif name in NUMBERS and not text.isdecimal():
        return [replace(place, code="fact_not_a_number")]
    else:
        values[name] = int(text) if name in NUMBERS else text
    return []


def facts_to_table(facts: Facts) -> pd.DataFrame:
    """Return the facts as a table; an unknown fact keeps its line, so that the blank is seen.

    A local word that is not declared has no line: the usual word stands for it, so nothing is missing.
    """
    lines: list[tuple[str, str]] = []
    for name, word in load_headers().facts.items():
        value = getattr(facts, name)
        if name in WORDS and not value:
            continue
        entries: Iterable[object] = value if name in LISTS and value else (value,)
        lines += [(word, "" if entry in (None, ()) else str(entry)) for entry in entries]
    return pd.DataFrame(lines, columns=["fact", "value"])
