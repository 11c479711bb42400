"""What is published: a page without people, a file that recomputes, and hashes that show every change."""

import json
import re
import shutil

import pandas as pd
import pypdf
import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Decision, Resolution
from workbench.present.i18n import translator
from workbench.present.public_page import qr_svg
from workbench.prioritisation import prioritise
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

CODE = "99.01.01"


@pytest.fixture(scope="module")
def folder(project_root, tmp_path_factory):
    place = tmp_path_factory.mktemp("terbit") / "contoh"
    opened = open_session(project_root / "data/contoh")
    session = opened.session.within(CODE)
    few = session.of_proposals(Proposals(session.proposals.frame.iloc[:80]))
    waiting = str(prioritise(few, opened.rules).standing("funded").index[-1])
    decided = Resolution.empty().decided(
        waiting, "Lahan bersengketa", few.proposals, decision=Decision.NOT_FUNDED
    )
    write_session(place, few, opened.rules, decided.lock())
    shutil.copy(project_root / "data/contoh/identitas.csv", place)
    return place


@pytest.fixture
def published(folder, tmp_path):
    result = run("publish", folder, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "draf" not in result.output
    return tmp_path


def run(*words):
    return CliRunner().invoke(build(translator("id")), list(map(str, words)))


def page_of(place):
    return (place / f"pengumuman-{CODE}.html").read_text("utf-8")


def test_every_proposal_stands_on_the_page_and_nobody(folder, published):
    session = open_session(folder).session
    page = page_of(published).replace("<wbr/>", "").replace("\u00a0", " ")
    ranked = session.proposals.at_stage("Musrenbang Kecamatan").frame
    missing = [name for name in ranked["activity"] if name.replace("&", "&amp;") not in page]
    assert missing == []
    people = pd.read_csv(folder / "identitas.csv", sep=";", dtype="str", encoding="utf-8-sig")
    assert [name for name in people["nama"] if name in page] == []
    assert [card for card in session.participants.labels if re.search(rf"\b{card}\b", page)] == []
    assert "Lahan bersengketa" in page


def test_the_page_asks_no_other_host_and_carries_the_hash_in_letters_and_as_qr(published):
    page = page_of(published)
    digest = (published / f"sidik-{CODE}.txt").read_text("utf-8").split()[0]
    assert digest in page.replace("<wbr/>", "")
    assert qr_svg(digest)[:200] in page
    assert qr_svg(digest) != qr_svg("0" * 64)
    outside = [
        link for link in re.findall(r'(?:src|href)="([^"]+)"', page) if not link.startswith(("#", "data:"))
    ]
    assert outside == []
    assert "<script" not in page


def test_the_same_forum_is_published_with_the_same_bytes(folder, published, tmp_path_factory):
    again = tmp_path_factory.mktemp("lagi")
    assert run("publish", folder, "--out", again).exit_code == 0
    for path in published.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_the_published_outcome_is_recomputed_from_the_folder(folder, published):
    result = run("verify", published / f"hasil-publik-{CODE}.json", "--session", folder)
    assert result.exit_code == 0, result.output


def test_an_intact_publication_is_called_intact(published):
    digest = (published / f"sidik-{CODE}.txt").read_text("utf-8").split()[0]
    result = run("verify-publication", published, "--sidik", f"SHA256:{digest}".upper())
    assert result.exit_code == 0, result.output
    assert digest in result.output
    other = run("verify-publication", published, "--sidik", "0" * 64)
    assert other.exit_code == 1


def test_every_change_of_a_published_file_is_seen(published):
    outcome = published / f"hasil-publik-{CODE}.json"
    content = json.loads(outcome.read_bytes())
    content["lists"][0]["spent"] += 1
    before = outcome.read_bytes()
    outcome.write_text(json.dumps(content), encoding="utf-8")
    changed = run("verify-publication", published)
    assert (changed.exit_code, "Berbeda dari sidiknya" in changed.output) == (1, True)
    outcome.unlink()
    assert run("verify-publication", published).exit_code == 1
    outcome.write_bytes(before)
    assert run("verify-publication", published).exit_code == 0


def test_a_page_that_names_another_hash_is_seen_even_when_its_own_hash_was_renewed(published):
    import hashlib

    path, hashes = published / f"pengumuman-{CODE}.html", published / f"sidik-{CODE}.txt"
    digest = hashes.read_text("utf-8").split()[0]
    halves = "<wbr/>".join(re.findall(".{1,28}", digest))
    path.write_text(page_of(published).replace(halves, "f" * 64).replace(digest, "f" * 64), encoding="utf-8")
    lines = hashes.read_text("utf-8").splitlines()
    own = hashlib.sha256(path.read_bytes()).hexdigest()
    hashes.write_text(f"{lines[0]}\n{own}  {path.name}\n", encoding="utf-8")
    result = run("verify-publication", published)
    assert result.exit_code == 1
    assert "tidak menyebut" in result.output


@pytest.mark.parametrize(("text", "code"), [(None, 3), ("bukan sidik", 3), (f"{'a' * 64}  ../lain.txt", 3)])
def test_what_is_no_publication_is_refused(tmp_path, text, code):
    if text:
        (tmp_path / "sidik-x.txt").write_text(text, encoding="utf-8")
    assert run("verify-publication", tmp_path).exit_code == code


def test_a_draft_is_published_as_a_draft(folder, tmp_path):
    opened = open_session(folder)
    write_session(tmp_path / "draf", opened.session, opened.rules)
    result = run("publish", tmp_path / "draf", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "draf" in result.output
    assert "belum dikunci" in page_of(tmp_path / "out")


def test_slips_are_printed_as_pdf_four_to_a_sheet(folder, tmp_path):
    path = tmp_path / "kartu.pdf"
    result = run("why", folder, "--out", path)
    assert result.exit_code == 0, result.output
    reader = pypdf.PdfReader(path)
    counts = [page.extract_text().count("Mengapa usulan ini") for page in reader.pages]
    assert counts[:-1] == [4] * (len(counts) - 1)
    opened = open_session(folder)
    standings = prioritise(opened.session, opened.rules).table["standing"].value_counts()
    assert sum(counts) == standings["over_the_line"] > 10
