"""Every code of the code base has words in both languages; sentences name value and remedy."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from workbench.errors import (
    DisconnectedJudgements,
    InvalidInput,
    InvalidValue,
    Problem,
    UnknownMethod,
    WorkbenchError,
    same_labels,
)
from workbench.present.format import EMPTY
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.problems import error_sentence, problem_lines, problem_place, problem_sentence

# Calls that make a problem, and which of their arguments is the code; helpers belong to one module each.
MAKERS = {
    "Problem": 0,
    "problem_at": 1,
    "duplicates": 2,
    "unknown_labels": 3,
    "refused": 0,
    "noted": 1,
    "Reading": 1,
    "file_kinds._refused": 1,
    "grids._note": 1,
    "workbooks._at": 2,
}
ERRORS = {"InvalidValue", "NoFeasiblePlan", "DisconnectedJudgements", "UnknownMethod"}


@cache
def calls(root: Path) -> tuple[tuple[Path, str, ast.Call], ...]:
    """Every call of the source: its module, its name (helpers with their module's), the call."""
    found = []
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                found.append((path, f"{path.stem}.{name}" if name.startswith("_") else name, node))
    return tuple(found)


def literal_codes(node: ast.Call, place: int) -> Iterator[str]:
    """Yield the texts that the code's argument can be: a literal, or either side of ``a if b else c``."""
    given = [*node.args[place : place + 1], *(word.value for word in node.keywords if word.arg == "code")]
    for argument in given:
        sides = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        yield from (
            side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)
        )


@pytest.fixture(scope="module")
def codes(project_root: Path) -> set[str]:
    found = set()
    for _, name, node in calls(project_root / "workbench"):
        if name in MAKERS:
            found |= set(literal_codes(node, MAKERS[name]))
        elif name == "replace":
            found |= {
                word.value.value
                for word in node.keywords
                if word.arg == "code" and isinstance(word.value, ast.Constant)
            }
    return found - {""}


def test_the_scan_finds_codes_of_every_layer(codes):
    assert {
        "duplicate_id",
        "weight_missing",
        "file_missing",
        "amount_with_unit",
        "judgement_contradictory",
    } <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_code_has_a_sentence_and_a_remedy(codes, language):
    t = translator(language)
    assert sorted(code for code in codes if not t.has(f"problem.{code}")) == []
    assert sorted(code for code in codes if not t.has(f"remedy.{code}")) == []


@pytest.fixture(scope="module")
def calculation() -> set[Path]:
    """The modules that one calculation loads: their errors can reach people who only read a report."""
    listing = "[m.__file__ for n, m in sys.modules.items() if n.startswith('workbench.')]"
    code = f"import json, sys, workbench.prioritisation; print(json.dumps({listing}))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return {Path(file).resolve() for file in json.loads(run.stdout) if file}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_that_a_calculation_can_raise_has_a_sentence(project_root, calculation, language):
    t = translator(language)
    seen: set[str] = set()
    for path, name, node in calls(project_root / "workbench"):
        if name in ERRORS and path.resolve() in calculation:
            seen |= set(literal_codes(node, 0))
    lacking = {code for code in seen if not t.has(f"error.{code}")}
    assert sorted(lacking) == []
    assert "parent_cycle" in seen


def test_an_amount_with_unit_names_value_column_and_remedy():
    problem = Problem("amount_with_unit", column="prakiraan_biaya", value="Rp.100 jt")
    assert problem_sentence(problem, translator("id")) == (
        "Isi “Rp.100 jt” pada kolom prakiraan_biaya bukan rupiah penuh. "
        "Tulis angka tanpa singkatan, misalnya 100000000."
    )


def test_facts_become_clauses_and_a_lacking_fact_hides_nothing():
    t = translator("id")
    first = Problem("duplicate_id", column="proposal", value="U-1", facts={"first_row": 4})
    assert "baris 4" in problem_sentence(first, t)
    assert (
        "baris"
        not in problem_sentence(Problem("duplicate_id", column="proposal", value="U-1"), t).split(".")[0]
    )
    scale = Problem("points_outside_scale", value="9", facts={"scale_max": 5.0})
    assert f"{EMPTY} sampai 5,00" in problem_sentence(scale, t)
    many = Problem("unknown_choice", value="x", facts={"allowed": tuple(f"k{n}" for n in range(30))})
    assert "20 lainnya" in problem_sentence(many, t)


def test_facts_read_back_from_a_file_as_text_do_not_break_the_sentence():
    problem = Problem("points_outside_scale", value="9", facts={"scale_min": "1", "scale_max": "5"})
    assert "1 sampai 5" in problem_sentence(problem, translator("id"))


def test_codes_among_the_facts_are_put_into_words():
    problem = Problem(
        "file_not_what_it_says", file="a.csv", facts={"really": "pdf", "remedy": "save_as_xlsx"}
    )
    said = problem_sentence(problem, translator("id"))
    assert "PDF" in said
    assert "save_as" not in said


def test_a_rule_is_named_as_its_table_names_it():
    facts = {"budget_rule": "equal_shares"}
    problem = Problem("rule_without_ballots", column="budget_rule", value="equal_shares", facts=facts)
    t = translator("id")
    told = problem_sentence(problem, t)
    assert t("budgeting.rule.equal_shares") in told
    assert "equal_shares" not in told


def test_an_unknown_code_says_so_and_any_fact_name_is_safe():
    problem = Problem("brand_new", value="{x}", facts={"key": "a", "self": "b", "suggestion": "{y}"})
    said = problem_sentence(problem, translator("id"))
    assert "brand_new" in said
    assert "{x}" in said
    assert "{y}" in said


def test_a_long_value_is_cut():
    said = problem_sentence(Problem("column_unknown", value="x" * 5000), translator("id"))
    assert len(said) < 400


def test_places_are_named_as_a_person_finds_them():
    t = translator("id")
    problem = Problem("empty_cell", file="usulan.xlsx", sheet="Data", row=12, column="kegiatan")
    assert problem_place(problem, t) == "usulan.xlsx, lembar Data, baris 12, kolom kegiatan"
    assert problem_place(Problem("empty_cell", column="cost"), t) == "kolom prakiraan_biaya"
    assert problem_place(Problem("empty_cell"), t) == "masukan"
    assert problem_lines([problem], t)[0].startswith("usulan.xlsx")


def test_the_words_of_fields_are_the_headers_of_the_files(project_root):
    import tomllib

    tables = tomllib.loads((project_root / "workbench/store/headers.toml").read_text(encoding="utf-8"))[
        "tables"
    ]
    t = translator("id")
    for table in ("proposals", "criteria"):
        for name, header in tables[table]["fields"].items():
            if name not in {"name", "column"}:
                assert t(f"field.{name}") == header


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_speak_with_details(language):
    t = translator(language)
    said = error_sentence(DisconnectedJudgements(components=(("a", "b"), ("c",))), t)
    assert "a / b, c" in said
    with pytest.raises(Exception) as raised:  # noqa: PT011 - any error of the house
        same_labels("weights", ["a"], ["b"])
    assert "a" in error_sentence(raised.value, t)
    assert "brand_new" in error_sentence(InvalidValue("brand_new"), t)
    assert "kemeni" in error_sentence(UnknownMethod(method="kemeni", known=("kemeny",)), t)
    lines = error_sentence(
        InvalidInput([Problem("file_empty", file="a"), Problem("file_empty", file="b")]), t
    )
    assert len(lines.splitlines()) == 3


def test_the_sentence_of_an_error_uses_its_facts_once():
    error = WorkbenchError("scheduler_unreachable", address="tcp://10.0.0.5:9", seconds=3)
    said = error_sentence(error, translator("id"))
    assert said.count("tcp://10.0.0.5:9") == 1
    assert "3" in said
    lacking = error_sentence(WorkbenchError("scheduler_unreachable"), translator("id"))
    assert "Penjadwal di \u2013 tidak menjawab" in lacking
