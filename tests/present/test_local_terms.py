"""What a place calls its villages, districts and agencies stands on every screen and paper."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from tests.store.intake.sheets import book, read_bytes_as
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.domain.facts import Facts
from workbench.domain.local_terms import TERMS, suggested_words, terms_of
from workbench.domain.proposals import Proposals
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

LOCALE = Path(__file__).parents[2] / "workbench/present/locale"
HARD = re.compile(r"\b(?:desa|kecamatan|dusun|camat)(?:nya)?\b|\bOPD\b|\bperangkat daerah\b", re.IGNORECASE)
FILES_AND_COMMANDS = re.compile(
    r"cli\.|entrance\.practice|new\.name|remedy\.meeting_name|field\.|intake\.csv|room\.folder"
    r"|fact\.(?:level|word)|conditions\.ready|prepare\.facts\.words"
    r"|remedy\.(?:stage_not_declared|condition_scope_twice|minutes_braces|survey|term)"
    r"|problem\.(?:agency_without|term)|years\.common|workbook\.sipd\.lacks"
)
"""Sentences that name headers of files, words of commands, or the columns of SIPD."""


def test_no_sentence_says_hard_what_a_place_may_call_otherwise() -> None:
    sentences = {
        key: text
        for file in LOCALE.glob("id*.json")
        for key, text in json.loads(file.read_text(encoding="utf-8")).items()
    }
    hard = {key: text for key, text in sentences.items() if HARD.search(text)}
    assert {key for key in hard if not FILES_AND_COMMANDS.match(key)} == set()
    asked = {term for text in sentences.values() for term in TERMS if "{" + term in text.casefold()}
    assert asked >= {"sebutan_desa", "sebutan_kecamatan", "sebutan_dusun", "sebutan_opd"}


def test_words_are_declared_and_never_assumed() -> None:
    t = translator("id", facts=Facts(region="13.06.01", region_name="Nagari Contoh"))
    assert t("word.no_village") == "tanpa desa"
    assert suggested_words("13.06.01")["word_village"] == "nagari"
    assert suggested_words("13.09.01") == {}
    assert suggested_words("91.03")["word_district"] == "distrik"
    said = translator("id", facts=Facts(word_village="nagari", word_agency="SKPD", word_district="distrik"))
    assert said("table.funded").startswith("Daftar Urutan Kegiatan Prioritas Distrik berdasar SKPD")
    assert said("workbook.form.rkp") == "RENCANA KERJA PEMERINTAH NAGARI (RKP NAGARI)"
    assert terms_of(Facts(word_district="distrik"))["sebutan_camat"] == "kepala distrik"
    odd = translator("id", facts=Facts(word_village="{de}sa"))
    assert odd("word.no_village") == "tanpa {de}sa"


@pytest.fixture(scope="module")
def nagari(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A meeting whose lists say nothing of desa: what is left is what the workbench itself says."""
    place = tmp_path_factory.mktemp("nagari") / "rapat"
    source = open_session(project_root / "data/contoh")
    session = source.session.within("99.01.01")
    few = Proposals(session.proposals.frame.iloc[:12])
    write_session(place, session.of_proposals(few), source.rules)
    for table in place.glob("*.csv"):
        header, _, body = table.read_text(encoding="utf-8-sig").partition("\n")
        if table.name != "sesi.csv":
            table.write_text(f"\ufeff{header}\n{HARD.sub('X', body)}", encoding="utf-8")
    rules = place / "aturan.toml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("Musrenbang Kecamatan", "Musrenbang X"), "utf-8"
    )
    facts = place / "sesi.csv"
    lines = facts.read_text(encoding="utf-8-sig").splitlines()
    kept = [
        line
        for line in lines
        if not line.startswith(("sambutan", "pemaparan", "tanggapan", "tempat;", "forum"))
    ]
    facts.write_text("\ufeff" + "\n".join([*kept, "forum;Musrenbang Distrik"]) + "\n", encoding="utf-8")
    done = run("terms", place, "--isi", "desa=nagari", "--isi", "kecamatan=distrik", "--isi", "dusun=jorong",
               "--isi", "opd=SKPD")  # fmt: skip
    assert done.exit_code == Exit.DONE, done.output
    return place


def run(*words: object):
    return CliRunner().invoke(build(translator("id")), [str(word) for word in words])


@pytest.mark.parametrize("kind", ["desa", "kecamatan", "perangkat_daerah"])
def test_the_minutes_speak_as_the_place_does(kind: str, nagari: Path, tmp_path: Path) -> None:
    words = (
        "minutes",
        nagari,
        "--district",
        "99.01.01",
        "--kind",
        kind,
        "--format",
        "docx",
        "--out",
        tmp_path,
    )
    done = run(*words)
    assert done.exit_code == Exit.DONE, done.output
    paper = Document(str(next(tmp_path.glob("*.docx"))))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(each.text for each in paper.paragraphs), *cells])
    assert HARD.findall(said) == []
    wanted = {"desa": "Wali Nagari", "kecamatan": "Kepala Distrik", "perangkat_daerah": "Kepala SKPD"}
    assert wanted[kind] in said


def test_the_notice_board_speaks_as_the_place_does(nagari: Path, tmp_path: Path) -> None:
    done = run("publish", nagari, "--district", "99.01.01", "--out", tmp_path)
    assert done.exit_code == Exit.DONE, done.output
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    body = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert HARD.findall(body) == []


@pytest.mark.parametrize(
    "words",
    [["weights"], ["weights", "--json"], ["methods"], ["compare"], ["prioritise", "--json"],
     ["sure", "--json", "--draws", "50"], ["why", "--json"]],
    ids=" ".join,
)  # fmt: skip
def test_the_terminal_speaks_as_the_place_does(words: list[str], nagari: Path, tmp_path: Path) -> None:
    place = shutil.copytree(nagari, tmp_path / "rapat")
    rules = place / "aturan.toml"
    text = re.sub('aturan_pagu = ".*"', 'aturan_pagu = "jatah_lewati"', rules.read_text(encoding="utf-8"))
    rules.write_text(text.replace("\njatah = 0", "\njatah = 1"), encoding="utf-8")
    done = run(words[0], place, *words[1:])
    assert done.exit_code == Exit.DONE, done.output
    assert HARD.findall(done.stdout) == []


def test_a_wrong_word_is_refused_and_the_usual_one_only_suggested(nagari: Path) -> None:
    assert "desa=nagari" in run("terms", nagari, "--isi", "kota=x").stderr
    assert "sebutan_desa: nagari" in run("terms", nagari).stdout


@pytest.mark.parametrize(
    ("district", "village", "hamlet"),
    [
        ("Distrik", "Kampung", "Dusun"),
        ("Kecamatan", "Nama Nagari", "Jorong"),
        ("Kapanewon", "Kalurahan", "Padukuhan"),
    ],
)
def test_local_words_head_the_columns_of_places(
    district: str, village: str, hamlet: str, tmp_path: Path
) -> None:
    rows = [["No", district, village, hamlet, "Usulan", "SKPD", "Biaya (Rp)"],
            [1, "Bonto Bahari", "Bira", "Timur", "Jalan", "Dinas PU", 150_000_000]]  # fmt: skip
    intake = read_bytes_as(tmp_path, "a.xlsx", book(("a", rows, [])), region="73.02")
    line = intake.table.iloc[0]
    assert (line["region"], line["hamlet"], line["agency"]) == ("73.02.03.2005", "Timur", "Dinas PU")
