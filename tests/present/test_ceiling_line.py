"""The signature picture: honest about what it leaves out, and nothing overlaps at any size."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from workbench.domain.rules import Rules
from workbench.present import svg
from workbench.present.ceiling_line import ceiling_line
from workbench.present.ceiling_rows import Hidden, cut, line_position, ranked_rows
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.surfaces import ACCENT, INK, SURFACES
from workbench.prioritisation import Standing
from workbench.prioritisation.listed import listed

NS = "{http://www.w3.org/2000/svg}"
CASES = {
    "5": {"size": 5, "ceiling": 150_000_000},
    "60": {"size": 60, "ceiling": 1_500_000_000},
    "500": {"size": 500, "ceiling": 9_000_000_000},
    "none funded": {"size": 12, "ceiling": 5_000_000},
    "zero ceiling": {"size": 12, "ceiling": 0},
    "all funded": {"size": 60, "ceiling": 10**12, "unpriced": False},
    "no ceiling": {"size": 60, "ceiling": None},
    "skip": {
        "size": 60,
        "ceiling": 900_000_000,
        "rules": Rules(budget_rule="rank_skip"),
        "earmark": 200_000_000,
    },
    "tie at the line": {"size": 40, "ceiling": 960_000_000, "rules": Rules(ties=())},
    "earmark above the ceiling": {"size": 12, "ceiling": 100_000_000, "earmark": 200_000_000},
}


def boxes(root: ET.Element) -> list[tuple[str, float, float, float, float]]:
    """The estimated box of every text: left, top, right, bottom, a little smaller than the letters."""
    found = []
    for node in root.iter(f"{NS}text"):
        size, x, y = (float(node.attrib[name]) for name in ("font-size", "x", "y"))
        wide = svg.text_width(node.text or "", size) * 0.9
        left = {"end": x - wide, "middle": x - wide / 2}.get(node.attrib.get("text-anchor", ""), x)
        found.append((node.text or "", left, y - size * 0.7, left + wide, y + size * 0.1))
    return found


def overlaps(root: ET.Element) -> list[tuple[str, str]]:
    found = boxes(root)
    return [
        (a[0], b[0])
        for at, a in enumerate(found)
        for b in found[at + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("case", CASES)
def test_no_text_covers_another_or_leaves_the_picture(build, case, surface, language):
    made = build(**CASES[case])
    root = ET.fromstring(ceiling_line(made.outcome, made.session, translator(language), surface=surface))
    assert overlaps(root) == []
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    outside = [box for box in boxes(root) if box[1] < 0 or box[3] > width or box[2] < 0 or box[4] > height]
    assert outside == []


@pytest.mark.parametrize("case", [name for name in CASES if CASES[name]["ceiling"] is not None])
def test_the_amount_of_a_bar_never_lies_on_the_ceiling(build, case):
    made = build(**CASES[case])
    root = ET.fromstring(ceiling_line(made.outcome, made.session, translator("id")))
    line = next(
        node
        for node in root.iter(f"{NS}line")
        if node.attrib["stroke"] == INK and node.attrib["x1"] == node.attrib["x2"]
    )
    x = float(line.attrib["x1"])
    below = [box for box in boxes(root) if box[2] > float(line.attrib["y1"]) + 4 and box[1] < x < box[3]]
    assert [box[0] for box in below if box[0].startswith("Rp")] == []


@pytest.mark.parametrize("surface", ["wall"])
def test_nothing_on_the_wall_is_smaller_than_28_px(build, surface):
    made = build(**CASES["60"])
    drawn = ceiling_line(made.outcome, made.session, translator("id"), surface=surface)
    assert min(map(float, re.findall(r'font-size="([0-9.]+)"', drawn))) >= 28


def test_a_long_list_is_cut_around_the_line_and_counts_what_it_leaves_out(build):
    made = build(500, 9_000_000_000)
    rows = ranked_rows(listed(made.outcome), made.session, translator("id"))
    at = line_position(rows)
    for most in (5, 6, 7, 12, 40, 498, 499, 1000):
        shown = cut(rows, at, most)
        assert len(shown) <= max(most, 5)
        told = sum(len(row.rows) if isinstance(row, Hidden) else 1 for row in shown)
        assert told == len(rows)
        assert shown[0] is rows[0]
        assert any(row is rows[at - 1] for row in shown)
        assert any(row is rows[at] for row in shown)
    drawn = ceiling_line(made.outcome, made.session, translator("id"))
    hidden = sum(int(count) for count in re.findall(r"… (\d+) usulan lain", drawn))
    assert hidden + len(re.findall(r"(?:Diakomodir|Melewati|Belum ada biaya)", drawn)) >= len(rows)


def test_each_end_of_a_waiting_bar_is_the_ceiling_that_would_reach_it(build):
    for rules in (Rules(), Rules(budget_rule="rank_skip")):
        made = build(60, 900_000_000, rules=rules, earmark=100_000_000)
        for row in ranked_rows(listed(made.outcome), made.session, translator("id")):
            if row.funded:
                assert row.end <= made.outcome.ceiling
            elif row.shortfall is not None and row.shared == 1:
                assert row.end == made.outcome.ceiling + row.shortfall


def test_funded_bars_end_at_their_running_total(build):
    made = build(60, 900_000_000, earmark=100_000_000)
    funded = [row for row in ranked_rows(listed(made.outcome), made.session, translator("id")) if row.funded]
    totals = made.outcome.standing(Standing.FUNDED)["running_total"] + 100_000_000
    assert [row.end for row in funded] == totals.astype(int).tolist()


def test_funded_is_solid_and_the_rest_hollow(build):
    made = build(5, 150_000_000)
    root = ET.fromstring(ceiling_line(made.outcome, made.session, translator("id")))
    strokes = [
        (node.attrib["fill"], node.attrib["stroke"])
        for node in root.iter(f"{NS}rect")
        if "stroke" in node.attrib
    ]
    solid = [fill for fill, _ in strokes if fill == ACCENT]
    assert len(solid) == len(made.outcome.standing(Standing.FUNDED))


def test_without_costs_and_ceiling_the_scores_are_drawn(build):
    made = build(12, None)
    frame = made.session.proposals.frame.assign(cost=pd.array([None] * 12, dtype="Int64"))
    session = made.session.of_proposals(type(made.session.proposals)(frame))
    from workbench.prioritisation import prioritise

    outcome = prioritise(session, Rules())
    drawn = ceiling_line(outcome, session, translator("id"))
    assert "skor " in drawn
    assert "biaya belum ada" not in drawn
    assert "Pagu belum diberikan" in drawn


def test_an_empty_district_says_so(build):
    made = build(5, 150_000_000)
    session = made.session.of_proposals(made.session.proposals.within("99"))
    from workbench.prioritisation import prioritise

    drawn = ceiling_line(prioritise(session, Rules()), session, translator("id"))
    assert "Belum ada usulan yang diperingkat" in drawn


def test_the_same_outcome_gives_the_same_picture_and_names_are_escaped(build):
    made = build(12)
    first, second = (ceiling_line(made.outcome, made.session, translator("id")) for _ in range(2))
    assert first == second
    assert "<pompa>" not in first
    assert "http://www.w3.org/2000/svg" in first
    assert len(re.findall("https?://", first)) == 1
