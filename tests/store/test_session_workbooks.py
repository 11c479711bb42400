from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from tests.store.folders import assert_equal, codes, forum_of, problems_of, workbook_of
from workbench.domain.criteria import Criteria
from workbench.domain.rules import Rules
from workbench.store.manifest import MANIFEST
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

# ----- one source of truth


@pytest.mark.parametrize("native", [False, True])
def test_a_workbook_in_place_of_csv_opens_equal(tmp_path, native):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    before = open_session(tmp_path).session
    after = open_session(workbook_of(tmp_path, native=native)).session
    assert_equal(replace(before, regions=after.regions), after)


@pytest.mark.slow
@pytest.mark.parametrize("native", [False, True])
def test_the_sample_as_a_workbook_opens_equal(tmp_path, project_root, native):
    before = open_session(project_root / "data" / "contoh").session
    part = before.within(before.proposals.districts[0])
    write_session(tmp_path, part, Rules())
    before = open_session(tmp_path).session
    after = open_session(workbook_of(tmp_path, native=native)).session
    assert_equal(replace(before, regions=after.regions), after)


def test_a_table_in_two_places_is_refused(tmp_path):
    folder = forum_of(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "Nilai "
    book.active.append(["putaran", "x"])
    book.save(folder / "isian.xlsx")
    problem = problems_of(folder)[0]
    assert (problem.code, problem.file, problem.sheet) == ("table_in_two_places", "isian.xlsx", "Nilai ")
    assert problem.facts["other"] == "nilai.csv"


def test_two_sheets_of_one_name_are_refused_too(tmp_path):
    folder = forum_of(tmp_path, peserta=None)
    book = openpyxl.Workbook()
    book.active.title = "peserta"
    book.active.append(["no_kartu"])
    book.create_sheet("Peserta ").append(["no_kartu"])
    book.save(folder / "isian.xlsx")
    assert codes(folder) == ["table_in_two_places"]


@pytest.mark.parametrize("native", [False, True])
def test_tables_of_a_workbook_are_written_into_it_and_nowhere_else(tmp_path, native):
    folder = workbook_of(forum_of(tmp_path), native=native)
    opened = open_session(folder)
    weights = opened.session.criteria.members.assign(weight_text="1/2", weight=0.5)
    changed = replace(opened.session, criteria=Criteria(weights, opened.session.criteria.points))
    write_session(folder, changed, opened.rules)
    again = open_session(folder)
    assert_equal(replace(changed, regions=again.session.regions), again.session)
    assert again.edited == ()
    tables = {path.name for path in folder.iterdir()} - {
        "aturan.toml",
        MANIFEST,
        "wilayah.csv",
        "catatan_data.csv",
    }
    assert tables == {"musyawarah.xlsx"}


def test_lock_files_other_files_and_the_case_of_names_do_not_matter(tmp_path):
    folder = forum_of(tmp_path)
    (folder / "~$usulan.xlsx").write_bytes(b"lock")
    (folder / "catatan.docx").write_bytes(b"x")
    (folder / "usulan.csv").rename(folder / "Usulan.CSV")
    assert len(open_session(folder).session.proposals) == 2


def test_names_of_people_stay_in_their_own_file(tmp_path):
    folder = forum_of(tmp_path, identitas="kunci;nama\n001;Siti Aminah\n")
    opened = open_session(folder)
    write_session(folder, opened.session, opened.rules)
    holding = [path.name for path in folder.iterdir() if b"Siti Aminah" in path.read_bytes()]
    assert holding == ["identitas.csv"]
