"""``sesi.csv``: the facts of the forum as two columns, one line a fact and one line for each entry of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from workbench.domain.facts import LISTS, NUMBERS, Facts
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
    for row, fact, text in zip(
        table.index, table["fact"].str.strip(), table["value"].str.strip(), strict=True
    ):
        place = {"file": file, "row": int(row), "column": "hal", "value": fact}
        if fact not in names:
            problems.append(Problem("unknown_fact", facts={"allowed": tuple(names)}, **place))
        elif not text:
            continue
        elif names[fact] in LISTS:
            values[names[fact]] = (*values.get(names[fact], ()), text)
        elif names[fact] in values:
            problems.append(Problem("fact_repeated", **place))
        elif names[fact] in NUMBERS:
            if not text.isdecimal():
                problems.append(Problem("fact_not_a_number", **place | {"value": text, "column": fact}))
            else:
                values[names[fact]] = int(text)
        else:
            values[names[fact]] = text
    if problems:
        raise InvalidInput(problems)
    return Facts(**values)


def facts_to_table(facts: Facts) -> pd.DataFrame:
    """Return the facts as a table; an unknown fact keeps its line, so that the blank is seen."""
    lines: list[tuple[str, str]] = []
    for name, word in load_headers().facts.items():
        value = getattr(facts, name)
        entries: Iterable[object] = value if name in LISTS and value else (value,)
        lines += [(word, "" if entry in (None, ()) else str(entry)) for entry in entries]
    return pd.DataFrame(lines, columns=["fact", "value"])
