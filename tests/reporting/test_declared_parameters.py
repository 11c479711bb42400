import json

import pytest

from workbench.errors import InvalidInput
from workbench.reporting.declared_parameters import (
    UNKNOWN_DEFAULT,
    declared_parameters,
    refuse_wrong_parameters,
)
from workbench.reporting.jobs import Job


def problems_of(job):
    with pytest.raises(InvalidInput) as caught:
        refuse_wrong_parameters([job])
    return caught.value.problems


def test_names_and_literal_defaults_are_read_without_running_the_cell(template):
    notebook = template("kode = '00'\nbatas: int = 3\nnama = raise_if_run()\n# lain = 1\nsatu = dua = []")
    assert declared_parameters(notebook) == {
        "kode": "00",
        "batas": 3,
        "nama": UNKNOWN_DEFAULT,
        "satu": [],
        "dua": [],
    }


def test_every_unknown_parameter_of_every_job_is_named_with_what_the_template_declares(template, tmp_path):
    notebook = template("kode = '00'")
    jobs = [
        Job("a", notebook, {"kode": "1", "kod": "2"}, tmp_path / "a.ipynb"),
        Job("b", notebook, {"Kode": "2"}, tmp_path / "b.ipynb"),
    ]
    with pytest.raises(InvalidInput) as caught:
        refuse_wrong_parameters(jobs)
    assert [(p.code, p.value, p.facts["job"]) for p in caught.value.problems] == [
        ("parameter_unknown", "kod", "a"),
        ("parameter_unknown", "Kode", "b"),
    ]
    assert caught.value.problems[0].facts["declared"] == ["kode"]


@pytest.mark.parametrize(
    ("default", "value"),
    [("'00'", 3201000), ("'00'", 1.5), ("1", "1"), ("True", 1), ("1", True), ("[]", "a"), ("'a'", ["a"])],
)
def test_a_value_of_another_type_than_the_default_is_refused(template, tmp_path, default, value):
    notebook = template(f"kode = {default}")
    (problem,) = problems_of(Job("a", notebook, {"kode": value}, tmp_path / "a.ipynb"))
    assert (problem.code, problem.facts["parameter"]) == ("parameter_wrong_type", "kode")


@pytest.mark.parametrize(
    ("default", "value"),
    [("'00'", "01"), ("1", 2), ("1.5", 2), ("None", "x"), ("compute()", 3), ("[]", ("a",)), ("'a'", None)],
)
def test_fitting_values_pass(template, tmp_path, default, value):
    notebook = template(f"kode = {default}")
    refuse_wrong_parameters([Job("a", notebook, {"kode": value}, tmp_path / "a.ipynb")])


def test_a_value_that_no_cell_can_hold_is_refused(template, tmp_path):
    notebook = template("kode = None")
    (problem,) = problems_of(Job("a", notebook, {"kode": {1, 2}}, tmp_path / "a.ipynb"))
    assert problem.code == "parameter_wrong_type"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("not json", "template_unreadable"),
        ("[]", "template_unreadable"),
        (json.dumps({"worksheets": []}), "template_unreadable"),
        (json.dumps({"cells": []}), "parameters_cell_missing"),
    ],
)
def test_a_template_that_is_none_is_named(tmp_path, content, code):
    notebook = tmp_path / "templat.ipynb"
    notebook.write_text(content)
    (problem,) = problems_of(Job("a", notebook, {}, tmp_path / "a.ipynb"))
    assert (problem.code, problem.file) == (code, "templat.ipynb")


def test_a_missing_template_and_a_broken_parameters_cell_are_named(template, tmp_path):
    assert problems_of(Job("a", tmp_path / "tiada.ipynb", {}, tmp_path / "a.ipynb"))[0].code == (
        "template_unreadable"
    )
    broken = template("kode = ")
    assert problems_of(Job("a", broken, {}, tmp_path / "a.ipynb"))[0].code == "template_unreadable"
