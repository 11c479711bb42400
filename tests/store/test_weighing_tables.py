"""Comparisons, other answers and groups of criteria as people write them: read, refused with place, kept."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.rooms import folder
from workbench.errors import InvalidInput
from workbench.prioritisation.questions import deal_questions
from workbench.prioritisation.weighting import WEIGHTING
from workbench.store.deck_file import deck_bytes
from workbench.store.session_folder import open_session
from workbench.store.session_writing import session_files, write_session

TREE = (
    "kode_kriteria;nama;bobot;skala_min;skala_maks;induk\nG1;Kebutuhan;60 %;;;\nK1;Mendesak;3/4;1;5;G1\n"
    "K2;Manfaat;1/4;1;5;G1\nK3;Lahan;40 %;1;5;\n"
)


def problems(place, **files) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(InvalidInput) as caught:
        open_session(folder(place, **files))
    return sorted((p.code, p.file, p.row, p.column) for p in caught.value.problems)


def test_every_fault_of_a_comparison_is_placed_in_its_file(tmp_path):
    found = problems(
        tmp_path,
        comparisons="001;K1;K2;3\n001;K2;K1;3\n002;K1;K9;2\n002;K1;K3;12\n009;K1;K2;2\n003;K1;K1;2\n003;K1;K2;0\n"
        "003;K2;K3;tiga\n",
    )
    assert [line for line in found if line[2] != 9] == [
        ("compared_with_itself", "perbandingan.csv", 7, "kriteria_2"),
        ("judgement_contradictory", "perbandingan.csv", 3, "nilai"),
        ("judgement_not_positive", "perbandingan.csv", 8, "nilai"),
        ("judgement_outside_scale", "perbandingan.csv", 5, "nilai"),
        ("unknown_criterion", "perbandingan.csv", 4, "kriteria_2"),
        ("unknown_participant", "perbandingan.csv", 6, "no_kartu"),
    ]
    assert [line[1:] for line in found if line[2] == 9] == [("perbandingan.csv", 9, "nilai")]


def test_the_scale_is_free_where_the_rules_say_so(tmp_path):
    rules = 'skala_perbandingan = "bebas"\ncara_bobot = "perbandingan_rata_rata_geometrik"\n'
    opened = open_session(folder(tmp_path, comparisons="001;K1;K2;12\n001;K2;K3;1/20\n", rules=rules))
    assert opened.rules.comparison_scale == "free"
    assert opened.session.judgements.frame["value"].tolist() == [12.0, 0.05]


def test_every_fault_of_another_answer_is_placed_in_its_file(tmp_path):
    found = problems(tmp_path, preferences="001;urutn;K1;;1\n001;biji;K1;K2;3\n001;terbaik;K1;K2;10\n")
    assert found == [
        ("judgement_outside_scale", "pembobotan.csv", 4, "nilai"),
        ("other_not_expected", "pembobotan.csv", 3, "pembanding"),
        ("unknown_choice", "pembobotan.csv", 2, "cara"),
    ]


def test_words_and_headers_people_use_are_understood(tmp_path):
    place = folder(tmp_path, preferences="001;Biji;K1;;3\n001;kacang;K2;;2\n001;Terbaik;K1;K2;3\n")
    text = (place / "pembobotan.csv").read_text(encoding="utf-8").replace("kode_kriteria", "kriteria")
    (place / "pembobotan.csv").write_text(text, encoding="utf-8")
    frame = open_session(place).session.preferences.frame
    assert frame["way"].tolist() == ["points", "points", "best"]
    assert frame["criterion"].tolist() == ["K1", "K2", "K1"]


def test_groups_are_read_weighed_written_and_read_again(tmp_path):
    opened = open_session(
        folder(tmp_path, criteria=TREE, comparisons="001;K1;K2;1/3\n", preferences="001;urutan;G1;;1\n")
    )
    weights = WEIGHTING["direct"](opened.session, opened.rules).values  # noqa: PD011 - a field of ours
    assert weights.to_dict() == pytest.approx({"K1": 0.45, "K2": 0.15, "K3": 0.4})
    write_session(tmp_path / "baru", opened.session, opened.rules)
    again = open_session(tmp_path / "baru")
    pd.testing.assert_frame_equal(again.session.criteria.groups, opened.session.criteria.groups)
    pd.testing.assert_frame_equal(again.session.criteria.frame, opened.session.criteria.frame)
    pd.testing.assert_frame_equal(again.session.preferences.frame, opened.session.preferences.frame)
    assert again.session.criteria.frame["weight_text"].tolist() == ["3/4", "1/4", "40 %"]
    assert session_files(again.session, again.rules) == session_files(opened.session, opened.rules)


def test_faults_of_groups_are_placed_in_the_criteria_file(tmp_path):
    wrong = TREE.replace("K2;Manfaat;1/4;1;5;G1", "K2;Manfaat;1/4;1;5;G9").replace(";60 %;;;", ";60 %;1;;")
    assert problems(tmp_path, criteria=wrong) == [
        ("group_with_measure", "kriteria.csv", 2, "skala_min"),
        ("unknown_parent", "kriteria.csv", 4, "induk"),
    ]


def test_a_filled_deck_is_a_table_of_comparisons(tmp_path):
    place = folder(tmp_path)
    session = open_session(place).session
    deck = deal_questions(session.participants.labels, session.criteria, 2, seed=1)
    text = deck_bytes(deck, session.criteria.frame["name"]).decode("utf-8-sig")
    lines = [line.split(";") for line in text.splitlines()]
    value = lines[0].index("nilai")
    filled = [lines[0], *[[*line[:value], "3", *line[value + 1 :]] for line in lines[1:]]]
    (place / "perbandingan.csv").write_text("\n".join(";".join(line) for line in filled), encoding="utf-8")
    assert len(open_session(place).session.judgements.frame) == 6
