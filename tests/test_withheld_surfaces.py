"""The total of a proposal that few people scored stands on no page: report, announcement, room and wall.

Twins as in `tests.test_withheld_scores`, shown by everything that is opened from a folder.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings

from tests.room_pages import panel, part_of
from tests.strategies import DISTRICT
from tests.withheld_rooms import Twins, told_more, twin_rooms
from workbench.cli.main import build
from workbench.domain.conditions import Conditions
from workbench.domain.session import Session
from workbench.present.i18n import translator
from workbench.reporting.opening import open_report
from workbench.reporting.shown import Shown
from workbench.room.setting import STEPS
from workbench.room.showing import VIEWS
from workbench.room.showing import Shown as OnWall
from workbench.store.room import open_room
from workbench.store.session_folder import OpenedSession, open_session
from workbench.store.session_writing import write_session
from workbench.widgets.explore import ExplorePanel
from workbench.widgets.explore_model import Exploration
from workbench.widgets.price_model import pricing_of
from workbench.widgets.price_panel import PricePanel
from workbench.widgets.room import MeetingRoom
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_preparation import PARTS
from workbench.widgets.room_views import wall_pages

T = translator("id")
ONE = settings(
    max_examples=1,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
"""One whole meeting, twice: everything that can be opened is opened on it."""
SECTIONS = (
    "heading", "summary", "line", "funded", "not_funded", "why_not", "price_of_rules", "surviving", "apart",
    "gates", "bands", "criteria", "weighting", "doubt", "opinions", "agreement", "two_readings", "methods",
    "group_orders", "strong_unfunded", "attendance", "resolution", "villages", "map", "funnel",
    "data_quality", "rules",
)  # fmt: skip
DRAWN = {
    "report doubt", "report opinions", "report agreement", "report two_readings", "report methods",
    "step spread", "step result", "wall spread", "wall agreement", "wall readings", "wall ranking",
    "wall ceiling",
}  # fmt: skip
"""What may differ between the twins, as there: lots, middles, distances of all; but tells no total."""


@ONE
@given(twin_rooms())
def test_no_page_that_is_opened_from_a_folder_tells_a_withheld_total(twins: Twins):
    one, other = (pages(with_years(room.session()), twins.rules) for room in twins.rooms)
    assert one.keys() == other.keys()
    assert len(one) > len(SECTIONS) + len(STEPS) + len(VIEWS)
    for name, text in one.items():
        assert text, name
        assert not told_more(text, other[name], twins.outcomes[0]), name
        if name not in DRAWN:
            assert text == other[name], name


def with_years(session: Session) -> Session:
    """Return a session that has a ceiling for the year after, so that years can be planned."""
    line = {"condition": "Tahun kedua", "demand": "year_ceiling", "limit": "60", "year": 2028}
    conditions = Conditions.from_table(pd.DataFrame([line]))
    return replace(session, facts=replace(session.facts, plan_year=2027), conditions=conditions)


def pages(session: Session, rules) -> dict[str, str]:
    """Return what is shown of a session, by name, without the digests of its input."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sesi"
        write_session(folder, session, rules)
        found = dict(commanded(folder)) | dict(published(folder)) | dict(reported(folder))
        found |= dict(tried(open_session(folder))) | dict(met(folder))
    return {name: undigested(text.replace(place, "")) for name, text in found.items()}


def undigested(text: str) -> str:
    """Return a text without hashes, written whole or with places to break, and without their QR."""
    text = re.sub(r"<svg[^>]*class=\"segno.*?</svg>", "", text, flags=re.DOTALL)
    return re.sub(r"(?:[0-9a-f]{4,}(?:<wbr ?/?>)?){4,}", "", text)


def commanded(folder: Path) -> Iterator[tuple[str, str]]:
    for words in (["years"], ["years", "--json"], ["decide", "list"], ["decide", "list", "--json"]):
        at = 2 if words[0] == "decide" else 1
        yield " ".join(words), ran(*words[:at], folder, *words[at:])
    out = folder.parent / "musyawarah.pb"
    ran("pb", folder, "--out", out)
    yield "pb", out.read_text("utf-8")


def ran(*words) -> str:
    result = CliRunner().invoke(build(T), list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.output


def published(folder: Path) -> Iterator[tuple[str, str]]:
    ran("publish", folder)
    for path in sorted((folder / "publikasi").glob("*")):
        if not path.name.startswith("sidik"):
            yield path.name, path.read_text("utf-8")


def reported(folder: Path) -> Iterator[tuple[str, str]]:
    report = open_report(str(folder), DISTRICT)
    for name in SECTIONS:
        shown = getattr(report, name)()
        assert isinstance(shown, Shown)
        yield f"report {name}", f"<h2>{shown.heading}</h2>{''.join(shown.blocks)}"
    record = report.record().content
    yield "report record", json.dumps({name: held for name, held in record.items() if "digest" not in name})


def tried(opened: OpenedSession) -> Iterator[tuple[str, str]]:
    explored = ExplorePanel(Exploration(opened.session, opened.rules, DISTRICT), T)
    yield "explored", shown_by(explored.view)
    priced = PricePanel(pricing_of(opened.session, opened.rules, DISTRICT), T)
    priced.ceiling.value = -30
    priced.per_village.value = 1
    yield "priced", shown_by(priced.view)


def met(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each step of the operator's page, and every view of the wall."""
    room = MeetingRoom(Desk(open_room(folder, lambda: "2026-01-20T09:00:00+07:00"), T), watch=False)
    for step in STEPS:
        panel(room, step)
        yield f"step {step}", shown_by(room.view)
    for name in PARTS:
        part_of(room, name)
    yield "preparation", shown_by(room.view)
    room.analyst.selected_index = 0
    yield "analyst", shown_by(room.analyst)
    panel(room, "result").what_if.request.value = "Diminta ketua"
    panel(room, "result").what_if.open()
    yield "what if", shown_by(panel(room, "result").what_if.view)
    for view in VIEWS:
        details = {"ceiling": 150} if view == "simulation" else {}
        yield f"wall {view}", str(wall_pages(room.desk, OnWall(view, details=details)))
    room.desk.room.close()


def shown_by(widget: ipywidgets.Widget) -> str:
    """Return every text that a widget and those inside it show."""
    held = [widget, *inside(widget)]
    names = ("value", "description", "options", "titles", "placeholder")
    return "\n".join(str(getattr(one, name)) for one in held for name in names if hasattr(one, name))


def inside(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    for child in getattr(widget, "children", ()):
        yield child
        yield from inside(child)


@pytest.fixture(autouse=True)
def place_of_meetings(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_MEETINGS", str(tmp_path / "tempat"))
