from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.strategies import Tables, rules, tables
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, Severity
from workbench.prioritisation import prioritise
from workbench.store.manifest import MANIFEST, MARKER, read_manifest, repair
from workbench.store.session_folder import input_digest, open_session, session_files, write_session

FEW = settings(max_examples=settings.default.max_examples // 4)
ODD = (
    'Jembatan; RT 02, "Dusun Krajan"',
    "dua\nbaris",
    "'7302",
    "007",
    "=SUM(A1)",
    "-",
    "00",
    "1/2",
    "ya",
    "73.02",
    "é ñ “kutip” 🙂 مسجد",
    "x" * 5_000,
    "TRUE",
    "1,5",
    "+",
    "NaN",
    "null",
    "",
    "a  b",
    "\u200b",
    "#tagar",
    "{}",
)
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\x00\ufeff", exclude_categories=["Cs", "Cc"]),
        max_size=20,
    ),
).map(str.strip)


def assert_equal(one: Session, other: Session) -> None:
    for name in ("facts", "notes"):
        assert getattr(one, name) == getattr(other, name), name
    for part in ("proposals", "criteria", "participants", "ballots", "judgements", "gates", "budget"):
        left, right = (getattr(session, part).frame for session in (one, other))
        if part == "criteria":  # a weight that nobody wrote in words is written as the number it is
            left = left.assign(
                weight_text=left["weight_text"].where(left["weight_text"] != "", right["weight_text"])
            )
        assert_frame_equal(left, right, check_index_type=False, obj=part)
    assert_frame_equal(one.criteria.points, other.criteria.points, check_index_type=False)
    assert one.regions.edition == other.regions.edition
    used = {*one.proposals.frame["region"], *one.budget.frame["region"]} - {""}
    assert all(one.regions.name(code) == other.regions.name(code) for code in used)


def forum_of(tmp_path: Path, *, rows: list[dict[str, Any]] | None = None, **files: str | None) -> Path:
    """Write a small handmade folder; a keyword replaces a file's whole text, None leaves the file out."""
    given_files: dict[str, str | None] = {
        "usulan": "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\n"
        "U-1;Jembatan;73.02.01.2017;150.000.000\n"
        "U-2;Sumur bor;73.02.01;\n",
        "kriteria": "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;Mendesak;60 %;1;5\n"
        "K2;Manfaat;40 %;1;5\n",
        "peserta": "no_kartu;jenis_kelamin\n001;P\n002;L\n",
        "nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;001;U-1;K1;5\n1;002;U-1;K1;\n"
        "1;001;U-1;K2;3\n",
    } | files
    folder = tmp_path / "musyawarah"
    folder.mkdir(exist_ok=True)
    for name, text in given_files.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return folder


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        open_session(folder)
    return list(caught.value.problems)


def told(problems) -> list[tuple[str, str, int | None, str, str]]:
    return [(p.code, p.file, p.row, p.column, p.value) for p in problems]


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in problems_of(folder)]


def workbook_of(folder: Path, *, native: bool) -> Path:
    """Put the tables of a folder into one workbook, as text or as a spreadsheet would hold them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        for number, row in enumerate(
            csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
        ):
            sheet.append([_native(cell) if native and number else (cell or None) for cell in row])
        path.unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    book.save(folder / "musyawarah.xlsx")
    return folder


def _native(cell: str) -> Any:
    if cell in ("ya", "tidak"):
        return cell == "ya"
    if cell.isdecimal() and (cell == "0" or not cell.startswith("0")) and len(cell) < 15:
        return int(cell)
    whole, comma, part = cell.partition(",")
    return float(f"{whole}.{part}") if comma and whole.isdecimal() and part.isdecimal() else (cell or None)


# ----- what is written is what is read


@FEW
@given(forum=tables(least=1), choice=rules(weighting=("direct", "geometric_mean")))
def test_a_session_comes_back_as_it_was(tmp_path_factory, forum, choice):
    folder = tmp_path_factory.mktemp("sesi")
    session = forum.session()
    written = write_session(folder, session, choice)
    opened = open_session(folder)
    assert opened.rules == choice
    assert opened.edited == ()
    assert_equal(session, opened.session)
    assert written.digest == input_digest(session, choice) == input_digest(opened.session, opened.rules)
    assert read_manifest(folder) == written
    write_session(folder, opened.session, opened.rules)
    assert read_manifest(folder).digest == written.digest


@FEW
@given(st.lists(texts, min_size=8, max_size=8), st.sampled_from((None, 0, 10**15)))
def test_every_text_survives(tmp_path_factory, words, cost):
    folder = tmp_path_factory.mktemp("sesi")
    forum = text_forum(words, cost)
    write_session(folder, forum, Rules())
    assert_equal(forum, open_session(folder).session)


def text_forum(words: list[str], cost: int | None) -> Session:
    line = {
        "proposal": "0001",
        "activity": words[0] or "x",
        "region": "73.02.01",
        "cost": cost,
        "village": words[1],
        "field": words[2],
        "problem": words[3],
        "volume": words[4],
        "unit": words[5],
        "stage": words[6],
        "catatan_lain": words[7],
    }
    forum = Tables(
        proposals=pd.DataFrame([line]).astype({"cost": "Int64"}),
        criteria=pd.DataFrame(
            {
                "criterion": ["01"],
                "name": [words[1] or "x"],
                "scale_min": -0.5,
                "scale_max": 1e6,
                "scale_anchors": words[3],
                "weight": [1 / 3],
            }
        ),
        points=pd.DataFrame(),
        participants=pd.DataFrame({"participant": ["007"], "constituency": [words[4]]}),
        ballots=pd.DataFrame(
            {
                "round": [1],
                "participant": ["007"],
                "proposal": ["0001"],
                "criterion": ["01"],
                "points": [0.1 + 0.2],
            }
        ),
        judgements=pd.DataFrame(),
        gates=pd.DataFrame(
            {"proposal": ["0001"], "gate": [words[5] or "x"], "passed": [False], "note": [words[6]]}
        ),
        budget=pd.DataFrame({"region": [""], "amount": [10**13], "source": [words[7]]}),
        facts=Facts(
            forum=words[0], speeches=tuple(word for word in words[:3] if word), plan_year=2027, invited=0
        ),
    )
    return forum.session()


def test_texts_of_every_odd_kind_survive_at_once(tmp_path):
    for start in range(0, len(ODD), 4):
        words = [ODD[(start + shift) % len(ODD)].strip() for shift in range(8)]
        session = text_forum(words, 5)
        write_session(tmp_path, session, Rules())
        assert_equal(session, open_session(tmp_path).session)


def test_decisions_and_notes_come_back(tmp_path):
    opened = open_session(forum_of(tmp_path))
    notes = (
        Problem(
            "a",
            Severity.NOTE,
            "f.csv",
            "s",
            7,
            "k",
            "v",
            {"proposal": "U-1", "candidates": ("1", ("2", "3")), "n": 2},
        ),
        Problem("b", Severity.SET_ASIDE),
    )
    session = replace(opened.session, notes=notes)
    lines = pd.DataFrame(
        {"proposal": ["U-2"], "decided_rank": [1], "decision": ["funded"], "reason": ["darurat; banjir"]}
    )
    decided = Resolution.from_table(lines, session.proposals)
    write_session(tmp_path / "lain", session, Rules(), decided)
    again = open_session(tmp_path / "lain")
    assert again.session.notes == notes
    assert_frame_equal(again.resolution.frame, decided.frame, check_index_type=False)
    write_session(tmp_path / "lain", session, Rules())
    assert open_session(tmp_path / "lain").resolution is None  # no table of an older content stays behind


def test_notes_do_not_grow_when_a_folder_is_written_again(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;Jumlah KK;desa\n"
        "U-1;Jembatan;7302012017;5;3;Salah Nama\nU-2;x;;;;\n",
    )
    opened = open_session(folder)
    found = [note.code for note in opened.session.notes]
    assert sorted(found) == [
        "column_unknown",
        "region_code_without_dots",
        "region_missing",
        "region_name_differs",
    ]
    by_code = {note.code: note for note in opened.session.notes}
    assert by_code["region_code_without_dots"].facts["proposal"] == "U-1"
    assert by_code["region_missing"].facts["proposal"] == "U-2"
    for _ in range(2):
        write_session(folder, opened.session, opened.rules)
        opened = open_session(folder)
        assert [note.code for note in opened.session.notes] == found
    assert "jumlah_kk" in opened.session.proposals.frame


def test_equal_sessions_in_another_order_of_reading_have_one_digest(tmp_path):
    one = open_session(forum_of(tmp_path / "a" if (tmp_path / "a").mkdir() is None else tmp_path))
    (tmp_path / "b").mkdir()
    other = open_session(forum_of(tmp_path / "b"))
    assert input_digest(one.session, one.rules) == input_digest(other.session, other.rules)
    assert input_digest(one.session, Rules(budget_rule="rank_skip")) != input_digest(one.session, one.rules)


def test_weights_keep_the_notation_of_the_forum(tmp_path):
    opened = open_session(
        forum_of(
            tmp_path,
            kriteria=(
                "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;a;3/10;1;5\nK2;b;30 %;1;5\n"
                "K3;c;0,4;1;5\nK4;d;;1;5\n"
            ),
            nilai=None,
        )
    )
    assert opened.session.criteria.frame["weight"].tolist()[:3] == [0.3, 0.3, 0.4]
    assert pd.isna(opened.session.criteria.frame.loc["K4", "weight"])
    text = session_files(opened.session, opened.rules)["kriteria.csv"].decode("utf-8-sig")
    assert [line.split(";")[2] for line in text.splitlines()] == ["bobot", "3/10", "30 %", "0,4", ""]


def test_points_of_flags_say_ya_and_those_of_other_columns_stay(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;usulan_perempuan;asal\n"
        "U-1;x;73.02.01;1;ya;True\n",
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
        "K1;a;1;1;5;tabel_poin;usulan_perempuan\nK2;b;1;1;5;tabel_poin;Asal\n",
        tabel_poin="kode_kriteria;teks;poin\nK1;ya;5\nK1;(kosong);2\nK2;true;4\nK2;ya;1\n",
        nilai=None,
    )
    for _ in range(2):
        opened = open_session(folder)
        outcome = prioritise(opened.session, opened.rules)
        assert outcome.measures.loc["U-1"].tolist() == [5.0, 4.0]
        write_session(folder, opened.session, opened.rules)
    text = (folder / "tabel_poin.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == ["K1;ya;5", "K1;(kosong);2", "K2;true;4", "K2;ya;1"]


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


# ----- half-written, edited, old and new


def test_a_handmade_folder_without_manifest_opens(tmp_path):
    opened = open_session(forum_of(tmp_path))
    assert opened.manifest.version == 0
    assert opened.edited == ()
    assert opened.session.regions.name("73.02.01") == "Gantarang"
    assert opened.session.proposals.frame["cost"].tolist()[0] == 150_000_000
    assert pd.isna(opened.session.proposals.frame["cost"].iloc[1])
    assert opened.session.ballots.frame["points"].isna().tolist() == [False, True, False]


def test_edited_files_are_named(tmp_path):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    path = tmp_path / "usulan.csv"
    path.write_bytes(path.read_bytes().replace(b"Jembatan", b"Jembatan gantung"))
    opened = open_session(tmp_path)
    assert opened.edited == ("usulan.csv",)
    assert opened.session.proposals.frame.loc["U-1", "activity"] == "Jembatan gantung"


def test_a_half_written_folder_is_refused_by_name(tmp_path):
    folder = forum_of(tmp_path)
    (folder / MARKER).write_text("x", encoding="utf-8")
    problem = problems_of(folder)[0]
    assert (problem.code, problem.file) == ("folder_half_written", "musyawarah")


def test_an_old_folder_is_migrated_without_being_touched(tmp_path, monkeypatch):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    from workbench.store import session_folder

    def renamed(files, version):
        assert version == 1
        text = files["usulan.csv"].decode("utf-8-sig").replace("Jembatan", "Jembatan lama")
        return {**files, "usulan.csv": text.encode("utf-8-sig")}

    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    monkeypatch.setattr(session_folder, "VERSION", 2)
    monkeypatch.setattr(session_folder, "migrate", renamed)
    opened = open_session(tmp_path)
    assert opened.session.proposals.frame.loc["U-1", "activity"] == "Jembatan lama"
    assert opened.manifest.version == 1
    assert opened.edited == ()  # the person edited nothing: the migration did
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


KILLED = """
import os, sys, threading, time
from pathlib import Path
from dataclasses import replace
from workbench.domain.rules import Rules
from workbench.store.session_folder import open_session, write_session
opened = open_session(Path(sys.argv[1]))
frame = opened.session.proposals.frame
session = replace(opened.session, proposals=type(opened.session.proposals)(frame.assign(activity="baru")))
threading.Thread(target=lambda: (time.sleep(float(sys.argv[2])), os._exit(9)), daemon=True).start()
for _ in range(1000):
    write_session(Path(sys.argv[1]), session, Rules())
    write_session(Path(sys.argv[1]), opened.session, Rules())
"""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.004, 0.011, 0.02, 0.037, 0.05, 0.083])
def test_a_process_killed_while_writing_leaves_one_whole_content(tmp_path, seconds):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(seconds)], check=False)
    repair(tmp_path)
    opened = open_session(tmp_path)
    assert opened.edited == ()
    assert opened.session.proposals.frame["activity"].tolist() in (
        ["Jembatan", "Sumur bor"],
        ["baru", "baru"],
    )


# ----- bad input, named with file, sheet, row, column and value


def test_all_problems_of_all_tables_are_told_together(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;Prakiraan Biaya\nU-1;x;73.02.01;Rp.100 jt\n"
        "U-1;;73.02.99;-5\n",
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;a;satu;1;5\n",
        peserta="no_kartu;jenis_kelamin\n1;X\n",
        pagu="kode_wilayah;jenis;jumlah\n73.02.01;pagu;-7\n;entah;5\n",
        sesi="hal;isi\ncuaca;cerah\n",
    )
    (folder / "aturan.toml").write_text('aturan_pagu = "semua"\n', encoding="utf-8")
    found = told(problems_of(folder))
    for expected in [
        ("amount_with_unit", "usulan.csv", 2, "Prakiraan Biaya", "Rp.100 jt"),
        ("duplicate_id", "usulan.csv", 3, "kode_usulan", "U-1"),
        ("empty_cell", "usulan.csv", 3, "kegiatan", ""),
        ("negative_value", "usulan.csv", 3, "Prakiraan Biaya", "-5"),
        ("region_code_unknown", "usulan.csv", 3, "kode_wilayah", "73.02.99"),
        ("number_unreadable", "kriteria.csv", 2, "bobot", "satu"),
        ("unknown_choice", "peserta.csv", 2, "jenis_kelamin", "X"),
        ("negative_value", "pagu.csv", 2, "jumlah", "-7"),
        ("unknown_choice", "pagu.csv", 3, "jenis", "entah"),
        ("unknown_rule", "aturan.toml", None, "aturan_pagu", "semua"),
    ]:
        assert expected in found
    assert ("unknown_fact", "sesi.csv", 2) in [place[:3] for place in found]


def test_suggestions_come_along(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;x;73.02.01;Rp.100 jt\n"
        "U-2;x;02-Jan-73;5\n"
        "U-3;x;7,302012017E+09;5\nU-4;x;73,02;5\n",
        nilai=None,
    )
    assert [(p.code, p.row, p.facts.get("suggestion")) for p in problems_of(folder)] == [
        ("region_code_turned_into_date", 3, "73.01.02"),
        ("region_code_turned_into_number", 4, "73.02.01.2017"),
        ("region_code_turned_into_number", 5, "73.02"),
        ("amount_with_unit", 2, "100000000"),
    ]


def test_codes_that_a_spreadsheet_turned_into_days_are_named_by_sheet(tmp_path):
    import datetime

    folder = forum_of(tmp_path, usulan=None, nilai=None)
    book = openpyxl.Workbook()
    book.active.title = "usulan"
    book.active.append(["kode_usulan", "kegiatan", "kode_wilayah", "prakiraan_biaya"])
    book.active.append(["U-1", "x", datetime.date(1973, 1, 2), 5])
    book.active.append(["U-2", "x", 73.02, "12,5 juta"])
    book.save(folder / "isian.xlsx")
    found = {(p.code, p.row) for p in problems_of(folder)}
    assert ("region_code_turned_into_date", 2) in found
    assert ("region_code_turned_into_number", 3) in found
    assert ("amount_with_unit", 3) in found
    assert {(p.file, p.sheet) for p in problems_of(folder)} == {("isian.xlsx", "usulan")}


HEAD = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;kecamatan;desa\n"


def test_a_district_name_without_code_is_asked_for_and_never_guessed(tmp_path):
    lines = "U-1;x;73.02.01.2017;5;;\nU-2;x;;5;Kec. Gantarang;\nU-3;x;-;5;Gantarang;\n"
    problems = problems_of(forum_of(tmp_path, usulan=HEAD + lines, nilai=None))
    assert [(p.code, p.row, p.column) for p in problems] == [
        ("dash_for_nothing", 4, "kode_wilayah"),
        ("region_code_missing", 3, "kode_wilayah"),
    ]
    asked = problems[1]
    assert (asked.value, asked.facts["candidates"]) == ("Kec. Gantarang", ("73.02.01",))


def test_two_districts_of_one_name_are_both_offered(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan=HEAD + "U-1;x;;5;HARAPAN;\nU-2;x;99.01.01;;;\n",
        wilayah="kode_wilayah;nama\n99.01.01;Harapan\n99.01.02;Harapan\n99.01.03;Lain\n",
        nilai=None,
    )
    problems = problems_of(folder)
    assert [(p.code, p.row, p.facts["candidates"]) for p in problems] == [
        ("region_code_missing", 2, ("99.01.01", "99.01.02"))
    ]


def test_no_code_at_all_in_the_list_finds_names_in_the_whole_country(tmp_path):
    problems = problems_of(forum_of(tmp_path, usulan=HEAD + "U-1;x;;5;Bonto Bahari;\n", nilai=None))
    assert [(p.code, p.facts["candidates"]) for p in problems] == [("region_code_missing", ("73.02.03",))]


def test_what_names_no_known_place_goes_on_and_is_listed_apart(tmp_path):
    lines = "U-1;x;73.02.01.2017;5;;\nU-2;x;;5;Antah Berantah;\nU-3;x;;5;;\n"
    session = open_session(forum_of(tmp_path, usulan=HEAD + lines, nilai=None)).session
    assert list(session.proposals.without_district().labels) == ["U-2", "U-3"]
    assert [(n.code, n.row, n.severity, n.facts["proposal"]) for n in session.notes] == [
        ("region_code_missing", 3, Severity.NOTE, "U-2"),
        ("region_missing", 4, Severity.NOTE, "U-3"),
    ]


def test_a_name_that_contradicts_its_code_is_noted(tmp_path):
    lines = (
        "U-1;x;73.02.01.2017;5;GANTARANG;Desa Polewali\nU-2;x;73.02.01.2017;5;Kec. Kindang;Polewali\n"
        "U-3;x;73.02.01;5;Gantarang;Polewali\nU-4;x;73.02.01.2017;5;;Polewali Lama\n"
    )
    session = open_session(forum_of(tmp_path, usulan=HEAD + lines, nilai=None)).session
    listed = session.regions.name("73.02.01.2017")
    expected = [(3, "kecamatan", "Kec. Kindang", "73.02.01", "Gantarang")]
    expected += [] if listed == "Polewali" else [(2, "desa", "Desa Polewali", "73.02.01.2017", listed)]
    found = [(n.row, n.column, n.value, n.facts["region"], n.facts["listed"]) for n in session.notes]
    assert set(expected) <= set(found)
    assert (5, "desa", "Polewali Lama", "73.02.01.2017", listed) in found
    assert not [note for note in found if note[0] == 4]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"usulan": "kode_usulan;kegiatan;kode_wilayah\nU-1;x;73.02.01\n"}, {"column_missing"}),
        ({"kriteria": "kode_kriteria;nama;bobot\nK1;a;1\n"}, {"column_missing"}),
        ({"tabel_poin": "kode_kriteria;skor\nK1;5\n"}, {"column_missing"}),
        ({"pagu": "kode_wilayah\n73.02.01\n"}, {"column_missing"}),
        ({"nilai": "putaran;no_kartu;kode_usulan;nilai\n1;001;U-1;5\n"}, {"column_missing"}),
        ({"usulan": None}, {"table_missing"}),
        ({"usulan": ""}, {"file_empty"}),
        (
            {
                "usulan": "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;x;73.02.01;5\n"
                "U-1;x;73.02.01;5\n",
                "nilai": None,
            },
            {"duplicate_id"},
        ),
        (
            {"nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\nx;001;U-1;K1;5\nx;001;U-1;K1;5\n"},
            {"count_unreadable", "duplicate_cell"},
        ),
        (
            {"nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;9;U-9;K9;9\n"},
            {"unknown_participant", "unknown_proposal", "unknown_criterion"},
        ),
        (
            {
                "kriteria": "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
                "K1;a;1;1;5;dinilai;\nK2;a;1;1;5;angka;tinggi\n",
                "nilai": None,
            },
            {"criterion_column_missing"},
        ),
        ({"wilayah": "kode_wilayah;nama\n99.01;a\n99.01;b\n"}, {"duplicate_id"}),
        ({"catatan_data": "kode_pesan;rincian\nx;{oops\n"}, {"fact_unreadable"}),
        ({"catatan_data": "kode_pesan;rincian\nx;5\n"}, {"fact_unreadable"}),
        ({"sesi": "hal;isi\ntahun_rencana;dua ribu\n"}, {"fact_not_a_number"}),
        ({"sesi": "hal;isi\nforum;a\nforum;b\n"}, {"fact_repeated"}),
    ],
)
def test_each_kind_of_fault_is_named_and_nothing_else_is(tmp_path, files, expected):
    assert set(codes(forum_of(tmp_path, **files))) == expected


def test_places_of_faults_between_tables_are_rows_of_their_file(tmp_path):
    folder = forum_of(
        tmp_path,
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\nK1;a;1;1;5;;\n"
        "K2;a;1;1;5;;\nK3;b;1;1;5;angka;Tinggi\n",
        nilai="putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n\n1;001;U-9;K1;7,5\n",
    )
    assert told(problems_of(folder)) == [
        ("unknown_proposal", "nilai.csv", 3, "kode_usulan", "U-9"),
        ("points_outside_scale", "nilai.csv", 3, "nilai", "7,5"),
        ("criterion_column_missing", "kriteria.csv", 4, "kolom", "Tinggi"),
    ]


def test_a_stage_that_nobody_stands_at_is_named(tmp_path):
    usulan = (
        "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;tahapan\nU-1;x;73.02.01;5;Musrenbang Kecamatan\n"
    )
    folder = forum_of(tmp_path, usulan=usulan, nilai=None)
    (folder / "aturan.toml").write_text('tahapan = "Musrenbang Kecamatann"\n', encoding="utf-8")
    problem = problems_of(folder)[0]
    assert (problem.code, problem.file, problem.column) == ("unknown_rule", "aturan.toml", "tahapan")
    assert problem.facts["allowed"] == ("Musrenbang Kecamatan",)


def test_a_circle_of_parents_is_named_at_the_door(tmp_path):
    usulan = (
        "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;usulan_asal\nU-1;x;73.02.01;5;U-2\n"
        "U-2;x;73.02.01;5;U-1\n"
    )
    assert codes(forum_of(tmp_path, usulan=usulan, nilai=None)) == ["parent_cycle", "parent_cycle"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04 no zip", "file_not_what_it_says"),
        (b"%PDF-1.7 x", "file_not_what_it_says"),
        (b"<html><table><tr><td>x</td></tr></table>", "file_not_what_it_says"),
        (b"kode_usulan;kegiatan\nU-1;\x81\x8d\n", "encoding_unknown"),
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\n\n", "file_empty"),
    ],
)
def test_a_file_that_is_no_table(tmp_path, content, expected):
    folder = forum_of(tmp_path)
    (folder / "usulan.csv").write_bytes(content)
    assert [(p.code, p.file) for p in problems_of(folder)] == [(expected, "usulan.csv")]


def test_an_old_windows_file_is_read_and_noted(tmp_path):
    folder = forum_of(tmp_path)
    text = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;Caf\u00e9;73.02.01;5\nU-2;x;73.02.01;5\n"
    (folder / "usulan.csv").write_bytes(text.encode("cp1252"))
    session = open_session(folder).session
    assert session.proposals.frame.loc["U-1", "activity"] == "Café"
    assert [note.code for note in session.notes] == ["encoding_not_utf8"]


def test_a_list_of_no_proposals_and_no_people_opens(tmp_path):
    folder = forum_of(
        tmp_path, usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\n", peserta=None, nilai=None
    )
    session = open_session(folder).session
    assert len(session.proposals) == 0
    assert len(session.participants) == 0
    assert [note.code for note in session.notes] == ["table_without_rows"]


def test_no_folder_at_all(tmp_path):
    assert codes(tmp_path / "tidak-ada") == ["folder_missing"]


def test_rules_that_cannot_be_read_are_told_beside_the_tables(tmp_path):
    folder = forum_of(tmp_path, usulan="kode_usulan;kegiatan\nU-1;x\n")
    (folder / "aturan.toml").write_text("aturan_pagu = [", encoding="utf-8")
    assert set(codes(folder)) == {"not_toml", "column_missing"}
    (folder / "usulan.csv").unlink()
    assert set(codes(folder)) == {"not_toml", "table_missing"}


def test_the_sample_is_as_the_workbench_would_write_it(project_root):
    folder = project_root / "data" / "contoh"
    opened = open_session(folder)
    assert opened.edited == ()
    assert opened.session.notes == ()
    assert isinstance(opened.session.proposals, Proposals)
    for name, content in session_files(opened.session, opened.rules).items():
        if name.endswith(".csv"):
            assert (folder / name).read_bytes() == content, name
