"""``workbench minutes`` from a folder to files, within the minutes that a signing takes."""

import io
import shutil
import time

import pypdf
import pytest
from click.testing import CliRunner
from docx import Document

from tests.store.rooms import opened, play
from workbench.cli.main import build
from workbench.domain.proposals import Proposals
from workbench.present.i18n import translator
from workbench.store.journal_opening import reading
from workbench.store.minutes_texts import own_minutes_text
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session


@pytest.fixture(scope="module")
def folder(project_root, tmp_path_factory):
    place = tmp_path_factory.mktemp("musyawarah") / "contoh"
    source = open_session(project_root / "data/contoh")
    session = source.session.within("99.01.01")
    few = Proposals(session.proposals.frame.iloc[:40])
    write_session(place, session.of_proposals(few), source.rules)
    shutil.copy(project_root / "data/contoh/identitas.csv", place)
    return place


def run(*words):
    return CliRunner().invoke(build(translator("id")), ["minutes", *map(str, words)])


def test_from_the_last_decision_to_the_printable_paper_in_under_a_minute(folder):
    started = time.perf_counter()
    result = run(folder, "--kecamatan", "99.01.01")
    assert result.exit_code == 0, result.output
    assert time.perf_counter() - started < 60
    made = folder / "dokumen"
    word = Document(io.BytesIO((made / "berita-acara-99.01.01.docx").read_bytes()))
    pdf = pypdf.PdfReader(made / "berita-acara-99.01.01.pdf")
    text = "".join(page.extract_text() for page in pdf.pages)
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["BERITA ACARA", "LAMPIRAN I", "LAMPIRAN II", "LAMPIRAN III", "LAMPIRAN IV"]
    assert all(head in text for head in heads)
    assert "DRAF" in result.output
    assert "Bapak Contoh" not in text


def test_a_file_that_somebody_edited_is_not_written_over_unasked(folder, tmp_path):
    asked = (folder, "--kecamatan", "99.01.01", "--format", "docx", "--out", tmp_path)
    assert run(*asked).exit_code == 0
    assert run(*asked).exit_code == 0
    path = tmp_path / "berita-acara-99.01.01.docx"
    path.write_bytes(b"disunting")
    refused = run(*asked)
    assert (refused.exit_code, path.read_bytes()) == (1, b"disunting")
    assert "tidak ditimpa" in refused.output
    assert run(*asked, "--ganti").exit_code == 0
    assert path.read_bytes() != b"disunting"


def test_the_text_is_copied_edited_and_used(folder, tmp_path):
    assert run(folder, "--salin-naskah").exit_code == 0
    own = own_minutes_text(folder, "kecamatan")
    assert run(folder, "--salin-naskah").exit_code == 3
    own.write_text(
        own.read_text("utf-8").replace("{zona}", "").replace("Demikian", "{kecamatn} Demikian"), "utf-8"
    )
    refused = run(folder, "--kecamatan", "99.01.01", "--out", tmp_path)
    assert refused.exit_code == 3
    assert "{kecamatan}" in refused.output
    own.unlink()


def test_names_are_told_to_be_there_and_a_missing_file_is_named(folder, tmp_path):
    asked = (folder, "--kecamatan", "99.01.01", "--nama", "--format", "docx", "--out", tmp_path)
    named = run(*asked)
    assert named.exit_code == 0
    assert "nama orang" in named.output
    (folder / "identitas.csv").rename(folder / "lain.bak")
    refused = run(*asked)
    assert refused.exit_code == 3
    assert "identitas.csv" in refused.output
    (folder / "lain.bak").rename(folder / "identitas.csv")


def test_without_the_pdf_package_the_word_file_is_made_and_that_is_said(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.publishing.minutes.can_write_pdf", lambda: False)
    result = run(folder, "--kecamatan", "99.01.01", "--out", tmp_path)
    assert result.exit_code == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".docx"]
    assert "typst" in result.output


def test_a_level_without_a_text_is_refused_with_the_kinds(folder, tmp_path):
    facts = folder / "sesi.csv"
    before = facts.read_bytes()
    facts.write_bytes(before.replace(b"tingkat;kecamatan", b"tingkat;nasional"))
    refused = run(folder, "--out", tmp_path)
    assert refused.exit_code == 3
    assert "perangkat_daerah" in refused.output
    chosen = run(folder, "--jenis", "perangkat_daerah", "--format", "docx", "--out", tmp_path)
    assert chosen.exit_code == 0, chosen.output
    assert [path.name for path in tmp_path.iterdir()] == ["berita-acara-99.01.01.docx"]
    facts.write_bytes(before)


def test_after_a_live_room_the_paper_carries_the_closing_hash_of_its_journal(tmp_path):
    with opened(tmp_path / "ruang") as room:
        play(room, 3)
    with reading(tmp_path / "ruang") as journal:
        closing = journal.tip().hash
    result = run(tmp_path / "ruang", "--jenis", "kecamatan", "--format", "docx", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    word = Document(next((tmp_path / "out").glob("*.docx")))
    assert closing in "\n".join(paragraph.text for paragraph in word.paragraphs)
