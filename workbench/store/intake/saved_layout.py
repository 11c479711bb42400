"""The layout of a list that was understood, to be saved and used again."""

from __future__ import annotations

import re

from workbench.domain.intake import Intake, ListKind
from workbench.errors import InvalidInput
from workbench.store.intake.layouts import Layout, fields_of, shipped_layouts
from workbench.store.intake.reading import Answers

LETTERS = re.compile(r" \([A-Z]{1,3}\)$")


def layout_of(intake: Intake, answers: Answers, name: str) -> Layout:
    """Return the layout by which a list was read, with the headers of this very list.

    Raises
    ------
    InvalidInput
        The list was not recognised: there is nothing to save yet.
    """
    if intake.kind is ListKind.UNKNOWN:
        raise InvalidInput(intake.questions)
    allowed = fields_of(intake.kind)
    used = {use.field: use.header for use in intake.columns if use.field and use.how != "matrix"}
    columns = {field: (header,) for field, header in used.items() if field in allowed}
    extra = {field: (header,) for field, header in used.items() if field not in allowed}
    base = answers.layout or next(each for each in shipped_layouts() if each.title == intake.layout)
    return Layout(
        name=name,
        title=base.title,
        kind=intake.kind,
        marks=tuple(columns[field][0] for field in list(columns)[:4]),
        columns=columns,
        extra=extra,
        blanks=base.blanks,
        unit=answers.unit or base.unit,
        from_text=base.from_text,
        fill_down=base.fill_down,
        agencies=tuple(use.header for use in intake.columns if use.how == "matrix"),
        constants=base.constants,
        confirmed=answers.confirmed,
        region=answers.region or base.region,
    )
