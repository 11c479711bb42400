"""Choices that a form keeps in a file of its own beside it (``select_one_from_file desa.csv``)."""

from __future__ import annotations

import re
from pathlib import Path

from workbench.domain.survey import Choice
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.header_matching import normalise
from workbench.store.intake.sources import read_sheets
from workbench.store.survey.form_rows import form_rows

PARAMETER = re.compile(r"(value|label)\s*=\s*([^\s,;]+)", re.IGNORECASE)
Found = tuple[tuple[Choice, ...], Problem | None]


def choices_beside(form: Path, told: str, parameters: str, language: str) -> Found:
    """Return the choices of a file in the folder of the form, or why there are none.

    Parameters
    ----------
    form : Path
    told : str
        The file as the form names it; only its name counts, it is looked for beside the form alone.
    parameters : str
        ``value=kode label=nama``: the columns where they are not ``name`` and ``label``.
    language : str
        The form's default language.
    """
    path = form.parent / Path(told.replace("\\", "/")).name
    if not told or path.suffix.lower() not in (".csv", ".tsv", ".xlsx") or not path.is_file():
        return (), Problem("form_file_missing", Severity.NOTE)
    columns = {key.lower(): normalise(name) for key, name in PARAMETER.findall(parameters)}
    try:
        rows = form_rows(read_sheets(path)[0], language)
    except InvalidInput as error:
        return (), Problem("form_file_unreadable", Severity.NOTE, facts={"why": error.problems[0].code})
    value, label = columns.get("value", "name"), columns.get("label", "")
    choices: dict[str, Choice] = {}
    for row in rows:
        labels = (row[label], *row.labels) if label else row.labels
        if row[value]:
            choices.setdefault(row[value], Choice(row[value], tuple(filter(None, labels))))
    if not choices:
        return (), Problem("form_file_without_choices", Severity.NOTE, facts={"column": value})
    return tuple(choices.values()), None
