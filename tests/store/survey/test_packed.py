"""Exports in pieces: repeats as CSV files of a ZIP, split columns, choices in a file of their own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.store.survey.surveys import CHOICES, SURVEY, VILLAGES, csv_text, form, households, kobo_rows
from tests.store.survey.test_survey import codes, counts, read
from workbench.errors import InvalidInput
from workbench.store.intake.sources import read_sheets
from workbench.store.survey.form import read_form

NESTED: list[list[object]] = [
    *SURVEY[:-1],
    ["begin_repeat", "sakit", "Illness", "Sakit", ""],
    ["select_one ya_tidak", "berobat", "Treated?", "Berobat?", ""],
    ["end_repeat", "", "", "", ""],
    ["end_repeat", "", "", "", ""],
]


def packed(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def odk_files(told: list[dict[str, str]]) -> dict[str, str | bytes]:
    """Return a main file and two repeats, one inside the other, as ODK Central packs them."""
    main = [["SubmissionDate", "lokasi-desa", "lokasi-dusun", "butuh-sumur", "SET-OF-anak", "KEY"]]
    child = [["sekolah", "SET-OF-sakit", "PARENT_KEY", "KEY", "SET-OF-anak"]]
    ill = [["berobat", "PARENT_KEY", "KEY", "SET-OF-sakit"]]
    ill.append(["1", "uuid:hilang/anak[1]", "uuid:hilang/anak[1]/sakit[1]", ""])
    for number, answer in enumerate(told):
        key = f"uuid:{answer['_uuid']}"
        main.append(
            ["2026-03-02", answer["lokasi/desa"], answer["lokasi/dusun"], answer["butuh/sumur"], "", key]
        )
        for turn in range(1, number % 3 + 1):
            inner = f"{key}/anak[{turn}]"
            child.append(["1" if number % 2 else "2", "", key, inner, ""])
            ill += [["1", inner, f"{inner}/sakit[{time}]", ""] for time in (1, 2)]
    return {
        "Survei-sakit.csv": csv_text(ill),
        "Survei-anak.csv": csv_text(child),
        "Survei.csv": csv_text(main),
        "media/foto.jpg": b"\xff\xd8",
        "__MACOSX/._Survei.csv": b"\x00",
    }


def test_repeats_of_odk_in_a_zip_count_each_household_once_however_deep_they_stand(tmp_path: Path) -> None:
    told = households()
    survey = read(tmp_path, "odk.zip", packed(odk_files(told)), form(NESTED))
    with_children = sum(1 for number in range(len(told)) if number % 3)
    assert counts(survey, "anak/sekolah")["answered"] == with_children
    assert counts(survey, "anak/sakit/berobat")["1"] == with_children
    assert counts(survey, "butuh/sumur")["answered"] == len(told)
    assert [(each.code, each.value) for each in survey.intake.aside] == [
        ("survey_row_without_household", "uuid:hilang/anak[1]")
    ]
    notes = {note.code: note for note in survey.intake.problems}
    assert notes["archive_files_not_read"].facts == {"files": ("media/foto.jpg",), "count": 1}


@pytest.mark.parametrize("with_table", [True, False])
def test_repeats_of_kobo_in_a_zip_hang_on_their_rows(tmp_path: Path, with_table: bool) -> None:
    told = households()
    head = ["sekolah", "_index", "_parent_index", *(["_parent_table_name"] if with_table else [])]
    child = [[1, number, number, "Survei kebutuhan (contoh)"][: len(head)] for number in range(1, 13)]
    files: dict[str, str | bytes] = {
        "ekspor/anak.csv": csv_text([head, *child], ";"),
        "ekspor/2026_03_02.csv": csv_text(kobo_rows(told), ";"),
    }
    survey = read(tmp_path, "kobo.zip", packed(files))
    assert counts(survey, "anak/sekolah") == {"1": 12, "2": 0, "answered": 12}


@pytest.mark.parametrize("between", ["/", ".", "-", "_"])
def test_split_columns_are_known_whatever_stands_between_question_and_choice(
    tmp_path: Path, between: str
) -> None:
    rows = kobo_rows(households())
    plain = counts(read(tmp_path, "satu.csv", csv_text(rows)))
    whole = rows[0].index("butuh/kebutuhan")
    rows[0] = [
        str(head).replace("/", between) if str(head).startswith("butuh/kebutuhan/") else head
        for head in rows[0]
    ]
    rows = [row[:whole] + row[whole + 1 :] for row in rows]
    assert counts(read(tmp_path, "pecah.csv", csv_text(rows))) == plain


FROM_FILE = [
    ["select_one_from_file desa.csv", *row[1:], "value=kode label=nama"] if row[1] == "desa" else [*row, ""]
    for row in SURVEY
]
FROM_FILE[0] = [*SURVEY[0], "parameters"]


def test_choices_in_a_file_beside_the_form_are_read_and_its_absence_is_said(tmp_path: Path) -> None:
    choices = [row for row in CHOICES if row[0] != "desa"]
    made = form(FROM_FILE, choices)
    rows = csv_text(kobo_rows(households()))
    survey = read(tmp_path, "tanpa.csv", rows, made)
    note = next(each for each in survey.intake.problems if each.code == "form_file_missing")
    assert (note.value, note.file, note.row, note.facts["question"]) == ("desa.csv", "form.xlsx", 6, "desa")
    assert set(survey.intake.table["village"]) == {"v1", "v2"}
    (tmp_path / "desa.csv").write_text(csv_text([["kode", "nama"], *map(list, VILLAGES.items())]), "utf-8")
    survey = read(tmp_path, "dengan.csv", rows, made)
    assert "form_file_missing" not in codes(survey)
    assert set(survey.intake.table["region"]) == {"73.02.03.2005", "73.02.03.2006"}
    (tmp_path / "desa.csv").write_text("nama\nBira\n", "utf-8")
    assert "form_file_without_choices" in {note.code for note in read_form(tmp_path / "form.xlsx").notes}


def test_a_file_that_lists_households_is_never_counted_by_name(tmp_path: Path) -> None:
    survey = [*SURVEY, ["select_one_from_file kk.csv", "nama_kepala", "Head", "Nama kepala keluarga", ""]]
    (tmp_path / "kk.csv").write_text("name,label\nk1,Daeng Rewa\n", "utf-8")
    rows = [[*row, "k1" if number else "nama_kepala"] for number, row in enumerate(kobo_rows(households()))]
    found = read(tmp_path, "kk.csv.export.csv", csv_text(rows), form(survey))
    assert "nama_kepala" not in set(found.answers.given["question"])
    assert "nama_kepala" in {note.column for note in found.intake.private}


def test_archives_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    path = tmp_path / "arsip.zip"
    for content, code in (
        (packed({"surat.docx": b"x"}), "archive_without_tables"),
        (packed({"a.csv": b"%PDF-1.7"}), "file_not_what_it_says"),
        (packed({"a.csv": packed({"b.csv": "x"})}), "file_not_what_it_says"),
        (packed({"a.csv": "a;b\n1;2\n"})[:-30], "archive_without_tables"),
    ):
        path.write_bytes(content)
        with pytest.raises(InvalidInput) as refused:
            read_sheets(path)
        assert [each.code for each in refused.value.problems] in ([code], ["file_damaged"])


def test_lists_of_several_villages_in_one_archive_are_sheets_that_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "desa.zip"
    path.write_bytes(packed({"bira/usulan.csv": "No;Kegiatan\n1;Jalan\n", "ara/usulan.csv": "No;Kegiatan\n"}))
    assert [(grid.file, grid.sheet) for grid in read_sheets(path)] == [
        ("desa.zip", "bira/usulan"), ("desa.zip", "ara/usulan")
    ]  # fmt: skip
