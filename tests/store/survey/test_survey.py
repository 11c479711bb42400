"""Household surveys of KoboToolbox and ODK: read with their form, counted by place, put into a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.intake.sheets import book, regions
from tests.store.survey.surveys import (
    CHOICES,
    NEEDS,
    SURVEY,
    csv_text,
    form,
    households,
    kobo_book,
    kobo_rows,
    labelled,
    odk_text,
)
from workbench.errors import InvalidInput
from workbench.store.survey.answers import Answers
from workbench.store.survey.counted import answered_needs
from workbench.store.survey.form import read_form
from workbench.store.survey.reading import Survey, SurveyAsked, read_survey


def read(folder: Path, name: str, content: bytes | str, made: bytes | None = None, **asked: object) -> Survey:
    (folder / "form.xlsx").write_bytes(made or form())
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_survey(folder / name, folder / "form.xlsx", SurveyAsked("73.02", **asked), regions())  # type: ignore[arg-type]


def counts(survey: Survey, path: str = "butuh/kebutuhan") -> dict[str, object]:
    need = next(each for each in answered_needs(survey) if each.question.path == path)
    return need.counted.everywhere.to_dict()


def codes(survey: Survey) -> list[str]:
    return [problem.code for problem in (*survey.intake.problems, *survey.intake.aside)]


EXPORTS = {
    "kobo.xlsx": kobo_book(households()),
    "koma.csv": csv_text(kobo_rows(households())),
    "titik-koma.csv": csv_text(kobo_rows(households()), ";"),
    "label.csv": csv_text(labelled(kobo_rows(households())), ";"),
    "odk.csv": odk_text(households()),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_names_and_labels_of_every_export_count_the_same(name: str, tmp_path: Path) -> None:
    survey = read(tmp_path, name, EXPORTS[name])
    told = households()
    named = [answer["butuh/kebutuhan"].split() for answer in told]
    answered = sum(map(bool, named))
    assert counts(survey) == {
        "air_bersih": sum("air_bersih" in each for each in named),
        "jalan": sum("jalan" in each for each in named),
        "jamban": None,  # fewer than five
        "listrik": 0,
        "other": 0,
        "answered": answered,
    }
    assert set(survey.intake.table["region"]) == {"73.02.03.2005", "73.02.03.2006"}
    left_out = {problem.column for problem in survey.intake.private}
    assert len(left_out) >= 2
    assert "Keluarga 3" not in str(survey.intake.raw_rows)
    assert "survey_header_unknown" not in codes(survey)


def test_split_columns_alone_are_enough_and_all_zero_is_no_answer(tmp_path: Path) -> None:
    rows = kobo_rows(households())
    place = rows[0].index("butuh/kebutuhan")
    rows = [row[:place] + row[place + 1 :] for row in rows]
    rows[1] = [0 if str(head).startswith("butuh/kebutuhan/") else cell
               for head, cell in zip(rows[0], rows[1], strict=True)]  # fmt: skip
    survey = read(tmp_path, "split.xlsx", book(("a", rows, [])))
    assert (
        counts(survey)["answered"] == counts(read(tmp_path, "b.xlsx", EXPORTS["kobo.xlsx"]))["answered"] - 1
    )
    assert codes(survey).count("survey_nothing_named") == 1


def test_a_household_sent_twice_counts_once_and_is_named(tmp_path: Path) -> None:
    told = households()
    again = [*told, dict(told[3]), {**told[4], "butuh/sumur": "2" if told[4]["butuh/sumur"] == "1" else "1"}]
    survey = read(tmp_path, "dua.xlsx", kobo_book(again))
    assert counts(survey) == counts(read(tmp_path, "satu.xlsx", kobo_book(told)))
    same, other = survey.intake.aside
    assert (same.row, same.facts["first_row"], same.facts["differing"]) == (29, 5, ())
    assert other.facts["differing"] == ("butuh/sumur",)
    assert other.value == "u004"


def test_what_stands_in_a_repeat_counts_once_for_its_household(tmp_path: Path) -> None:
    told = households()
    children = [(number, "1") for number in range(1, 11) for _ in range(3)]
    children += [(number, "2") for number in range(6, 16)] + [(99, "1")]
    survey = read(tmp_path, "anak.xlsx", kobo_book(told, children))
    assert counts(survey, "anak/sekolah") == {"1": 10, "2": 10, "answered": 15}
    assert [(each.code, each.value) for each in survey.intake.aside] == [
        ("survey_row_without_household", "99")
    ]


def test_every_bad_answer_is_named_at_once_and_counts_as_missing(tmp_path: Path) -> None:
    told = households()
    told[0]["butuh/sumur"] = "9"
    told[1]["butuh/kebutuhan"] = "air_bersih sumurbor"
    told[2]["butuh/sumur"] = "n/a"
    rows = kobo_rows(told)
    rows[6][rows[0].index("butuh/kebutuhan/listrik")] = 1  # marked, and not in the one column
    rows[7][rows[0].index("butuh/kebutuhan/listrik")] = "mungkin"
    rows[8][rows[0].index("__version__")] = "2"
    rows[0][rows[0].index("start")] = "pertanyaan_baru"
    survey = read(tmp_path, "salah.xlsx", book(("a", rows, [])))
    problems = {problem.code: problem for problem in survey.intake.problems}
    assert problems["survey_answer_unknown"].row in (2, 3)
    assert [p.value for p in survey.intake.problems if p.code == "survey_answer_unknown"] == ["sumurbor", "9"]
    assert problems["survey_columns_disagree"].row == 7
    assert problems["survey_mark_unknown"].value == "mungkin"
    assert problems["survey_other_version"].value == "2"
    assert problems["survey_header_unknown"].value == "pertanyaan_baru"
    missing = {p.value for p in survey.intake.problems if p.code == "survey_question_missing"}
    assert missing == {"umur", "anak/sekolah"}
    assert counts(survey, "butuh/sumur")["answered"] == 25


def test_a_faulty_form_names_all_its_faults(tmp_path: Path) -> None:
    survey: list[list[object]] = [
        *SURVEY,
        ["select_one tidak_ada", "q", "", "", ""],
        ["text", "q", "", "", ""],
        ["text", "", "", "", ""],
        ["end_group", "", "", "", ""],
        ["begin_repeat", "r", "", "", ""],
    ]
    (tmp_path / "f.xlsx").write_bytes(form(survey, [*CHOICES, ["desa", "v1", "x", "y"]]))
    with pytest.raises(InvalidInput) as raised:
        read_form(tmp_path / "f.xlsx")
    assert [(each.code, each.row) for each in raised.value.problems] == [
        ("form_choice_repeated", 10),
        ("form_list_unknown", 19),
        ("form_name_repeated", 20),
        ("form_question_unnamed", 21),
        ("form_group_unopened", 22),
        ("form_group_open", 23),
    ]


def test_labels_that_hold_blanks_and_one_another_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(form())
    asked = next(each for each in read_form(tmp_path / "f.xlsx").questions if each.name == "kebutuhan")
    reader = Answers(asked)
    assert asked.shown == "Apa yang paling dibutuhkan?"
    assert reader.read("Jamban keluarga Air bersih").choices == ("air_bersih", "jamban")
    assert reader.read("Air bersih, Listrik").choices == ("air_bersih", "listrik")
    assert reader.read("listrik jalan other").choices == ("jalan", "listrik", "other")
    assert reader.read("Clean").unknown == ("Clean",)
    assert reader.read(" N/A ").choices == ()
    assert len(reader.order) == len(NEEDS) + 1


def test_no_small_number_follows_from_the_others(tmp_path: Path) -> None:
    need = next(each for each in answered_needs(read(tmp_path, "a.xlsx", kobo_book(households(40, 12))))
                if each.question.path == "butuh/sumur")  # fmt: skip
    for table in (need.counted.told, need.counted.above):
        for _, line in table.iterrows():
            hidden = line.isna().sum()
            assert hidden != 1
    for village, hamlets in ((0, [2, 3]), (1, [0, 1])):
        for column in need.counted.told:
            cells = [*need.counted.told[column].iloc[hamlets], need.counted.above[column].iloc[1 - village]]
            assert sum(cell is None for cell in cells) != 1
