"""A template in a folder: one movement, nothing scored is lost, and the sums of the literature come out."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workbench.engine.bands import band_of
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.store.session_folder import open_session
from workbench.store.template_apply import apply_template
from workbench.store.templates import find_template

REGION = "73.02.01"


def write(folder: Path, name: str, lines: list[str]) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def cards(folder: Path, points: dict[str, tuple[float, ...]], codes: list[str]) -> None:
    write(folder, "peserta.csv", ["no_kartu", "1"])
    lines = [f"1;1;{label};{code};{value}" for label, row in points.items()
             for code, value in zip(codes, row, strict=True)]  # fmt: skip
    write(folder, "nilai.csv", ["putaran;no_kartu;kode_usulan;kode_kriteria;nilai", *lines])


@pytest.fixture
def folder(tmp_path):
    """A folder as a facilitator brings it: a list of proposals and nothing else."""
    lines = [f"U{number};{REGION};Kegiatan {number};{number}000000" for number in range(1, 4)]
    write(tmp_path, "usulan.csv", ["kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya", *lines])
    write(tmp_path, "wilayah.csv", ["kode_wilayah;nama", "73;S", "73.02;B", f"{REGION};G"])
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_list_alone_is_enough(folder):
    done = apply_template(folder, find_template("usg"))
    opened = open_session(folder)
    assert opened.session.criteria.labels.tolist() == ["U", "S", "G"]
    assert opened.session.facts.template == "USG (Urgency, Seriousness, Growth) (1981)"
    assert (done.columns, done.gates, done.kept_apart, opened.edited) == ((), 0, (), ())


def test_usg_sums_are_13_and_12(folder):
    apply_template(folder, find_template("usg"))
    cards(folder, {"U1": (5, 4, 4), "U2": (4, 5, 3)}, ["U", "S", "G"])
    opened = open_session(folder)
    table = prioritise(opened.session, opened.rules).table
    assert table["points_sum"].dropna().to_dict() == {"U1": 13.0, "U2": 12.0}
    assert table["score"].dropna().to_dict() == {"U1": 13.0, "U2": 12.0}
    assert table["rank"].dropna().to_dict() == {"U1": 1, "U2": 2}


def test_nagekeo_gives_100_80_and_60_with_their_bands(folder):
    apply_template(folder, find_template("e-urk-nagekeo"))
    cards(folder, {"U1": (5,) * 4, "U2": (4,) * 4, "U3": (3,) * 4}, ["T1", "T2", "T3", "T4"])
    opened = open_session(folder)
    scores = prioritise(opened.session, opened.rules).table["score"]
    assert scores.to_dict() == pytest.approx({"U1": 100, "U2": 80, "U3": 60})
    bands = opened.session.bands
    lower = pd.Series(bands.frame["lower"].to_numpy(), index=bands.frame["band"])
    assert band_of(scores, lower, bands.decimals).to_dict() == {"U1": "P1", "U2": "P1", "U3": "P3"}


def test_the_village_form_looks_up_labels_and_costs(folder):
    done = apply_template(folder, find_template("ahp-desa-fisik"))
    assert done.columns == ("cakupan", "kondisi")
    text = (folder / "usulan.csv").read_text("utf-8-sig").splitlines()
    filled = [f"{line[:-1]}{extra}" for line, extra in
              zip(text[1:], ("Dusun;rusak berat", "kelompok;layak", ";"), strict=True)]  # fmt: skip
    write(folder, "usulan.csv", [text[0], *filled])
    cards(folder, {"U1": (5,), "U2": (1,), "U3": (3,)}, ["F1"])
    opened = open_session(folder)
    outcome = prioritise(opened.session, opened.rules)
    # (0,443 x 5 + 0,250 x 4 + 0,231 x 4 + 0,076 x 5) x 20, as the app counts
    assert outcome.table["score"]["U1"] == pytest.approx(20 * (0.443 * 5 + 0.25 * 4 + 0.231 * 4 + 0.076 * 5))
    assert outcome.table["score"]["U2"] == pytest.approx(20 * (0.443 + 0.25 + 0.231 + 0.076 * 5))
    assert outcome.reasons["U3"].facts["criteria"] == ("Masyarakat terdampak", "Tingkat kerusakan")


def test_conditions_are_listed_open_and_hold_nobody_back(folder):
    done = apply_template(folder, find_template("apkl-usg"))
    opened = open_session(folder)
    assert done.gates == len(opened.session.gates.frame) == 12
    assert opened.session.gates.frame["passed"].isna().all()
    outcome = prioritise(opened.session, opened.rules)
    assert outcome.screening.passed.all()
    assert outcome.screening.open["U1"] == ("Aktual", "Kekhalayakan", "Layak", "Problematik")


def test_conditions_that_somebody_examined_stay_and_untouched_ones_of_another_form_go(folder):
    apply_template(folder, find_template("apkl-usg"))
    lines = (folder / "syarat.csv").read_text("utf-8-sig").replace("U1;Aktual;", "U1;Aktual;-").splitlines()
    write(folder, "syarat.csv", lines)
    apply_template(folder, find_template("t-vi-c-14"))
    gates = open_session(folder).session.gates.frame
    assert set(gates["gate"]) == {"Aktual"}
    assert gates.loc[gates["proposal"] == "U1", "passed"].tolist() == [False]


def test_scored_criteria_are_refused_and_nothing_is_written(folder):
    apply_template(folder, find_template("usg"))
    cards(folder, {"U1": (5, 4, 4), "U2": (4, 5, 3)}, ["U", "S", "G"])
    before = content(folder)
    with pytest.raises(InvalidInput) as raised:
        apply_template(folder, find_template("t-vi-c-14"))
    assert [(p.code, p.column, p.facts["answers"]) for p in raised.value.problems] == [
        ("scored_criteria", "G", 2), ("scored_criteria", "S", 2), ("scored_criteria", "U", 2),
    ]  # fmt: skip
    assert content(folder) == before


def test_replacing_keeps_the_old_scores_apart(folder):
    apply_template(folder, find_template("usg"))
    cards(folder, {"U1": (5, 4, 4)}, ["U", "S", "G"])
    old = (folder / "nilai.csv").read_bytes()
    done = apply_template(folder, find_template("t-vi-c-14"), replace_scored=True)
    assert "nilai_sebelum_ganti_1.csv" in done.kept_apart
    assert (folder / "nilai_sebelum_ganti_1.csv").read_bytes() == old
    opened = open_session(folder)
    assert len(opened.session.ballots) == 0
    assert opened.session.criteria.labels.tolist() == ["C1", "C2", "C3", "C4", "C5"]


def test_criteria_that_stay_as_they_are_keep_their_cards(folder):
    apply_template(folder, find_template("usg"))
    cards(folder, {"U1": (5, 4, 4)}, ["U", "S", "G"])
    done = apply_template(folder, find_template("apkl-usg"))
    assert done.kept_apart == ()
    assert len(open_session(folder).session.ballots) == 3


def test_the_same_template_twice_changes_no_byte(folder):
    apply_template(folder, find_template("pnpm-mad"))
    before = content(folder)
    apply_template(folder, find_template("pnpm-mad"))
    assert content(folder) == before


def test_a_vote_has_no_criteria_to_write(folder):
    with pytest.raises(InvalidInput) as raised:
        apply_template(folder, find_template("suara-mad-357"))
    assert [problem.code for problem in raised.value.problems] == ["template_counts_votes"]
    assert content(folder).keys() == {"usulan.csv", "wilayah.csv"}


def test_a_faulty_list_is_refused_with_its_faults(folder):
    write(
        folder,
        "usulan.csv",
        ["kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya", f"U1;{REGION};Jalan;murah"],
    )
    with pytest.raises(InvalidInput) as raised:
        apply_template(folder, find_template("usg"))
    assert {problem.file for problem in raised.value.problems} == {"usulan.csv"}
    assert content(folder).keys() == {"usulan.csv", "wilayah.csv"}


@pytest.fixture
def workbook(folder):
    """The same list as the sheet of a workbook, with a title above it and a sheet of the owner's own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Usulan"
    sheet.append(["DAFTAR USULAN"])
    for line in (folder / "usulan.csv").read_text("utf-8").splitlines():
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in line.split(";")])
    book.create_sheet("Rekap")["A1"] = "=SUM(Usulan!D3:D5)"
    book.save(folder / "musyawarah.xlsx")
    (folder / "usulan.csv").unlink()
    return folder


def sheet_of(folder: Path, title: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(folder / "musyawarah.xlsx")[title].iter_rows(values_only=True))


def test_a_workbook_gets_the_form_in_sheets_of_its_own(workbook):
    before = (workbook / "musyawarah.xlsx").read_bytes()
    done = apply_template(workbook, find_template("apkl-usg"))
    assert sheet_of(workbook, "kriteria")[1][:3] == ("U", "Urgency (mendesak)", 1)
    assert len(sheet_of(workbook, "syarat")) == 1 + done.gates == 13
    assert sheet_of(workbook, "Rekap") == [("=SUM(Usulan!D3:D5)",)]
    assert not {"usulan.csv", "kriteria.csv", "syarat.csv"} & set(content_names(workbook))
    assert (workbook / done.kept_apart[0]).read_bytes() == before
    assert (done.kept_apart, open_session(workbook).edited) == (("cadangan/musyawarah_1.xlsx",), ())


def content_names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_columns_to_fill_in_stand_behind_the_owners_columns(workbook):
    apply_template(workbook, find_template("ahp-desa-fisik"))
    rows = sheet_of(workbook, "Usulan")
    assert rows[0][0] == "DAFTAR USULAN"
    assert rows[1] == ("kode_usulan", "kode_wilayah", "kegiatan", "prakiraan_biaya", "cakupan", "kondisi")
    assert rows[2] == ("U1", REGION, "Kegiatan 1", 1000000, None, None)


def test_answers_of_a_workbook_go_only_when_that_is_asked_for(workbook):
    apply_template(workbook, find_template("usg"))
    book = openpyxl.load_workbook(workbook / "musyawarah.xlsx")
    for title, rows in {
        "peserta": [["no_kartu"], ["1"]],
        "nilai": [["putaran", "no_kartu", "kode_usulan", "kode_kriteria", "nilai"], [1, "1", "U1", "U", 5]],
    }.items():
        for row in rows:
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    book.save(workbook / "musyawarah.xlsx")
    kept = (workbook / "musyawarah.xlsx").read_bytes()
    with pytest.raises(InvalidInput, match="scored_criteria"):
        apply_template(workbook, find_template("pnpm-mad"))
    assert (workbook / "musyawarah.xlsx").read_bytes() == kept
    done = apply_template(workbook, find_template("pnpm-mad"), replace_scored=True)
    assert len(sheet_of(workbook, "nilai")) == 1
    assert (workbook / done.kept_apart[-1]).read_bytes() == kept
