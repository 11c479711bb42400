import pytest

from workbench.errors import InvalidInput, InvalidValue, UnknownMethod
from workbench.reporting.batch import run_batch
from workbench.reporting.folder_lock import locked
from workbench.reporting.jobs import Job

pytestmark = pytest.mark.usefixtures("no_new_process")


def refusal(jobs, folder, error=InvalidValue, **settings):
    with pytest.raises(error) as caught:
        run_batch(jobs, folder, **settings)
    return caught.value


@pytest.fixture
def job(template, reports):
    notebook = template("kode = ''")
    return lambda name="a", target="a.ipynb", **parameters: Job(name, notebook, parameters, reports / target)


def test_an_unknown_parameter_stops_the_batch_before_anything_is_made(job, reports):
    error = refusal([job(kode="1"), job("b", "b.ipynb", kecamatan="1")], reports, InvalidInput)
    assert [(problem.code, problem.value) for problem in error.problems] == [
        ("parameter_unknown", "kecamatan")
    ]
    assert not reports.exists()


def test_a_code_that_became_a_number_stops_the_batch(job, reports):
    error = refusal([job(kode=3201000)], reports, InvalidInput)
    assert error.problems[0].code == "parameter_wrong_type"


def test_names_and_targets_are_unique(job, reports):
    assert refusal([job(), job("a", "b.ipynb")], reports).facts["what"] == "name"
    assert refusal([job(), job("b", "a.ipynb")], reports).facts["what"] == "target"


@pytest.mark.parametrize("target", ["../a.ipynb", "/a.ipynb", "x/../../a.ipynb"])
def test_targets_lie_below_the_folder(job, reports, target):
    assert refusal([job(target=target)], reports).code == "target_outside_folder"


def test_engine_and_number_of_workers_are_checked(job, reports):
    error = refusal([job()], reports, UnknownMethod, engine="papermill")
    assert error.facts["known"] == ["inprocess", "nbclient", "warm"]
    assert refusal([job()], reports, workers=0).code == "workers_not_positive"


def test_two_batches_do_not_write_into_one_folder(job, reports):
    reports.mkdir()
    with locked(reports):
        assert refusal([job()], reports).code == "folder_in_use"


def test_nothing_to_do_is_a_complete_batch(reports):
    result = run_batch([], reports)
    assert (result.jobs, result.complete) == ((), True)
