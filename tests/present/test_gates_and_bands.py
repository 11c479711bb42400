from dataclasses import replace

import pandas as pd

from workbench.domain.ballots import Gates
from workbench.domain.bands import Bands
from workbench.domain.rules import Rules
from workbench.present.bands_table import bands_by_proposal, bands_table
from workbench.present.format import EMPTY
from workbench.present.gates_table import gates_tables
from workbench.present.i18n import translator
from workbench.present.pools import pool_name, pool_sentences
from workbench.present.ranking_table import ranking_table
from workbench.present.tables import not_funded_table
from workbench.prioritisation import prioritise, prioritise_pools

T = translator("id")


def with_gates(session, lines):
    frame = pd.DataFrame(lines, columns=["proposal", "gate", "passed"]).astype({"passed": "boolean"})
    return replace(session, gates=Gates(frame.assign(note="")))


def test_failing_proposals_come_first_then_those_that_wait(build):
    session = with_gates(
        build(6).session,
        [
            ("U-000", "Aktual", None), ("U-000", "Layak", True),
            ("U-001", "Aktual", True), ("U-001", "Layak", True),
            ("U-002", "Layak", False),
        ],
    )  # fmt: skip
    counts, marked = gates_tables(prioritise(session, Rules()), session, T)
    assert counts.rows == (("Aktual", "1", "0", "1"), ("Layak", "2", "1", "0"))
    assert [(row[0], *row[2:]) for row in marked.rows] == [("U-002", EMPTY, "\u2212"), ("U-000", "?", "+")]
    assert "Tidak memenuhi syarat: 1 usulan" in marked.caption


def test_where_all_conditions_are_met_only_the_counts_stand(build):
    session = with_gates(build(6).session, [("U-000", "Aktual", True)])
    assert len(gates_tables(prioritise(session, Rules()), session, T)) == 1


def test_without_conditions_that_is_said(build):
    session = with_gates(build(6).session, [])
    (counts,) = gates_tables(prioritise(session, Rules()), session, T)
    assert counts.rows == ()
    assert counts.note


def banded(case):
    table = pd.DataFrame({"band": ["P1", "P2"], "lower": [50.0, 20.0], "meaning": ["Utama", ""]})
    return replace(case.session, bands=Bands.from_table(table))


def test_bands_are_counted_and_stand_beside_the_rank(build):
    case = build(30)
    session = banded(case)
    table = bands_table(case.outcome, session, T)
    ranked = case.outcome.table["rank"].notna()
    below = int((case.outcome.table["score"][ranked] < 20).sum())
    assert sum(int(row[3]) for row in table.rows) + below == int(ranked.sum())
    listed = not_funded_table(case.outcome, session, T)
    place = [column.key for column in listed.columns].index("band")
    bands = bands_by_proposal(case.outcome, session)
    assert {row[place] for row in listed.rows} <= {*bands, EMPTY}
    assert [column.key for column in listed.columns][place - 1 : place + 2] == ["rank", "band", "reason"]


def test_the_whole_ranking_has_the_band_behind_the_score(build):
    case = build(12)
    keys = [column.key for column in ranking_table(case.outcome, banded(case), T).columns]
    assert keys[4:6] == ["score", "band"]
    assert "band" not in [column.key for column in ranking_table(case.outcome, case.session, T).columns]


def test_without_bands_the_official_columns_are_as_they_were(build):
    case = build(30)
    assert "band" not in [column.key for column in not_funded_table(case.outcome, case.session, T).columns]


def test_pools_are_named_and_money_of_nobody_is_said(build):
    session = build(12).session
    half = ["Fisik" if n % 2 else "" for n in range(12)]
    frame = session.proposals.frame.assign(pool=half)
    session = replace(session, proposals=replace(session.proposals, frame=frame))
    assert pool_sentences(prioritise_pools(session, Rules()), T) == ()
    intro, money = pool_sentences(prioritise_pools(session, Rules(pools="apart")), T)
    assert "Fisik dan Tanpa kelompok" in intro
    assert "500.000.000" in money
    assert (pool_name("Fisik", T), pool_name("", T)) == ("Kelompok Fisik", "Tanpa kelompok")
