import json

from hypothesis import given
from hypothesis import strategies as st

from workbench.reporting.jobs import FailureCode, FailureReason
from workbench.reporting.report_task import ReportAnswer, ReportTask, failed, run_report, safe_file_name


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_a_safe_name_is_ascii_without_separators_and_short(name):
    safe = safe_file_name(name)
    assert safe.isascii()
    assert not set(safe) & set('/\\:*?"<>| \0')
    assert 0 < len(safe) <= 120
    assert safe.strip(".")


@given(st.lists(st.text(min_size=1), unique=True, min_size=2, max_size=20))
def test_different_names_stay_different(names):
    assert len({safe_file_name(name) for name in names}) == len(names)


def test_long_names_stay_different_and_codes_stay_readable():
    assert safe_file_name("a" * 500 + "1") != safe_file_name("a" * 500 + "2")
    assert safe_file_name("32.02.01_A-b") == "32.02.01_A-b"


@given(st.text(), st.text(), st.integers(min_value=1) | st.none())
def test_an_answer_survives_its_way_as_json(name, message, cell):
    answer = failed(name, FailureReason(FailureCode.CELL_RAISED, "ValueError", message, cell), 1.5)
    assert ReportAnswer.from_json(json.loads(json.dumps(answer.as_json()))) == answer


def test_a_report_that_cannot_be_stored_is_named(template, tmp_path):
    (tmp_path / "laporan").mkdir()
    (tmp_path / "laporan" / "a").write_text("a file where a folder should be")
    target = tmp_path / "laporan" / "a" / "b" / "x.ipynb"
    task = ReportTask(
        "x",
        str(template("kode = ''")),
        {},
        str(tmp_path / "laporan"),
        str(target),
        str(target.with_suffix(".html")),
    )
    answer = run_report(task)
    assert answer.reason is not None
    assert (answer.reason.code, answer.reason.error) == (FailureCode.NOT_WRITTEN, "NotADirectoryError")
    assert [path.name for path in (tmp_path / "laporan" / ".part").iterdir()] == []
