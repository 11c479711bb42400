"""What is said about weights from people's answers: plain sentences, and never about few people."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest

from tests.rooms import TREE, room
from workbench.domain.rules import Rules
from workbench.present.format import EMPTY
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.weight_records import group_record
from workbench.present.weight_tables import hierarchy_table, methods_table, ways_table
from workbench.present.weights import (
    circle_sentence,
    comparison_sentences,
    scale_value,
    sibling_sentences,
    times,
    weights_sentences,
)
from workbench.prioritisation.weighting import WEIGHTING

T = translator("id")
CIRCLE = [("1", "K1", "K2", 3.0), ("1", "K2", "K3", 2.0), ("1", "K3", "K1", 4.0)]
NAMES = {f"K{n}": f"Kriteria K{n}" for n in range(1, 9)}


def weigh(session, method="geometric_mean"):
    return WEIGHTING[method](session, Rules(weighting=method))


def said(session, method="geometric_mean", minimum=5) -> str:
    found = weigh(session, method)
    return "\n".join(line for group in found.groups for line in sibling_sentences(group, session, minimum, T))


def test_a_circle_is_read_out_with_its_three_answers():
    text = said(room(CIRCLE))
    assert (
        "Berputar: Kriteria K1 lebih penting daripada Kriteria K2, "
        "Kriteria K2 lebih penting daripada Kriteria K3, "
        "tetapi Kriteria K3 lebih penting daripada Kriteria K1." in text
    )
    assert "ambang untuk 3 kriteria 0,05; tabel indeks acak workbench" in text
    assert "saling bertentangan" in text
    assert "Ruangan menjawab Kriteria K2 lebih penting daripada Kriteria K3, tetapi bobotnya tidak" in text
    assert "(GCI)" in text
    assert "Lihat lagi" in text


def test_answers_that_fit_are_said_to_fit_and_nothing_else():
    fits = [("1", "K1", "K2", 2.0), ("1", "K2", "K3", 2.0), ("1", "K1", "K3", 4.0)]
    text = said(room(fits))
    assert "Jawaban ruangan selaras." in text
    for alarm in ("Berputar", "Lihat lagi", "Tiga jawaban", "Perhatian"):
        assert alarm not in text


def test_gaps_name_the_simulated_index_with_its_seed():
    labels = {f"K{n}": "" for n in range(1, 5)}
    lines = [("1", "K1", "K2", 2.0), ("1", "K2", "K3", 2.0), ("1", "K3", "K4", 2.0), ("1", "K1", "K4", 2.0)]
    assert "2 pasangan belum dibandingkan siapa pun" in said(room(lines, parents=labels))
    assert "benih 20260101" in said(room(lines, parents=labels))
    assert "belum ada yang dapat bertentangan" in said(room(lines[:3], parents=labels))


def test_two_criteria_cannot_contradict():
    assert said(room([("1", "K1", "K2", 2.0)], parents={"K1": "", "K2": ""})) == (
        "Satu perbandingan tidak dapat bertentangan dengan dirinya sendiri."
    )


@pytest.mark.parametrize(
    ("ratios", "words"),
    [
        ([0.2] * 4, "Rasio perorangan tidak ditampilkan"),
        ([0.0] * 6, "tidak ada yang CR-nya di atas ambang"),
        ([0.0] * 6 + [0.9] * 3, "kurang dari 5 orang memiliki CR"),
        ([0.0] * 3 + [0.9] * 6, "hampir semua"),
        ([0.0] * 5 + [0.9] * 15, "75 % memiliki CR"),
    ],
)
def test_people_are_a_share_and_few_people_never_a_number(ratios, words):
    found = replace(weigh(room(CIRCLE)).comparisons, individual_ratios=pd.Series(ratios, dtype="float64"))
    text = "\n".join(comparison_sentences(found, NAMES, 5, T))
    assert words in text
    few = {sum(ratio > 0.05 for ratio in ratios), sum(ratio <= 0.05 for ratio in ratios)} & {1, 2, 3, 4}
    for count in few:
        assert f" {count} orang" not in text
        assert f"{count / len(ratios):.0%}".replace("%", " %") not in text


def test_the_machine_s_record_hides_few_people_too():
    found = weigh(room([(f"{n}", *line[1:]) for n in range(3) for line in CIRCLE]), "combined").groups[0]
    record = group_record(found, 5)
    assert record["comparisons"]["individuals"] == {"complete": None, "above_threshold": None}
    assert record["ways"]["judgement"]["participants"] is None
    assert record["comparisons"]["contradictions"][0]["items"] == ("K1", "K2", "K3")
    many = weigh(room([(f"{n}", *line[1:]) for n in range(7) for line in CIRCLE])).groups[0]
    assert group_record(many, 5)["comparisons"]["individuals"] == {"complete": 7, "above_threshold": 7}


def test_long_lists_are_cut_and_counted():
    labels = [f"K{n}" for n in range(1, 7)]
    lines = [("1", a, b, 2.0 if (int(b[1]) - int(a[1])) % 2 else 0.5) for a, b in combinations(labels, 2)]
    text = said(room(lines, parents=dict.fromkeys(labels, "")))
    assert text.count("Berputar:") == 3
    assert "putaran lain" in text


def test_who_answered_is_counted_and_old_spreadsheets_are_warned_of():
    session = room([*CIRCLE, ("2", "K1", "K2", None)], people=("1", "2", "3"))
    lines = weights_sentences(weigh(session, "column_mean"), T)
    assert lines[0].startswith("1 orang menjawab")
    assert lines[1].startswith("1 orang mengembalikan lembar kosong")
    assert lines[2].startswith("1 peserta lain")
    assert "meniru lembar hitung lama" in lines[3]


def test_a_group_with_declared_weights_says_so():
    session = room(
        [("1", "G1", "G2", 2.0), ("1", "K1", "K2", 2.0)], parents=TREE, weights=dict.fromkeys(TREE, 1)
    )
    assert "ditetapkan langsung oleh forum" in said(session)
    table = hierarchy_table(weigh(session), session, T)
    assert [row[0] for row in table.rows] == ["G1", "K1", "K2", "G2", "K3", "K4", "K5"]
    assert table.rows[1][2:] == ("66,7 %", "44,4 %")
    assert table.rows[0][3] == "(66,7 %)"


def test_few_people_of_one_way_are_not_described_apart():
    beans = [(f"{n}", "points", k, "", float(n)) for n in range(6) for k in ("K1", "K2", "K3")]
    session = room(CIRCLE, beans)
    table = ways_table(weigh(session, "combined").groups[0], session, 5, T)
    by_way = {row[0]: row[1:] for row in table.rows}
    assert by_way["perbandingan"][:2] == ("kurang dari 5", EMPTY)
    assert by_way["perbandingan"][3] == EMPTY
    assert by_way["biji"][0] == "6"
    with pytest.raises(ValueError, match="combined"):
        ways_table(weigh(session).groups[0], session, 5, T)


def test_methods_stand_side_by_side():
    session = room(CIRCLE)
    table = methods_table({"eigenvector": weigh(session, "eigenvector").values}, session, T)  # noqa: PD011
    assert [column.label for column in table.columns] == ["Kode", "Kriteria", "vektor eigen"]
    assert len(table.rows) == 3


def test_small_words():
    assert times("A", "B", 1.0, T) == "A sama penting dengan B"
    assert times("A", "B", 0.25, T) == "B 4,0 kali sepenting A"
    assert [scale_value(value) for value in (9.0, 1.0, 1 / 7)] == ["9", "1", "1/7"]
    assert circle_sentence(("A", "B", "C", "D"), T).count("lebih penting daripada") == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["geometric_mean", "eigenvector", "column_mean", "combined"])
def test_both_languages_speak_about_every_method(language, method):
    session = room(CIRCLE)
    found = weigh(session, method)
    t = translator(language)
    assert all(sibling_sentences(group, session, 5, t) for group in found.groups)
