import json
import shutil
from pathlib import Path

import pytest

import workbench
from workbench.reporting import batch_state
from workbench.reporting.batch_state import STATE_FILE, BatchState, Digests, MadeReport, file_digest
from workbench.reporting.jobs import Job


@pytest.fixture
def job(template, tmp_path):
    data = tmp_path / "usulan.csv"
    data.write_text("a;b\n")
    folder = tmp_path / "kriteria"
    folder.mkdir()
    (folder / "a.csv").write_text("1")
    parameters = {"kode": "01", "batas": 3}
    notebook = template("kode = ''\nbatas = 1", "kode")
    return Job("01", notebook, parameters, tmp_path / "x" / "01.ipynb", (data, folder, "abc"), "m:f")


def changed(job, **fields):
    given = {name: getattr(job, name) for name in job.__dataclass_fields__}
    return Job(**given | fields)


def edit(path, old, new):
    path.write_text(path.read_text().replace(old, new))


def test_the_key_is_the_same_whenever_everything_is(job):
    shuffled = changed(job, parameters={"batas": 3, "kode": "01"}, target_notebook=Path("/elsewhere/1.ipynb"))
    assert Digests().key(job) == Digests().key(job) == Digests().key(shuffled)


CHANGES = {
    "a parameter": lambda job: changed(job, parameters={"kode": "1", "batas": 3}),
    "the type of a parameter": lambda job: changed(job, parameters={"kode": "01", "batas": "3"}),
    "the finish step": lambda job: changed(job, finish="m:g"),
    "a digest": lambda job: changed(job, inputs=(*job.inputs[:2], "abd")),
    "no input": lambda job: changed(job, inputs=()),
    "a file's content": lambda job: edit(job.inputs[0], "a;b", "a;c"),
    "a file that is gone": lambda job: job.inputs[0].unlink(),
    "a file in a folder": lambda job: edit(job.inputs[1] / "a.csv", "1", "2"),
    "the name of a file in a folder": lambda job: (job.inputs[1] / "a.csv").rename(job.inputs[1] / "b.csv"),
    "one more file in a folder": lambda job: (job.inputs[1] / "b.csv").touch(),
    "the template's code": lambda job: edit(job.notebook, '"kode"', '"print(kode)"'),
    "the template's tags": lambda job: edit(job.notebook, '["parameters"]', '["parameters", "x"]'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_key_changes_with(job, change):
    before = Digests().key(job)
    assert Digests().key(change(job) if isinstance(change(job), Job) else job) != before


def test_outputs_and_counts_in_the_template_are_no_change(job):
    before = Digests().key(job)
    content = json.loads(job.notebook.read_text())
    content["cells"][1] |= {"execution_count": 7, "outputs": [{"output_type": "stream", "text": "x"}]}
    job.notebook.write_text(json.dumps(content, indent=2))
    assert Digests().key(job) == before


@pytest.mark.parametrize("ending", [".py", ".toml", ".json", ".html", ".jinja"])
def test_the_key_changes_with_the_package(job, tmp_path, monkeypatch, ending):
    package = tmp_path / "workbench"
    shutil.copytree(Path(batch_state.__file__).parent, package / "reporting")
    source = package / f"berkas{ending}"
    source.write_text("1")
    monkeypatch.setattr(workbench, "__file__", str(package / "__init__.py"))
    before = Digests().key(job)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.py").write_text("is no source")
    assert Digests().key(job) == before
    source.write_text("2")
    assert Digests().key(job) != before


@pytest.mark.parametrize("library", batch_state.LIBRARIES)
def test_the_key_changes_with_the_version_of_a_library(job, monkeypatch, library):
    before = Digests().key(job)
    real = batch_state.version
    monkeypatch.setattr(batch_state, "version", lambda name: "0" if name == library else real(name))
    assert Digests().key(job) != before


def made(folder, name="01", text="report"):
    (folder / f"{name}.html").write_text(text)
    return MadeReport(name, f"key {name}", {f"{name}.html": file_digest(folder / f"{name}.html")}, 1.5)


def test_a_record_is_found_again_and_its_last_line_counts(tmp_path):
    state = BatchState(tmp_path)
    state.record(made(tmp_path, text="old"))
    state.record(made(tmp_path, "02"))
    state.record(made(tmp_path, text="new"))
    again = BatchState(tmp_path)
    assert again.made == state.made
    keys = {"01": "key 01", "02": "key 02", "03": "key 03"}
    assert [report.name for report in again.unchanged(keys, tmp_path)] == ["01", "02"]
    again.compact()
    assert len((tmp_path / STATE_FILE).read_text().splitlines()) == 2
    assert BatchState(tmp_path).made == state.made


@pytest.mark.parametrize("left", range(0, 200, 7))
def test_a_record_cut_short_at_any_place_loses_only_its_last_report(tmp_path, left):
    state = BatchState(tmp_path)
    state.record(made(tmp_path))
    whole = (tmp_path / STATE_FILE).stat().st_size
    state.record(made(tmp_path, "02"))
    content = (tmp_path / STATE_FILE).read_bytes()
    (tmp_path / STATE_FILE).write_bytes(content[: min(whole + left, len(content) - 2)])
    again = BatchState(tmp_path)
    assert list(again.made) == ["01"]
    again.record(made(tmp_path, "03"))
    assert list(BatchState(tmp_path).made) == ["01", "03"]


@pytest.mark.parametrize("damage", ["gone", "other content of the same size", "empty", "other key"])
def test_a_report_that_does_not_stand_is_not_unchanged(tmp_path, damage):
    state = BatchState(tmp_path)
    state.record(made(tmp_path))
    path = tmp_path / "01.html"
    {
        "gone": path.unlink,
        "other content of the same size": lambda: path.write_text("repork"),
        "empty": lambda: path.write_text(""),
        "other key": lambda: None,
    }[damage]()
    key = "key x" if damage == "other key" else "key 01"
    assert list(state.unchanged({"01": key}, tmp_path)) == []
    assert BatchState(tmp_path / "nothing here").made == {}


def test_a_folder_of_reports_that_was_moved_with_its_inputs_keeps_its_keys(tmp_path):
    def key(place, data):
        return Digests().key(Job("01", tmp_path / "t.ipynb", {"data": data}, place / "01.ipynb", ["isi"]))

    (tmp_path / "t.ipynb").write_text('{"cells": []}', encoding="utf-8")
    one, other = tmp_path / "satu", tmp_path / "dua"
    assert key(one, one / "kerja" / "01") == key(other, other / "kerja" / "01")
    assert key(one, one / "kerja" / "01") != key(one, one / "kerja" / "02")
    assert key(one, tmp_path / "01") == key(other, tmp_path / "01")
    assert key(one, tmp_path / "01") != key(one, tmp_path / "02")
