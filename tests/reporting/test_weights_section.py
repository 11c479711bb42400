"""The report's part about weights: there when people answered, absent when the forum declared."""

from __future__ import annotations

import pytest

from tests.rooms import folder
from workbench.reporting import open_report

TREE = (
    "kode_kriteria;nama;bobot;skala_min;skala_maks;induk\nG1;Kebutuhan;60 %;;;\nK1;Mendesak;3/4;1;5;G1\n"
    "K2;Manfaat;1/4;1;5;G1\nK3;Lahan;40 %;1;5;\n"
)


def test_declared_weights_leave_no_section(tmp_path):
    report = open_report(str(folder(tmp_path)), "73.02.01")
    assert (report.weighting().heading, report.weighting().blocks) == ("", ())
    assert "50 %" in "".join(report.criteria().blocks)


@pytest.mark.parametrize("word", ["rata_rata_geometrik", "vektor_eigen", "vektor_kolom"])
def test_comparisons_have_their_section(tmp_path, word):
    lines = "".join(f"00{n};K1;K2;3\n00{n};K2;K3;2\n00{n};K3;K1;4\n" for n in (1, 2))
    place = folder(tmp_path, comparisons=lines, rules=f'cara_bobot = "perbandingan_{word}"\n')
    report = open_report(str(place), "73.02.01")
    text = "".join(report.weighting().blocks)
    assert report.weighting().heading == "Bobot dari perbandingan"
    assert "2 orang menjawab" in text
    assert "Berputar: Mendesak" in text
    assert "001" not in text
    assert ("meniru lembar hitung lama" in text) == (word == "vektor_kolom")
    assert "50 %" not in "".join(report.criteria().blocks).split("<svg")[0]


def test_other_answers_have_their_own_heading_and_table(tmp_path):
    lines = "".join(f"001;biji;K{n};;{n}\n" for n in (1, 2, 3))
    report = open_report(
        str(folder(tmp_path, preferences=lines, rules='cara_bobot = "gabungan"\n')), "73.02.01"
    )
    assert report.weighting().heading == "Bobot dari jawaban peserta"
    assert "Sumbangan setiap cara menjawab" in "".join(report.weighting().blocks)
    assert "kurang dari 5" in "".join(report.weighting().blocks)


def test_groups_show_local_and_global_weights(tmp_path):
    text = "".join(open_report(str(folder(tmp_path, criteria=TREE)), "73.02.01").criteria().blocks)
    assert "Bobot setempat dan bobot keseluruhan" in text
    assert "75,0 %" in text
    assert "45,0 %" in text
    assert "(60,0 %)" in text
