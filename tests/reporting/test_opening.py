"""A report is opened by the code as it is written; what a tool made of it is refused, never guessed."""

import pytest

from tests.reporting.kabupaten_sessions import write_kabupaten
from workbench.errors import InvalidInput
from workbench.reporting.opening import open_report


@pytest.mark.parametrize("code", ["990101", 990101, 99.01, "99.01.1", "01.02.03"])
def test_a_code_that_became_something_else_is_refused_by_its_value(tmp_path, code):
    folder = write_kabupaten(tmp_path / "data", {"99.01.01": 1, "99.01.10": 1})
    with pytest.raises(InvalidInput) as refused:
        open_report(str(folder), code, "id")
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("district_without_proposals", code)


def test_a_code_keeps_its_zeros(tmp_path):
    folder = write_kabupaten(tmp_path / "data", {"99.01.01": 1, "99.01.10": 2})
    opened = {code: open_report(str(folder), code, "id") for code in ("99.01.01", "99.01.10")}
    assert [len(report.opened.session.proposals) for report in opened.values()] == [1, 2]
