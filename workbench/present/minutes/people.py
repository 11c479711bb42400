"""People on paper: the attendance list, the chosen delegates, those who sign; nobody by card number."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.deliberation.attendance import present_people
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.minutes.facts import filled
from workbench.present.minutes.material import Layout, Material
from workbench.present.paper.document import Signatory, Signatures
from workbench.present.table import Align, Table, columns_of, rows_of

ATTENDANCE: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 5),
    ("person_name", "left", 24),
    ("age", "right", 6),
    ("sex", "center", 6),
    ("institution", "left", 21),
    ("address", "left", 20),
    ("signature", "left", 18),
)
DELEGATES: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 6),
    ("person_name", "left", 34),
    ("sex", "center", 8),
    ("constituency", "left", 28),
    ("village_or_unit", "left", 24),
)
REPRESENTATIVES: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 6),
    ("person_name", "left", 28),
    ("institution", "left", 24),
    ("position_or_address", "left", 22),
    ("signature", "left", 20),
)
SPARE_ROWS = 5
"""Blank lines behind the recorded participants, for those who came late."""
UNRECORDED_ROWS = 40
"""Blank lines where nobody was recorded at all."""
DOTS = "(........................................)"


def attendance_table(material: Material, layout: Layout, t: Translator) -> Table:
    """Return the attendance list: blank lines, or the participants with blank lines behind.

    The lines follow names or, without names, village and constituency: never the numbers of the cards, which
    would tell whose card is whose.
    """
    rows = [] if layout.attendance_rows else _participants(material)
    blanks = layout.attendance_rows or (SPARE_ROWS if rows else UNRECORDED_ROWS)
    width = len(ATTENDANCE) - 1
    filled_rows = [*rows, *[("",) * width] * blanks]
    numbered = [(t.style.count(number), *row) for number, row in enumerate(filled_rows, start=1)]
    return Table("", columns_of(t, *ATTENDANCE), rows_of(numbered), number_row=True)


def delegates_table(material: Material, caption: str, t: Translator) -> Table:
    """Return the chosen delegates by sex, constituency and village; names only where they were asked for."""
    people = material.session.participants.frame
    chosen = people[people.index.isin(material.delegates)]
    rows = sorted(
        (
            material.name_of(str(label)),
            _sex(line["sex"]),
            str(line["constituency"]),
            _place(line["region"], line["hamlet"], material.session),
        )
        for label, line in chosen.iterrows()
    )
    rows.sort(key=lambda row: (row[3], row[0], row[2]))
    unknown = len(set(material.delegates) - set(chosen.index))
    rows += [("", "", "", "")] * unknown
    numbered = [(t.style.count(number), *row) for number, row in enumerate(rows, start=1)]
    note = "" if len(material.names) else t("minutes.names_left_out")
    return Table(caption, columns_of(t, *DELEGATES), rows_of(numbered), number_row=True, note=note)


def representatives_table(material: Material, t: Translator) -> Table:
    """Return blank lines for those who sign in the name of the participants."""
    count = material.text.representatives
    rows = [(t.style.count(number), "", "", "", "") for number in range(1, count + 1)]
    return Table("", columns_of(t, *REPRESENTATIVES), rows_of(rows))


def signatures(material: Material, facts: Mapping[str, str]) -> tuple[Signatures, ...]:
    """Return the signatures in pairs; place and date stand above the first one at the right."""
    signed = [
        Signatory(
            tuple(filled(signing.office, facts).split("\n")),
            material.name_of(signing.role) or DOTS,
            filled(signing.below, facts),
        )
        for signing in material.text.signings
    ]
    pairs = [signed[start : start + 2] for start in range(0, len(signed), 2)]
    place = filled(material.text.texts["place_date"], facts)
    return tuple(
        Signatures(tuple(_levelled(pair, place if number == 0 else ""))) for number, pair in enumerate(pairs)
    )


def _levelled(pair: list[Signatory], place: str) -> list[Signatory]:
    """Give both columns equally many lines above the names; place and date begin the right one."""
    if len(pair) == 1:
        pair = [Signatory((), ""), *pair]
    heads = [list(signatory.above) for signatory in pair]
    if place:
        heads[-1].insert(0, place)
    lines = max(map(len, heads))
    for head in heads[:-1]:
        head[:0] = [""] * (lines - len(head))
    heads[-1] += [""] * (lines - len(heads[-1]))
    return [
        Signatory(tuple(head), signatory.name, signatory.below)
        for head, signatory in zip(heads, pair, strict=True)
    ]


def _participants(material: Material) -> list[tuple[str, ...]]:
    people, session = present_people(material.session), material.session
    rows = []
    for label, line in people.iterrows():
        known = _identity(material.names, str(label))
        place = known.get("address") or _place(line["region"], line["hamlet"], session)
        office = known.get("institution") or known.get("position") or str(line["constituency"])
        age = known.get("age", "")
        rows.append((known.get("name", ""), age, _sex(line["sex"]), office, place, ""))
    return sorted(rows, key=lambda row: (row[0] == "", row[0], row[4], row[3], row[2]))


def _identity(names: pd.DataFrame, label: str) -> dict[str, str]:
    if label not in names.index:
        return {}
    line = names.loc[label]
    return {str(name): "" if pd.isna(value) else str(value) for name, value in line.items()}


def _sex(code: str) -> str:
    return {"female": "P", "male": "L"}.get(str(code), "")


def _place(region: str, hamlet: str, session: Session) -> str:
    village = ancestor(str(region), Level.VILLAGE)
    named = session.regions.name(village) if village and village in session.regions else ""
    return ", ".join(part for part in (str(hamlet), named) if part)
