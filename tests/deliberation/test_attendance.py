"""Who was present with a vote; nothing blocks."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from tests.deliberation.rooms import tables
from tests.strategies import DISTRICT
from workbench.deliberation.attendance import attendance_of
from workbench.domain.facts import Facts
from workbench.domain.rules import Rules

PEOPLE = pd.DataFrame(
    [
        ("1", "female", f"{DISTRICT}.2001", "Kelompok tani", None),
        ("2", "male", f"{DISTRICT}.2001", "kelompok  tani", True),
        ("3", "male", f"{DISTRICT}.2002", "", True),
        ("4", "", f"{DISTRICT}.2002", "Pemuda", True),
        ("5", "female", f"{DISTRICT}.2002", "Bappeda", False),
        ("6", "female", "73.02.99.2001", "Tokoh adat", True),
    ],
    columns=["participant", "sex", "region", "constituency", "voting_right"],
).astype({"voting_right": "boolean"})
POINTS = pd.DataFrame([("1", "U-1", "K1", 3.0)], columns=["participant", "proposal", "criterion", "points"])


def attended(expected=(), rules=Rules(), **facts):  # noqa: B008 - frozen
    given = Facts(region=DISTRICT, region_name="Gantarang", **facts)
    return attendance_of(tables(POINTS, PEOPLE, facts=given).session(), rules, expected)


def test_advisers_and_people_of_elsewhere_are_no_present_voters():
    found = attended()
    assert (found.present, found.advisers) == (4, 1)
    assert found.women.count == 1
    assert found.women.share == Fraction(1, 3)
    assert found.women.unknown == 1


@pytest.mark.parametrize(("level", "needed", "met"), [("desa", 4, True), ("kecamatan", None, None)])
def test_only_a_village_forum_has_a_quorum_of_its_own(level, needed, met):
    found = attended(level=level, invited=6)
    assert (found.quorum.needed, found.quorum.met) == (needed, met)


@pytest.mark.parametrize(
    ("quorum", "invited", "needed"),
    [("two_thirds", 6, 4), ("more_than_half", 6, 4), ("more_than_half", 7, 4), ("none", 6, None)],
)
def test_the_tata_tertib_may_set_another_quorum_for_any_level(quorum, invited, needed):
    found = attended(rules=Rules(quorum=quorum), level="kecamatan", invited=invited)
    assert found.quorum.needed == needed
    assert found.quorum_rule == quorum


@pytest.mark.parametrize("quorum", ["two_thirds", "more_than_half", "none"])
def test_of_nobody_invited_there_is_no_quorum_to_state(quorum):
    assert attended(rules=Rules(quorum=quorum), invited=0).quorum is None


def test_without_invitations_there_is_no_quorum_to_state():
    assert attended(level="desa").quorum is None


def test_expected_constituencies_that_nobody_stands_for_are_named_in_their_order():
    found = attended(["Tokoh adat", "KELOMPOK TANI", "Pemuda", "Lansia"])
    assert found.missing == ("Tokoh adat", "Lansia")


def test_where_no_constituency_is_recorded_none_is_called_missing():
    people = PEOPLE.assign(constituency="")
    given = tables(POINTS, people, facts=Facts(region=DISTRICT)).session()
    found = attendance_of(given, Rules(), ["Pemuda"])
    assert found.missing == ()
    assert not found.recorded
