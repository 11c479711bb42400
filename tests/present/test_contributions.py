from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from workbench.present.contributions import contribution_bars
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.surfaces import SURFACES

NS = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("criteria", [1, 3, 7])
def test_bars_add_up_to_the_score_and_carry_patterns(build, language, surface, criteria):
    made = build(40, criteria=criteria)
    drawn = contribution_bars(made.outcome, made.session, translator(language), top=5, surface=surface)
    root = ET.fromstring(drawn)
    assert root.attrib["role"] == "img"
    bars = [node for node in root.iter(f"{NS}rect") if node.attrib.get("fill", "").startswith("url(")]
    whole = next(node for node in root.iter(f"{NS}rect") if "stroke-dasharray" in node.attrib)
    rows: dict[float, float] = {}
    for bar in bars:
        if (
            float(bar.attrib["x"]) >= float(whole.attrib["x"]) - 0.01
            and bar.attrib["height"] == whole.attrib["height"]
        ):
            rows[float(bar.attrib["y"])] = rows.get(float(bar.attrib["y"]), 0) + float(bar.attrib["width"])
    shares = [rows[y] / float(whole.attrib["width"]) * 100 for y in sorted(rows)]
    scores = made.outcome.table["score"].iloc[:5].tolist()
    assert shares == pytest.approx([score for score in scores if score > 0], abs=0.2)


def test_more_criteria_than_colours_are_told_as_one(build):
    made = build(12, criteria=7)
    drawn = contribution_bars(made.outcome, made.session, translator("id"))
    assert "kriteria lain" in drawn
    assert "Keselamatan" not in drawn
    six = contribution_bars(*_of(build(12, criteria=6)), translator("id"))
    assert "kriteria lain" not in six


def _of(made):
    return made.outcome, made.session


def test_a_district_without_ranked_proposals_draws_an_empty_picture(build):
    from workbench.domain.rules import Rules
    from workbench.prioritisation import prioritise

    session = build(5).session
    session = session.of_proposals(session.proposals.within("99"))
    ET.fromstring(contribution_bars(prioritise(session, Rules()), session, translator("id")))
