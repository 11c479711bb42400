"""What a survey counted, as tables of its report: each question by place, numbers of few left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from workbench.domain.region_codes import Level
from workbench.domain.regions import Regions
from workbench.domain.survey import Question
from workbench.engine.household_needs import ANSWERED, NeedsCounted
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import ColumnSpec, Table, rows_of

ACROSS = 7
"""Choices that stand beside one another; more go below one another with one place a table."""


def needs_table(
    question: Question,
    counted: NeedsCounted,
    places: pd.DataFrame,
    above: pd.DataFrame,
    regions: Regions,
    t: Translator,
) -> Table:
    """Return how many households named each choice of a question, a line for each place.

    The choices named most stand first; villages with several hamlets have a line of their own below them.
    """
    order = _most_named(question, counted)
    specs = (
        ColumnSpec("place", t("column.place"), "left", 24),
        *(ColumnSpec(f"choice_{number}", name, "right") for number, (_, name) in enumerate(order[:ACROSS])),
        ColumnSpec("answered", t("survey.column.answered"), "right", 10),
    )
    names = [name for name, _ in order[:ACROSS]]
    rows = list(_rows(counted, places, above, regions, names, t))
    total = (t("survey.everywhere"), *_numbers(counted.everywhere, names, t)) if len(rows) > 1 else ()
    note = [t("survey.note.hidden")] if _hides(counted) else []
    if len(order) > ACROSS:
        others = [f"{name} {_told(counted.everywhere, key, t)}" for key, name in order[ACROSS:]]
        note.append(t("survey.note.others", others=others))
    return Table(question.shown, specs, rows_of(rows), note=" ".join(note), total=total)


def _most_named(question: Question, counted: NeedsCounted) -> list[tuple[str, str]]:
    """Return name and label of the choices, those with most households first; the form's order otherwise."""
    names = [(choice.name, choice.shown) for choice in question.choices]
    return sorted(names, key=lambda pair: -_number(counted.everywhere[pair[0]]))


def _number(count: object) -> int:
    return 0 if count is None or pd.isna(count) else int(count)  # type: ignore[call-overload]


def _rows(
    counted: NeedsCounted,
    places: pd.DataFrame,
    above: pd.DataFrame,
    regions: Regions,
    names: list[str],
    t: Translator,
) -> Iterator[tuple[str, ...]]:
    parts = ["region", "district", "village"]
    for whole in above.index.tolist():
        village = above.loc[whole]
        inside = places[(places[parts] == village[parts]).all(axis="columns")]
        for label in inside.index.tolist():
            yield place_words(inside.loc[label], regions, t), *_numbers(counted.told.loc[label], names, t)
        if len(inside) > 1:
            shown = t("survey.whole", place=place_words(village, regions, t))
            yield shown, *_numbers(counted.above.loc[whole], names, t)


def _numbers(line: pd.Series, names: list[str], t: Translator) -> list[str]:
    return [*(_told(line, name, t) for name in names), _told(line, ANSWERED, t, share=False)]


def _told(line: pd.Series, name: str, t: Translator, *, share: bool = True) -> str:
    count, answered = line[name], line[ANSWERED]
    if count is None or pd.isna(count):
        return EMPTY
    written = t.style.count(int(count))
    known = share and answered is not None and not pd.isna(answered) and int(answered)
    return t("survey.count", count=written, share=int(count) / int(answered)) if known else written


def _hides(counted: NeedsCounted) -> bool:
    return bool(counted.told.isna().any(axis=None) or counted.everywhere.isna().any())


def place_words(place: Mapping[str, str] | pd.Series, regions: Regions, t: Translator) -> str:
    """Return a place as a person calls it: hamlet, village, and the district where no village is known."""
    code = str(place["region"])
    listed = regions.name(code) if code else ""
    village = listed if code.count(".") == Level.VILLAGE - 1 else str(place["village"])
    district = "" if village else listed or str(place["district"])
    return ", ".join(filter(None, (str(place["hamlet"]), village, district))) or t("survey.place_unknown")
