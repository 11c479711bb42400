from workbench.present.i18n import translator
from workbench.store.intake.assisted import draft_of
from workbench.store.intake.layouts import read_layout
from workbench.widgets import map_columns
from workbench.widgets.map_columns import MapPanel


def test_choices_make_a_layout_that_reads_the_list(tmp_path):
    path, saved = tmp_path / "aneh.csv", tmp_path / "aneh.toml"
    path.write_text("Apa;Berapa\nJalan tani;12,5\nSumur;7\n", encoding="utf-8")
    panel = MapPanel(path, saved, draft_of(path), translator("id"))
    panel.keep.click()
    assert "kegiatan" in panel.said.value
    assert not saved.exists()
    panel.choices["Berapa"].value = "kegiatan"
    panel.choices["Apa"].value = "kegiatan"
    assert panel.choices["Berapa"].value == ""
    panel.choices["Berapa"].value = "prakiraan_biaya"
    panel.try_it.click()
    assert "satuan uangnya" in panel.said.value
    panel.unit.value = "juta"
    panel.try_it.click()
    assert "2 dipakai" in panel.said.value
    assert "Rp\u00a019.500.000" in panel.said.value
    panel.keep.click()
    assert read_layout(saved).columns == {"kegiatan": ("Apa",), "prakiraan_biaya": ("Berapa",)}


def test_a_list_that_cannot_be_read_shows_its_problem(tmp_path):
    shown = map_columns(tmp_path / "tidak-ada.csv", tmp_path / "x.toml")
    assert "role='alert'" in shown.value
