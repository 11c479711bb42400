"""A folder of several inputs: a damaged one fails alone, is named with its reason, and a rerun completes."""

import gzip
import json

import pytest

from tests.reporting.kabupaten_sessions import ODD, write_kabupaten
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.reporting.gathering import gather, several
from workbench.reporting.jobs import JobStatus
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.store.session_folder import open_session

T = translator("id")
ONE_WORKER = BatchOptions(workers=1)


@pytest.fixture
def handed_in(tmp_path):
    """What three kecamatan handed in, each its own folder, beside a folder of no list at all."""
    source = tmp_path / "serahan"
    for number in (1, 2, 3):
        write_kabupaten(source / f"kecamatan {number}", {f"99.01.0{number}": 1 + number})
    (source / "kosong").mkdir()
    (source / ".tersembunyi").mkdir()
    return source


def damage(folder):
    table = folder / "usulan.csv"
    sound = table.read_bytes()
    table.write_bytes(sound.replace(b"1000000", b"satu juta", 1))
    return sound


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_a_damaged_input_in_the_middle_fails_alone_and_a_rerun_completes(handed_in, tmp_path):
    out = tmp_path / "hasil"
    (handed_in / "kosong").rmdir()
    whole = make_reports(handed_in, None, out, T, ONE_WORKER)
    assert whole.complete
    assert "laporan lama" not in whole.index.read_text("utf-8")
    page = (out / "99.01.02.html").read_bytes()

    sound = damage(handed_in / "kecamatan 2")
    made = make_reports(handed_in, None, out, T, ONE_WORKER)
    assert not made.complete
    assert made.batch.count(JobStatus.UNCHANGED) == 2
    (failure,) = made.failures
    assert (failure.name, "usulan.csv" in failure.reason, "satu juta" in failure.reason) == (
        "kecamatan 2", True, True,
    )  # fmt: skip
    index = made.index.read_text("utf-8")
    assert "satu juta" in index
    assert 'href="99.01.02.html">Kec 99.01.02 &amp; &lt;kawan&gt;</a> (laporan lama)' in index
    assert (out / "99.01.02.html").read_bytes() == page

    (handed_in / "kecamatan 2" / "usulan.csv").write_bytes(sound)
    again = make_reports(handed_in, None, out, T, ONE_WORKER)
    assert again.complete
    assert "laporan lama" not in again.index.read_text("utf-8")


def test_nothing_handed_in_is_passed_over(handed_in, tmp_path):
    write_kabupaten(handed_in / "zz salinan", {"99.01.03": 5, "99.01.04": 1})
    found = gather(handed_in, None, tmp_path / "kerja", T)
    assert list(found.slices.names) == ["99.01.01", "99.01.02", "99.01.03", "99.01.04"]
    assert [(failure.name, failure.reason.split(" ")[-1]) for failure in found.failures] == [
        ("kosong", found.failures[0].reason.split(" ")[-1]),
        ("zz salinan", "dipakai."),
    ]
    assert "kecamatan 3" in found.failures[1].reason
    assert len(open_session(found.slices.folders["99.01.03"]).session.proposals) == 4
    apart = open_session(found.slices.overview).session
    assert sorted(apart.proposals.labels)[:2] == ["kecamatan 1/X-0", "kecamatan 1/X-1"]
    assert len(apart.proposals) == 8
    assert set(apart.proposals.frame["activity"]) == {ODD}
    assert apart.facts.region == "99.01"


def test_where_not_one_can_be_read_all_problems_are_named_at_once(handed_in, tmp_path):
    for number in (1, 2, 3):
        damage(handed_in / f"kecamatan {number}")
    with pytest.raises(InvalidInput) as refused:
        gather(handed_in, None, tmp_path / "kerja", T)
    named = {problem.file for problem in refused.value.problems}
    assert {f"kecamatan {number}/usulan.csv" for number in (1, 2, 3)} <= named


def test_lists_of_many_kecamatan_share_one_recipe(project_root, tmp_path):
    recipe = project_root / "data/pemetaan/erkpd_sukabumi_2019"
    (tmp_path / "daftar").mkdir()
    for name in ("a.csv", "b.xlsx", "c.csv.gz", "~$b.xlsx"):
        (tmp_path / "daftar" / name).write_bytes(gzip.compress(b"bukan daftar"))
    assert [path.name for path in several(tmp_path / "daftar", recipe)] == ["a.csv", "b.xlsx", "c.csv.gz"]
    with pytest.raises(InvalidInput) as refused:
        gather(tmp_path / "daftar", recipe, tmp_path / "kerja", T)
    assert {problem.file for problem in refused.value.problems} == {"a.csv", "b.xlsx", "c.csv.gz"}


def test_one_input_is_one_input(handed_in):
    assert several(handed_in / "kecamatan 1", None) == ()
    assert [path.name for path in several(handed_in, None)] == [
        "kecamatan 1", "kecamatan 2", "kecamatan 3", "kosong",
    ]  # fmt: skip
    (handed_in / "kosong" / ".batch.jsonl").write_text(json.dumps({}), "utf-8")
    assert [path.name for path in several(handed_in, None)][-1] == "kecamatan 3"
