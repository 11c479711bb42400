"""`workbench weights` and `workbench weights deck`: side by side, in words, and never a traceback."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests.rooms import folder
from workbench.cli.exits import Exit
from workbench.cli.main import build, command_of
from workbench.present.i18n import translator

AHP = 'cara_bobot = "perbandingan_rata_rata_geometrik"\n'


def run(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), list(map(str, arguments)))


def test_methods_stand_side_by_side_and_the_others_say_why_not(tmp_path):
    place = folder(tmp_path, comparisons="001;K1;K2;3\n001;K2;K3;2\n001;K3;K1;4\n", rules=AHP)
    shown = run("weights", place)
    assert shown.exit_code == Exit.DONE
    for words in ("langsung", "rata-rata geometrik", "vektor eigen", "vektor kolom", "gabungan"):
        assert words in shown.output
    assert "Menurut aturan main dipakai: rata-rata geometrik." in shown.output
    assert "Tidak dapat dihitung dengan cara urutan" in shown.output
    assert "Berputar: Mendesak lebih penting daripada Manfaat" in shown.output
    assert "2 peserta lain" in shown.output


def test_json_says_the_same_for_machines(tmp_path):
    place = folder(tmp_path, comparisons="001;K1;K2;3\n001;K2;K3;2\n001;K3;K1;4\n", rules=AHP)
    document = json.loads(run("weights", "--json", place).output)
    assert document["method"] == "geometric_mean"
    assert set(document["weights"]["eigenvector"]) == {"K1", "K2", "K3"}
    assert sum(document["weights"]["direct"].values()) == pytest.approx(1)
    assert document["refused"]["rank_order"]["problems"][0]["code"] == "no_preferences"
    group = document["answers"]["groups"][0]
    assert group["comparisons"]["random_index_table"] == "own"
    assert group["comparisons"]["look_again"]
    assert group["comparisons"]["individuals"]["complete"] is None


@pytest.mark.parametrize("command", [("weights",), ("prioritise",)])
def test_disconnected_answers_name_what_belongs_together(tmp_path, command):
    criteria = "kode_kriteria;nama;bobot;skala_min;skala_maks\n" + "".join(
        f"K{n};Nama {n};1;1;5\n" for n in range(1, 5)
    )
    place = folder(tmp_path, criteria=criteria, comparisons="001;K1;K2;3\n002;K3;K4;2\n", rules=AHP)
    shown = run(*command, place)
    assert shown.exit_code == Exit.REFUSED
    assert "kelompok terpisah: K1 / K2, K3 / K4" in shown.output
    assert shown.exception is None or isinstance(shown.exception, SystemExit)


@pytest.mark.parametrize("comparisons", ["", "001;K1;K2;\n"])
def test_nobody_answered(tmp_path, comparisons):
    shown = run("prioritise", folder(tmp_path, comparisons=comparisons, rules=AHP))
    assert shown.exit_code == Exit.REFUSED
    assert "belum ada perbandingan" in shown.output


def test_bad_files_are_one_report(tmp_path):
    shown = run("weights", folder(tmp_path, comparisons="001;K1;Mandesak;3\n", rules=AHP))
    assert shown.exit_code == Exit.REFUSED
    assert "perbandingan.csv, baris 2, kolom kriteria_2" in shown.output
    assert "Mungkin maksudnya: K1." in shown.output


def test_the_deck_is_printed_or_written_with_its_seed(tmp_path):
    place = folder(tmp_path)
    shown = run("weights", "deck", place, "--questions", 2, "--seed", 7)
    assert shown.exit_code == Exit.DONE
    assert shown.output.count("Kartu ") == 3
    assert (
        "3 orang, masing-masing 2 pertanyaan; 3 pasangan, masing-masing ditanyakan 2 sampai 2 kali. Benih 7."
        in shown.output
    )
    target = tmp_path / "kartu.csv"
    assert (
        run("weights", "deck", place, "--pertanyaan", 2, "--benih", 7, "--out", target).exit_code == Exit.DONE
    )
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "no_kartu;kriteria_1;kriteria_2;nilai;pertanyaan;nama_1;nama_2"
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("more", "words"), [(("--questions", 9), "pertanyaan: 9"), (("--unsur", "x"), "Tidak ada peserta")]
)
def test_a_deck_that_cannot_be_dealt_is_said_in_words(tmp_path, more, words):
    shown = run("weights", "deck", folder(tmp_path), *more)
    assert shown.exit_code == Exit.REFUSED
    assert words in shown.output


def test_every_part_of_the_command_has_help_in_both_languages():
    for language in ("id", "en"):
        group = command_of("weights", translator(language))
        for command in group.commands.values():
            assert command.help
            assert all(option.help for option in command.params if option.param_type_name == "option")
    assert "deck FOLDER" in run("weights", "--help").output
    assert run("weights").exit_code in (Exit.DONE, Exit.MISUSED)
