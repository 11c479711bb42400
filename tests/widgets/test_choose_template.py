import pytest

from workbench.present.i18n import translator
from workbench.store.session_folder import open_session
from workbench.store.templates import read_templates
from workbench.widgets import choose_template
from workbench.widgets.choose_template import TemplatePanel


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "usulan.csv").write_text(
        "kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya\nU1;73.02.01;Jalan;1\n", "utf-8"
    )
    (tmp_path / "wilayah.csv").write_text("kode_wilayah;nama\n73;S\n73.02;B\n73.02.01;G\n", "utf-8")
    return tmp_path


@pytest.fixture
def panel(folder):
    return TemplatePanel(folder, read_templates(), translator("id"))


def test_one_click_puts_the_form_into_the_folder(folder, panel):
    panel.buttons["usg"].click()
    assert open_session(folder).session.criteria.labels.tolist() == ["U", "S", "G"]
    assert "terpasang" in panel.said.value
    assert panel.replace.layout.display == "none"


def test_scored_criteria_are_kept_until_a_second_click_says_so(folder, panel):
    panel.buttons["usg"].click()
    (folder / "peserta.csv").write_text("no_kartu\n1\n", "utf-8")
    (folder / "nilai.csv").write_text(
        "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;1;U1;U;5\n", "utf-8"
    )
    panel.buttons["t-vi-c-14"].click()
    assert "role='alert'" in panel.said.value
    assert panel.replace.layout.display == ""
    assert len(open_session(folder).session.ballots) == 1
    panel.replace.click()
    assert open_session(folder).session.criteria.labels.tolist()[0] == "C1"
    assert panel.replace.layout.display == "none"


def test_a_vote_is_explained_and_writes_nothing(folder, panel):
    panel.buttons["suara-mad-357"].click()
    assert "3-5-7" in panel.buttons["suara-mad-357"].description
    assert "suara terbanyak" in panel.said.value
    assert not (folder / "kriteria.csv").exists()


def test_a_folder_that_cannot_be_used_is_said_in_words(tmp_path):
    view = choose_template(tmp_path)
    view.children[1].click()
    assert "role='alert'" in view.children[-1].value
