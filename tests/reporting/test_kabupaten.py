"""From an input to all pages: nothing disappears, failures are named, odd names do no harm."""

import json
import re
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.reporting.kabupaten_sessions import write_kabupaten
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.reporting.jobs import JobStatus
from workbench.reporting.kabupaten import BatchOptions, make_reports

T = translator("id")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("laporan")
    source = place / "folder dengan spasi & tanda"
    write_kabupaten(source, {"99.01.01": 1, "99.01.02": 5, "99.01.03": 60})
    return make_reports(source, None, place / "hasil", T, BatchOptions(workers=2))


def test_the_working_folder_says_that_it_stays_at_home(tmp_path):
    write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    out = tmp_path / "laporan"
    make_reports(tmp_path / "data", None, out, T, BatchOptions(workers=1))
    cards = list(out.rglob("nilai.csv"))
    assert cards
    assert all(".kerja" in path.parts for path in cards)
    assert "Jangan dibagikan" in (out / ".kerja" / "JANGAN-DIBAGIKAN.txt").read_text("utf-8")


def test_every_district_has_a_page_and_none_failed(made):
    assert made.batch.complete
    assert made.failures == ()
    for code in ("99.01.01", "99.01.02", "99.01.03"):
        assert (made.index.parent / f"{code}.html").is_file()


def test_every_proposal_of_the_list_stands_on_exactly_one_page(made):
    folder = made.index.parent
    records = [json.loads((folder / f"99.01.0{n}.json").read_text("utf-8")) for n in (1, 2, 3)]
    assert [record["proposals"] for record in records] == [1, 5, 60]
    for record in records:
        parts = ("funded", "not_funded", "unpriced", "not_rankable")
        assert sum(record[part] for part in parts) == record["proposals"]
    apart = (folder / "tanpa_kecamatan.html").read_text("utf-8")
    assert "X-0" in apart
    assert "X-1" in apart


def test_the_workbook_holds_summary_form_ranking_with_parts_and_weights(made):
    folder = made.index.parent
    book = openpyxl.load_workbook(folder / "99.01.03.xlsx", data_only=True)
    assert book.sheetnames[:4] == ["Ringkasan", "T-D.4", "Peringkat", "Bobot"]
    said = [str(row[0]) for row in book["Ringkasan"].iter_rows(values_only=True)]
    assert any("Hasil skoring adalah bahan musyawarah" in line for line in said)
    rows = list(book["Peringkat"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if "Skor" in row)
    listed = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[1] is not None]
    assert len(listed) == 60
    assert all(str(line["Alasan"]).endswith(".") for line in listed)
    parts, score = slice(6, rows[head].index("Skor")), rows[head].index("Skor")
    for row in rows[head + 1 :]:
        if row[score] is not None:
            assert sum(row[parts]) == pytest.approx(row[score])
    record = json.loads((folder / "99.01.03.json").read_text("utf-8"))
    assert max(line["Jumlah berjalan"] or 0 for line in listed if line["Peringkat"]) >= (record["spent"] or 0)


def test_what_is_for_the_screen_alone_is_named_on_paper(made):
    page = (made.index.parent / "99.01.03.html").read_text("utf-8")
    annexes, lines = page.count('<aside class="annex">'), page.count('<p class="note instead">')
    assert annexes == lines > 0
    pdf = pypdf.PdfReader(made.index.parent / "99.01.03.pdf")
    printed = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert printed.count("hanya di laporan layar") == annexes


def test_names_with_odd_characters_are_shown_and_never_become_markup(made):
    for path in made.index.parent.glob("*.html"):
        page = path.read_text("utf-8")
        assert "<b>" not in page
        assert "<i>Uji" not in page
        assert "<kawan>" not in page
    assert "&lt;b&gt;" in (made.index.parent / "99.01.01.html").read_text("utf-8")


def test_the_pages_carry_the_mark_and_no_address(made):
    for path in made.index.parent.glob("*.html"):
        page = path.read_text("utf-8")
        assert "data contoh (sintetis)" in page
        # the name of the SVG format is a name, not an address that is asked
        assert set(re.findall(r"https?://[^\"' <)]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_a_second_run_makes_nothing_again(made):
    source = made.index.parents[1] / "folder dengan spasi & tanda"
    again = make_reports(source, None, made.index.parent, T, BatchOptions(workers=2))
    assert again.batch.count(JobStatus.UNCHANGED) == 3


def test_a_changed_table_makes_its_district_again(made, tmp_path):
    source = tmp_path / "sumber"
    write_kabupaten(source, {"99.01.01": 1, "99.01.02": 5})
    make_reports(source, None, tmp_path / "hasil", T, BatchOptions(workers=1))
    text = (source / "usulan.csv").read_text("utf-8-sig").replace("Kegiatan 4", "Kegiatan empat")
    (source / "usulan.csv").write_text(text, encoding="utf-8-sig")
    again = make_reports(source, None, tmp_path / "hasil", T, BatchOptions(workers=1))
    statuses = {job.name: job.status for job in again.batch.jobs}
    assert statuses == {"99.01.01": JobStatus.UNCHANGED, "99.01.02": JobStatus.WRITTEN}


def test_an_unknown_district_is_refused(made, tmp_path):
    source = made.index.parents[1] / "folder dengan spasi & tanda"
    with pytest.raises(InvalidInput) as refused:
        make_reports(source, None, tmp_path, T, BatchOptions(districts=("99.01.77",)))
    assert refused.value.problems[0].value == "99.01.77"


def test_reports_can_be_in_english(made, tmp_path):
    source = made.index.parents[1] / "folder dengan spasi & tanda"
    options = BatchOptions(districts=("99.01.02",), workers=1)
    english = make_reports(source, None, tmp_path, translator("en"), options)
    page = (tmp_path / "99.01.02.html").read_text("utf-8")
    assert english.batch.complete
    assert '<html lang="en">' in page
    assert "Reproducibility card" in page
    assert "Usulan yang" not in page


@pytest.mark.slow
@pytest.mark.shared_data
def test_the_real_list_of_a_kabupaten(shared_folder, tmp_path, project_root):
    source = shared_folder / "data/musrenbang/sukabumi_usulan_2019.csv.gz"
    recipe = project_root / "data/pemetaan/erkpd_sukabumi_2019"
    options = BatchOptions(districts=("32.02.07", "32.02.13"), workers=2)
    made = make_reports(source, recipe, tmp_path, T, options)
    assert made.batch.complete
    parungkuda = json.loads((tmp_path / "32.02.13.json").read_text("utf-8"))
    assert parungkuda["ranked"] == parungkuda["proposals"] == 168
    assert parungkuda["room"] is None
    assert len(list(Path(tmp_path / ".kerja").glob("32.02.*"))) == 47
    assert "3.106" in made.index.read_text("utf-8")
