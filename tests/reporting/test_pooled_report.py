"""A report whose pools are apart shows every section once for each pool and never a mixed list."""

import shutil

import pytest

from workbench.reporting import open_report
from workbench.store.project_files import sample_folder

DISTRICT = "99.01.09"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apart")
    for path in sample_folder().iterdir():
        if path.name != "manifest.json":
            shutil.copyfile(path, folder / path.name)
    rules = folder / "aturan.toml"
    lines = [
        line for line in rules.read_text("utf-8").splitlines() if not line.startswith("kelompok_peringkat")
    ]
    rules.write_text('kelompok_peringkat = "terpisah"\n' + "\n".join(lines), "utf-8")
    return open_report(str(sample_folder()), DISTRICT), open_report(str(folder), DISTRICT)


def test_each_section_stands_once_for_each_pool(reports):
    _, apart = reports
    assert tuple(apart.parts) == ("Fisik", "Nonfisik")
    for section in ("summary", "not_funded", "apart", "criteria", "gates"):
        text = "".join(getattr(apart, section)().blocks)
        assert text.count("<h3>") == 2


def test_what_holds_for_all_stands_once(reports):
    _, apart = reports
    assert "<h3>" not in "".join(apart.rules().blocks)
    assert "<h3>" not in "".join(apart.card().blocks)
    assert apart.bands().heading == ""


def test_no_list_mixes_the_pools(reports):
    together, apart = reports
    for pool, part in apart.parts.items():
        assert set(part.opened.session.proposals.at_stage(part.opened.rules.stage).frame["pool"]) == {pool}
    whole = together.record().content
    summed = apart.record().content
    assert whole.keys() == summed.keys()
    for figure in ("proposals", "ranked", "not_rankable", "district", "notes"):
        assert summed[figure] == whole[figure]


def test_money_that_names_no_pool_is_said_and_spent_by_nobody(reports):
    _, apart = reports
    assert "tidak menyebut kelompok" in "".join(apart.summary().blocks)
    assert apart.record().content["room"] is None


def test_what_is_no_section_is_not_answered(reports):
    _, apart = reports
    with pytest.raises(AttributeError):
        apart.nothing_like_it()
