"""The total of a proposal that few people scored reaches nobody's eyes, whatever shows an outcome.

Every room stands beside a twin whose withheld totals are others and whose ranks and decisions are the same:
what is printed, shown or said must be the same for both, to the byte. What draws lots or compares methods may
differ; no withheld total and no distance to a shown one may stand there.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import pkgutil
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook

from tests.deliberation.rooms import with_points
from tests.withheld_rooms import Twins, told_more, twin_rooms
from tests.withheld_shelf import OFFERED, TEXTS, Shelf, T
from workbench import present
from workbench.cli.main import build
from workbench.domain.participants import AGREED_CARD
from workbench.domain.rules import Rules
from workbench.present.ranking_table import ranking_table
from workbench.present.summary import summary_sentences
from workbench.prioritisation import Outcome, prioritise
from workbench.publishing.exports import export_files
from workbench.publishing.forums import forums_of
from workbench.publishing.publication import publication_files
from workbench.reporting.budgeting_section import BudgetingSection
from workbench.reporting.report_workbook import report_workbook
from workbench.store.session_writing import write_session
from workbench.store.source import Source

UNSHRUNK = (Phase.explicit, Phase.generate)
"""An example is a whole meeting: a failing one is told as it is, without a search for a smaller one."""
QUICK = settings(
    max_examples=2, phases=UNSHRUNK, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


RESULTS = {
    "Outcome", "Listed", "Robustness", "Stability", "Opinions", "NeedsAgainstCost", "Comparison", "WhyNot",
    "Sequence[WhyNot]", "Sequence[Point]", "Priced", "MinutesList", "Material", "FormList", "Frame", "Row",
    "Sequence[Row]", "Sequence[Row | Hidden]", "PooledOutcome", "Reason",
}  # fmt: skip
"""What knows scores, or is made of what does."""
DRAWN = {"Robustness", "Stability", "Opinions", "NeedsAgainstCost", "Spreads", "GroupReading"}
"""What may differ between the twins, since other ranks, lots or middles are in it; but tells no total."""
PARTS_OF_VIEWS = {
    "ceiling_bars.draw_row": "drawn by ceiling_line",
    "ceiling_rows.cut": "used by ceiling_line",
    "ceiling_rows.line_position": "a count",
    "ceiling_sheet.sheet_of": "used by ceiling_line",
    "doubt_sentences.group_sentences": "used by doubt_sentences",
    "minutes.people.signatures": "names of offices",
    "money_curve.money_curve": "drawn only where can_be_drawn",
    "pools.pool_sentences": "says how lists share money",
    "workbook.ceiling.ceiling_sheet": "of the complete copy alone",
    "workbook.ranking.key_names": "of the complete copy alone",
    "workbook.ranking.key_values": "of the complete copy alone",
    "workbook.ranking.room_cell": "of the complete copy alone",
    "workbook.ranking.tolerance_cell": "of the complete copy alone",
    "workbook.ranking.values_sheet": "of the complete copy alone",
    "workbook.ranking.weights_sheet": "weights and money",
    "workbook.scores.refined_ranks": "of the complete copy alone",
    "workbook.scores.scores_sheet": "of the complete copy alone",
}
"""Functions of present that are not tried by themselves, each with why."""


def kinds_of(function) -> dict[str, str]:
    """The kinds of the parameters that must be given, by name."""
    return {
        name: str(parameter.annotation)
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }


def views() -> Iterator[tuple[str, object]]:
    """Yield every public function of present that is given a result, by its short name."""
    for module in pkgutil.walk_packages(present.__path__, "workbench.present."):
        for name, function in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(function) and function.__module__ == module.name
            if (
                own
                and not name.startswith("_")
                and RESULTS & {kind.split(" | None")[0] for kind in kinds_of(function).values()}
            ):
                yield f"{module.name.removeprefix('workbench.present.')}.{name}", function


VIEWS = {name: function for name, function in views() if name not in PARTS_OF_VIEWS}


def said(function, shelf: Shelf) -> str | None:
    """Return what a view says of a room, with every choice of its parts; None if there is none."""
    chosen: list[dict[str, object]] = [{}]
    for name, kind in kinds_of(function).items():
        offered = shelf.offered(kind, name)
        if offered is None:
            return None
        chosen = [{**given, name: value} for given in chosen for value in offered]
    found = (function(**given) for given in chosen)
    return "\n".join(repr(tuple(each) if isinstance(each, Iterator) else each) for each in found)


def test_every_view_can_be_tried_or_is_excused():
    """A new function of present that shows a result is found here: make its values, or say why not."""
    assert set(PARTS_OF_VIEWS) <= {name for name, _ in views()}
    known = {*OFFERED}
    for name, function in VIEWS.items():
        kinds = {
            kind.split(" | None")[0]
            for at, kind in kinds_of(function).items()
            if at not in (*TEXTS, "label", "proposal")
        }
        assert kinds <= known, (name, kinds - known)
    assert len(VIEWS) > 50


@pytest.mark.parametrize("every_cost", [True, False])
def test_no_view_tells_a_withheld_total(every_cost):
    @QUICK
    @given(twin_rooms(every_cost=every_cost))
    def tried(twins: Twins) -> None:
        shelves = [
            Shelf(room, outcome, twins.rules)
            for room, outcome in zip(twins.rooms, twins.outcomes, strict=True)
        ]
        for name, function in VIEWS.items():
            kinds = set(kinds_of(function).values())
            if not every_cost and kinds & {
                "Comparison",
                "WhyNot",
                "Sequence[WhyNot]",
                "Sequence[Point]",
                "Priced",
            }:
                continue
            one, other = (said(function, shelf) for shelf in shelves)
            assert one is not None, name
            assert not told_more(one, other, twins.outcomes[0]), name
            if not kinds & DRAWN:
                assert one == other, name

    tried()


@QUICK
@given(twin_rooms())
def test_no_paper_file_or_command_tells_a_withheld_total(twins):
    one, other = (
        papers(room, outcome, twins.rules) for room, outcome in zip(twins.rooms, twins.outcomes, strict=True)
    )
    for name in one:
        assert not told_more(one[name], other[name], twins.outcomes[0]), name
        if name not in {"sure", "sure --json"}:
            assert one[name] == other[name], name


def papers(room, outcome: Outcome, rules: Rules) -> dict[str, str]:
    """Return what leaves the program about a room, by name, without the digests of its input."""
    session = room.session()
    (forum,) = forums_of(Source(session, rules))
    found = {name: content.decode() for name, content in publication_files(forum, T).items()}
    contents = ("t-d4", "t-vi-c-14", "rkp-desa", "du-rkp", "sipd", "peringkat")
    found |= {
        name: content.decode("utf-8-sig")
        for name, content in export_files(forum, contents, ("csv",), T).items()
    }
    books = export_files(forum, ("t-vi-c-14", "peringkat"), ("xlsx",), T)
    found |= {name: sheets_of(content) for name, content in books.items()}
    found["report.xlsx"] = sheets_of(report_workbook(session, outcome, None, T))
    money = BudgetingSection(session, outcome, T)
    found["money"] = "".join((*money.prices(), *money.surviving(), *money.why_not()))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sesi"
        write_session(folder, session, rules)
        for words in (
            ["prioritise"],
            ["why"],
            ["why", "--json"],
            ["compare"],
            ["compare", "--json"],
            ["sure"],
            ["sure", "--json"],
        ):
            drawn = ["--draws", "30"] if words[0] == "sure" else []
            result = CliRunner().invoke(build(T), [words[0], str(folder), *words[1:], *drawn])
            assert result.exit_code == 0, result.output
            found[" ".join(words)] = result.output
    digest = re.compile(r"\b[0-9a-f]{16,64}\b|<svg[^>]*class=\"segno.*?</svg>", re.DOTALL)
    return {
        name: digest.sub("", text)
        for name, text in found.items()
        if not name.startswith(("pengumuman", "sidik"))
    }


def sheets_of(content: bytes) -> str:
    """Return every cell of a workbook."""
    book = load_workbook(io.BytesIO(content))
    return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])


RAW = {"score", "scores", "contributions", "points_sum", "per_rupiah"}
"""Names of what holds scores, or parts of them, whether or not they may be shown."""
MAY = {
    "bands_table": "withholds the bands itself",
    "contributions": "draws no row whose score is withheld",
    "opinion_tables": "asks score_shown before it writes the value per rupiah",
    "scoring_tables": "shows parts by Outcome.parts_of and points only where nothing is withheld",
    "workbook.forms": "shows parts by Outcome.parts_of",
    "why_not_sentences": "a fact that score_shown gave",
    "why_not_slips": "a fact that score_shown gave",
    "workbench.reporting.doubt_section": "asks only whether any cost is known",
    "workbook.scores": "stands in the complete copy alone",
    "workbook.ranking": "stands in the complete copy alone",
    "workbook.ceiling": "stands in the complete copy alone",
    "ceiling_rows": "a score of Listed is withheld already",
    "ceiling_bars": "a score of Listed is withheld already",
}
"""Modules of present that reach for them, and how they keep them."""


def reached(module: str) -> set[str]:
    """Return the names of raw figures that a module takes from a table or a step."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    taken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in RAW:
            taken.add(node.attr)
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and node.slice.value in RAW
        ):
            taken.add(node.slice.value)
    return taken


def test_no_other_module_that_shows_something_reaches_for_a_raw_score():
    """A new view goes through `present.score_words` and `Outcome.score_shown`, or says how it withholds."""
    for name in ("present", "widgets", "reporting", "publishing"):
        package = importlib.import_module(f"workbench.{name}")
        for module in pkgutil.walk_packages(package.__path__, f"workbench.{name}."):
            short = module.name.removeprefix("workbench.present.")
            assert short in MAY or not reached(module.name), (module.name, reached(module.name))


def test_the_guard_would_see_a_view_that_forgets():
    """Any view that shows the raw total tells the twins apart: else none of the above proves anything."""

    @QUICK
    @given(twin_rooms())
    def tried(twins: Twins) -> None:
        one, other = (str(outcome.scoring.scores.map(T.style.number).to_list()) for outcome in twins.outcomes)
        assert one != other
        assert told_more(one, other, twins.outcomes[0])

    tried()


@given(twin_rooms())
@settings(max_examples=3, phases=UNSHRUNK)
def test_what_is_withheld_is_named_in_words_and_keeps_rank_cost_and_decision(twins):
    room, outcome = twins.rooms[0], twins.outcomes[0]
    session = room.session()
    rows = {row[1]: row for row in ranking_table(outcome, session, T).rows}
    for label in outcome.table.index:
        row = rows[f"Kegiatan {label}"]
        ranked = outcome.ranking_of(label) is not None
        assert (row[4] == "sedikit penilai") == (ranked and label in outcome.withheld)
        if ranked and label in outcome.withheld:
            assert row[0].rstrip("=") == str(outcome.ranking_of(label))
            assert "skornya tidak ditunjukkan (sedikit penilai)" in row[6]
            assert row[3].startswith("Rp")
            assert row[5]
    assert "Nilailah lagi pada putaran berikutnya" in ranking_table(outcome, session, T).note


@pytest.mark.parametrize("people", [1, 3, 4])
def test_a_room_smaller_than_the_smallest_group_says_so_once_at_the_top(people):
    room = twin_rooms(people=people)

    @settings(max_examples=2, phases=UNSHRUNK)
    @given(room)
    def tried(twins: Twins) -> None:
        outcome, session = twins.outcomes[0], twins.rooms[0].session()
        assert outcome.shows_no_score
        assert sum("Skor tidak ditunjukkan" in line for line in summary_sentences(outcome, session, T)) == 1
        table = ranking_table(outcome, session, T)
        assert {row[4] for row in table.rows if row[0] != "\u2013"} == {"*)"}
        assert table.note.startswith("*) Skor tidak ditunjukkan")
        assert not any("tidak ditunjukkan" in row[6] for row in table.rows)

    tried()


@given(twin_rooms())
@settings(max_examples=3, phases=UNSHRUNK)
def test_the_smallest_group_is_the_declared_one_and_an_agreement_hides_nothing(twins):
    room = twins.rooms[0]
    pair = prioritise(room.session(), Rules(minimum_group=2))
    answers = room.ballots.groupby("proposal")["participant"].nunique()
    assert pair.thin == set(answers.index[answers < 2])
    agreed = room.ballots.groupby(["proposal", "criterion"], as_index=False)["points"].mean()
    agreed = agreed.assign(round=1, participant=AGREED_CARD)
    heads = pd.concat([room.participants, room.participants.iloc[:1].assign(participant=AGREED_CARD)])
    together = replace(with_points(room, agreed), participants=heads.reset_index(drop=True))
    assert not prioritise(together.session(), Rules()).withheld
