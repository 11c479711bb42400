"""Lampiran IV: each group session with who led it, what it agreed, and the proposals it discussed."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.deliberation import Status
from workbench.domain.group_sessions import GroupSession
from workbench.present.i18n import Translator
from workbench.present.minutes.facts import BLANK
from workbench.present.minutes.material import Material, MinutesList
from workbench.present.paper.document import Block, Grid, Heading, Paragraph, Terms
from workbench.present.proposal_cells import ProposalCells
from workbench.present.table import Align, Table, columns_of, rows_of

DISCUSSED: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 5),
    ("activity", "left", 35),
    ("location", "left", 16),
    ("volume", "left", 12),
    ("ceiling", "right", 14),
    ("decided_standing", "left", 18),
)
WIDTH = 44
"""Millimetres of the terms."""


def subject_of(one: MinutesList, label: str) -> str:
    """Return what a proposal was discussed under: its field where the list names fields, else its agency."""
    frame = one.session.proposals.frame
    column = "field" if (frame["field"] != "").any() else "agency"
    return str(frame[column][label])


def unrecorded(material: Material) -> list[str]:
    """Return the subjects of the list that no recorded group session discussed."""
    subjects = {
        subject_of(one, str(label)) for one in material.lists.values() for label in one.decided.table.index
    }
    return sorted(
        subject
        for subject in subjects - {""}
        if not any(held.discusses(subject) for held in material.group_sessions)
    )


def group_blocks(material: Material, t: Translator) -> Iterator[Block]:
    """Yield each recorded group session with the list it discussed, and what nobody recorded as blanks."""
    for held in material.group_sessions:
        yield Heading(t("minutes.group_heading", group=held.group), 2)
        yield Terms(tuple(_facts(held, material, t)), WIDTH)
        yield Grid(_discussed(held, material, t))
    left = unrecorded(material)
    if material.group_sessions and left:
        yield Paragraph(t("minutes.groups_unrecorded", subjects=left))
    elif not material.group_sessions:
        yield Heading(t("minutes.group_heading", group=BLANK), 2)
        yield Terms(tuple(_facts(GroupSession(BLANK), material, t)), WIDTH)


def _facts(held: GroupSession, material: Material, t: Translator) -> Iterator[tuple[str, str]]:
    if held.subjects:
        yield t("minutes.group_subjects"), "; ".join(held.subjects)
    for key, given in (("chair", held.chair), ("minute_taker", held.minute_taker)):
        yield t(f"minutes.group_{key}"), material.name_of(given) or _office(given, material) or BLANK
    count = BLANK if held.attended is None else t("minutes.group_people", count=held.attended)
    yield t("minutes.group_attended"), count
    yield t("minutes.group_result"), held.result or BLANK


def _office(given: str, material: Material) -> str:
    """Return an office as written; a card number is never printed in place of a name."""
    return "" if given in material.session.participants.frame.index else given


def _discussed(held: GroupSession, material: Material, t: Translator) -> Table:
    rows: list[tuple[str, ...]] = []
    for one in material.lists.values():
        cells = ProposalCells.of(one.outcome, one.session, t)
        for label, status in one.decided.table["status"].items():
            if held.discusses(subject_of(one, str(label))):
                rows.append(
                    (
                        t.style.count(len(rows) + 1),
                        cells.text(str(label), "activity"),
                        cells.location(str(label)),
                        cells.volume(str(label)),
                        cells.cost(str(label)),
                        t(f"decided.status.{Status(status).value}"),
                    )
                )
    note = "" if rows else t("minutes.none")
    return Table("", columns_of(t, *DISCUSSED), rows_of(rows), number_row=True, note=note)
