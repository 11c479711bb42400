"""What a room needs and used to stand in files alone is entered on the page, at once, and read back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.room_folders import small_folder
from tests.room_pages import words
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.room.replay import ACTS
from workbench.room.setting import rules_of
from workbench.store.room import open_room
from workbench.widgets.room_analyst import AnalystPanel
from workbench.widgets.room_budget import BudgetPart
from workbench.widgets.room_criteria import CriteriaPart
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_facts import FactsPart
from workbench.widgets.room_limits import LimitsPart
from workbench.widgets.room_people import PeoplePart
from workbench.widgets.room_proposals import ProposalsPart

T = translator("id")
PACKAGE = Path(__file__).parents[2] / "workbench/widgets"


@pytest.fixture
def folder(tmp_path):
    return small_folder(tmp_path / "musyawarah")


@pytest.fixture
def desk(folder):
    return Desk(open_room(folder, clock), T)


def journal(*arguments: object):
    return CliRunner().invoke(build(T), ["journal", *map(str, arguments)])


def test_every_kind_of_act_has_its_place_on_the_page():
    source = "".join(path.read_text("utf-8") for path in PACKAGE.glob("room*.py"))
    absent = {kind for kind in ACTS if f'"{kind}"' not in source}
    assert absent - {"wall_shown", "room_opened"} == set()


def test_what_the_minutes_state_is_entered_and_checked(desk, folder):
    part = FactsPart(desk)
    part.fields["date"].value = "18 Februari 2026"
    part.fields["end"].value = "12:30"
    part.level.value = "kecamatan"
    part.lists["speeches"].value = "Camat: arah pembangunan\n\nBappeda: pagu\n"
    part.delegates.value = "1 4"
    part.fields["start"].value = "pagi"
    assert desk.said.wrong
    assert "08.30" in desk.said.text
    part.delegates.value = "1 99"
    assert "099" in desk.said.text
    facts = open_room(folder, clock).state.facts
    assert (facts["date"], facts["end"], facts["level"]) == ("2026-02-18", "12.30", "kecamatan")
    assert facts["speeches"] == ["Camat: arah pembangunan", "Bappeda: pagu"]
    assert facts["delegates"] == ["001", "004"]
    part.show()
    assert part.delegates.value == "001 004"


def test_heads_are_counted_at_the_door_against_the_invitations(desk, folder):
    part = PeoplePart(desk)
    part.heads.expected.value = "Tokoh perempuan; Pemuda"
    part.heads.expect()
    assert desk.said.wrong  # nobody said how many were invited
    part.invited.value = "60"
    part.invite()
    part.heads.expected.value, part.heads.hamlets.value = "Tokoh perempuan; Pemuda", "Krajan; Lor"
    part.heads.expect()
    for count, sex, hamlet in (("14", "female", "Krajan"), ("20", "male", "Krajan"), ("x", "male", "")):
        part.heads.count.value, part.heads.sex.value, part.heads.hamlet.value = count, sex, hamlet
        part.heads.add()
    assert desk.said.wrong
    part.heads.constituency.value, part.heads.count.value = "Pemuda", "8"
    part.heads.add()
    state = open_room(folder, clock).state
    assert sum(line["count"] for line in state.attended.counted) == 42
    part.show()
    assert "42 peserta" in words(part.said.value)
    assert "Tokoh perempuan" in words(part.said.value)  # invited, and nobody came
    part.heads.number.value = "2"
    part.heads.remove()
    part.invited.value = "61"
    part.invite()
    assert [line["count"] for line in desk.state.attended.counted] == [14, 8]
    assert desk.state.attended.hamlets == ("Krajan", "Lor")


def test_one_card_is_put_right_and_a_second_laptop_begins_with_its_own_numbers(desk):
    part = PeoplePart(desk)
    part.count.value, part.first.value = "2", "101"
    part.register()
    assert list(desk.state.participants.rows)[-2:] == ["101", "102"]
    change = part.change
    change.card.value, change.group.value, change.voting.value = "4", "Kenanga", False
    change.change()
    row = desk.state.participants.rows["004"]
    assert (row["group"], row["voting_right"]) == ("Kenanga", False)
    assert row["sex"] == "male"
    change.card.value = "4"
    change.change()
    assert desk.said.wrong


def test_finer_lines_of_the_pagu_stand_beside_the_whole(desk, folder):
    part = BudgetPart(desk)
    part.ceiling.value = "450.000.000"
    part.set()
    lines = part.lines
    lines.scopes["pool"].value, lines.amount.value = "fisik", "Rp 300.000.000"
    lines.add()
    lines.scopes["agency"].value, lines.amount.value = "Dinas PU", "200.000.000"
    lines.add()
    lines.amount.value = "5"
    lines.add()
    assert "pagu seluruhnya diisi di atas" in desk.said.text
    lines.scopes["pool"].value, lines.amount.value = "fisik", "1"
    lines.add()
    assert "sudah ada" in desk.said.text
    part.show()
    assert "satu daftar bersama" in words(lines.warning.value)
    assert "tidak menerapkannya" in words(lines.warning.value)
    part.ceiling.value = "500.000.000"
    part.set()
    held = open_room(folder, clock).state.budget.rows.values()
    assert [(line.get("pool"), line.get("agency"), line["amount"]) for line in held] == [
        (None, None, 500_000_000),
        ("fisik", None, 300_000_000),
        (None, "Dinas PU", 200_000_000),
    ]
    lines.number.value = "2"
    lines.held.remove()
    assert len(desk.state.budget.rows) == 2


def test_the_whole_never_swallows_the_sources_that_it_consists_of(desk):
    village, regency = (
        {"kind": "ceiling", "source": source, "amount": amount}
        for source, amount in (("Dana Desa", 300_000_000), ("ADD", 120_000_000))
    )
    desk.act("budget_set", {"lines": [village, regency]})
    part = BudgetPart(desk)
    part.show()
    part.earmarked.value = "20.000.000"
    part.set()
    lines = list(desk.state.budget.rows.values())
    assert [(line.get("source"), line["amount"]) for line in lines] == [
        ("Dana Desa", 300_000_000), ("ADD", 120_000_000), (None, 20_000_000),
    ]  # fmt: skip
    part.ceiling.value = "500.000.000"
    part.set()
    assert "beberapa baris" in desk.said.text
    part.lines.number.value = "2"
    part.lines.held.remove()
    part.show()
    part.ceiling.value = "310.000.000"
    part.set()
    assert desk.state.budget.rows["0"]["source"] == "Dana Desa"
    assert desk.state.budget.rows["0"]["amount"] == 310_000_000


def test_conditions_of_the_plan_are_named_and_kept(desk, folder):
    part = LimitsPart(desk)
    part.name.value, part.limit.value, part.scope.value = "Sedikitnya satu setiap desa", "1", "village"
    part.group.value = "setiap"
    part.add()
    part.demand.value = part.demand.options[2][1]
    part.name.value, part.proposals.value = "Salah satu jalan", "2 77"
    part.add()
    assert "77" in desk.said.text
    part.proposals.value = "2 4"
    part.add()
    part.demand.value = part.demand.options[0][1]
    part.name.value, part.limit.value = "Terlalu banyak", "banyak"
    part.add()
    assert desk.said.wrong
    held = open_room(folder, clock)
    assert held.state.conditions.rows["0"]["village"] == "*"
    assert held.state.conditions.rows["1"]["proposals"] == "U-2, U-4"
    part.show()
    shown = words(part.table.value)
    assert "desa: setiap" in shown
    assert "Nomor usulan 2, 4" in shown
    assert "tidak" not in part.warning.value or "hanya dijaga" in part.warning.value
    desk.act("rules_set", {"rules": {"budget_rule": "best_with_conditions"}})
    assert len(desk.calculated().first[0].conditions) == 2
    part.number.value = "2"
    part.held.remove()
    assert len(desk.state.conditions.rows) == 1


def test_a_forum_adds_its_own_criterion_and_takes_one_out(desk):
    part = CriteriaPart(desk)
    part.own.name.value, part.own.anchors.value = "Siap dipelihara", "1 tidak, 5 ya"
    part.own.add()
    assert desk.state.criteria.rows["K4"]["scale_anchors"] == "1 tidak, 5 ya"
    part.own.leaving.value = "Kesiapan lahan"
    part.own.remove()
    assert list(desk.state.criteria.rows) == ["K1", "K2", "K4"]
    part.own.name.value, part.own.high.value = "Salah skala", "lima"
    part.own.add()
    assert "lima" in desk.said.text
    part.show()
    assert list(part.weights) == ["K1", "K2", "K4"]


def test_numbers_and_tie_order_of_the_rules_are_set_under_analis(desk):
    part = AnalystPanel(desk).details
    part.show()
    part.numbers["quota"].value = "2"
    part.ties.value = "3 1"
    part.set()
    assert rules_of(desk.state).quota == 2
    assert rules_of(desk.state).ties == ("womens_proposal", "heaviest_criterion")
    part.ties.value = "9"
    part.set()
    assert desk.said.wrong


def test_a_proposal_comes_back_and_its_details_are_put_right(desk):
    part = ProposalsPart(desk)

    def record(act, number, name="", reason="disepakati"):
        part.act.value, part.number.value, part.name.value = act, number, name
        part.reason.value = reason
        part.record()

    record("withdraw", "3")
    record("return", "3")
    assert "U-3" in desk.state.listed
    part.detail.value = "womens_proposal"
    record("detail", "3", "Ya")
    part.detail.value = "beneficiaries"
    record("detail", "3", "seratus")
    assert desk.said.wrong
    record("detail", "3", "100")
    row = desk.state.proposals.rows["U-3"]
    assert (row["womens_proposal"], row["beneficiaries"]) == (True, 100)


def test_what_a_merge_set_aside_is_named_and_taken_in_with_a_reason(folder, tmp_path):
    with open_room(folder, clock) as room:
        room.act("round_opened", {"round": 1, "way": "cards"})
    shutil.copytree(folder, tmp_path / "laptop-b")
    points = {"K1": 3, "K2": 4, "K3": 5}
    with open_room(folder, clock) as room:
        room.act("ballot_keyed", {"round": 1, "participant": "001", "proposal": "U-1", "points": points})
        room.act("round_closed", {"round": 1})
    with open_room(tmp_path / "laptop-b", clock) as room:
        for label in ("U-1", "U-2", "U-3", "U-4"):
            room.act("ballot_keyed", {"round": 1, "participant": "002", "proposal": label, "points": points})
    assert journal("merge", folder, tmp_path / "laptop-b").exit_code == 0
    desk = Desk(open_room(folder, clock), T)
    aside = len(desk.state.set_aside)
    assert aside
    refused = journal("admit", folder, "--alasan", "kartu laptop kedua")
    assert refused.exit_code == 3
    assert "tidak sedang terbuka" in refused.output
    part = AnalystPanel(desk).aside
    part.show()
    assert "tidak sedang terbuka" in words(part.table.value)
    desk.act("round_reopened", {"round": 1, "reason": "laptop kedua"})
    part.numbers.value, part.reason.value = "1", "kartu laptop kedua"
    part.admit()
    assert len(desk.state.set_aside) == aside - 1
    taken = journal("admit", folder, "--alasan", "kartu laptop kedua")
    assert "masih disisihkan 0" in taken.output
    desk.room.refresh()
    assert set(desk.state.rounds[1].lines["002"]) == {"U-1", "U-2", "U-3", "U-4"}
