"""Notebooks stay thin: prose and calls, nothing stored, nothing defined."""

import ast
import json

import pytest

from workbench.store.project_files import notebook_folder

NOTEBOOKS = sorted(notebook_folder().glob("*.ipynb"))
MOST_LINES = 8
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)


def test_there_are_notebooks():
    assert {path.name for path in NOTEBOOKS} >= {"mulai.ipynb", "laporan_kecamatan.ipynb"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def cells(request):
    return json.loads(request.param.read_text(encoding="utf-8"))["cells"]


def test_nothing_is_stored(cells):
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_code_cells_are_short_and_define_nothing(cells):
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= MOST_LINES
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, FORBIDDEN)]


def test_imports_come_from_the_package_alone(cells):
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            assert not isinstance(node, ast.Import)
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] == "workbench"


def test_every_notebook_tells_what_it_is(cells):
    assert cells[0]["cell_type"] == "markdown"
    assert "".join(cells[0]["source"]).startswith("# ")


def test_every_cell_has_an_id_of_its_own(cells):
    ids = [cell["id"] for cell in cells]
    assert len(set(ids)) == len(ids)


def test_parameters_are_declared(cells):
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
