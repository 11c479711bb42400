"""What the forum changed after it had seen scores: before and after, and what must be scored again."""

from __future__ import annotations

from workbench.errors import WorkbenchError
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.wall import WallPage, sentence_pages
from workbench.room.comparison import side_by_side, state_before
from workbench.room.entries import Entry
from workbench.room.state import RoomState
from workbench.widgets.room_desk import Desk, calculate

CHANGING = (
    "proposal_added",
    "proposal_changed",
    "proposal_withdrawn",
    "proposal_returned",
    "proposals_merged",
    "proposal_split",
    "budget_set",
    "weights_set",
    "rules_set",
    "criteria_set",
    "line_corrected",
)
"""Acts that can move a result that the room has seen."""


def changes_since(state: RoomState) -> tuple[Entry, ...]:
    """Return the acts since the last round was closed that can move the result."""
    closed = [place for place, entry in enumerate(state.history) if entry.kind == "round_closed"]
    if not closed:
        return ()
    later = state.history[closed[-1] + 1 :]
    return tuple(entry for entry in later if entry.kind in CHANGING and entry.request not in state.undone)


def as_closed(state: RoomState) -> RoomState:
    """Return the room as it was when the last round was closed."""
    changed = changes_since(state)
    return state_before(state, changed[0].request) if changed else state


def change_sentences(desk: Desk) -> tuple[str, ...]:
    """Return what was changed and why, what that moves, and what waits for points; none where nothing was."""
    changed = changes_since(desk.state)
    said = [_act(desk, entry) for entry in changed]
    if changed:
        said += desk.keep("changes", lambda: _moved(desk))
    waiting = [desk.name(label) for label in desk.state.to_score]
    if waiting:
        said.append(desk.t("changes.to_score", names=waiting))
    return tuple(said)


def change_pages(desk: Desk) -> tuple[WallPage, ...]:
    """Return the same for the wall."""
    said = change_sentences(desk) or (desk.t("changes.none"),)
    return sentence_pages(desk.t("wall.view.changes"), said)


def _act(desk: Desk, entry: Entry) -> str:
    what, name = desk.t(f"act.{entry.kind}"), _named(desk, entry)
    said = desk.t("changes.act_of", what=what, name=name) if name else what
    return desk.t("changes.reason", what=said, reason=str(entry.body.get("reason", "")) or EMPTY)


def _named(desk: Desk, entry: Entry) -> str:
    """Return which proposals an act is about; empty where it is about none."""
    body = entry.body
    if entry.kind == "proposals_merged":
        merged = [desk.name(str(label)) for label in body["proposals"] if label != body["into"]]
        return desk.t("changes.merged", names=merged, into=desk.name(str(body["into"])))
    given = body.get("proposal", "")
    label = str(given["proposal"] if isinstance(given, dict) else given)
    return desk.name(label) if label in desk.state.proposals else ""


def _first_change(state: RoomState) -> tuple[object, ...]:
    """Return what the room as it was closed follows from: the first change after it."""
    return changes_since(state)[:1]


def _moved(desk: Desk) -> list[str]:
    t = desk.t
    try:
        before = desk.keep(
            "as closed", lambda: calculate(as_closed(desk.state)), lambda s: changes_since(s)[:1]
        )
        after = desk.calculated()
    except WorkbenchError:
        return [t("wall.not_yet")]
    was, now = ([outcome for _, outcome in one.lists.values()] for one in (before, after))
    found = side_by_side(was, now, desk.state.to_score)
    old, new, said = before.first[1], after.first[1], []
    if old.room != new.room:
        said.append(_room_moved(t, old.room, new.room))
    for word, labels in (("enters", found.entering), ("leaves", found.leaving)):
        said += [t(f"wall.simulation.{word}", name=desk.name(str(label))) for label in labels]
    said.append(t("changes.ranks", moved=len(found.moved), of=len(found.table)))
    if None not in (old.left, new.left) and old.left != new.left:
        said.append(t("changes.left", before=old.left, after=new.left))
    return said


def _room_moved(t: Translator, before: int | None, after: int | None) -> str:
    if before is None:
        return t("changes.room_set", after=after)
    if after is None:
        return t("changes.room_gone", before=before)
    return t("changes.room", before=before, after=after)
