"""What nobody foresaw: the page says so in one sentence, and a meeting without regions has its minutes."""

import sys
from types import SimpleNamespace

from tests.room_pages import opened_page, panel, words
from workbench.present.i18n import translator
from workbench.widgets.room_fault import Fault


def test_a_fault_of_a_press_is_said_on_the_page_without_a_traceback(monkeypatch):
    shown = []
    shell = SimpleNamespace(showtraceback=lambda *given: shown.append(given))
    monkeypatch.setattr(sys.modules["workbench.widgets.room_fault"], "get_ipython", lambda: shell)
    fault = Fault(translator("id"))
    fault.watch()
    assert fault.view.value == ""
    shell.showtraceback()
    assert shown == [()]  # JupyterLab still shows it to whoever looks after the notebook
    assert "kesalahan program, bukan karena isian Anda" in words(fault.view.value)
    assert "Traceback" not in fault.view.value


def test_a_meeting_from_a_list_that_names_no_region_writes_its_minutes(tmp_path):
    tables = {
        "usulan.csv": "kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya\nU-1;;Rabat;20000000\n",
        "kriteria.csv": "kode_kriteria;nama;skala_min;skala_maks;bobot\nK1;Mendesak;1;5;1\n",
        "sesi.csv": "hal;isi\ntingkat;desa\nforum;Musrenbang Desa\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    room = opened_page(tmp_path)
    minutes = panel(room, "minutes")
    minutes.write()
    assert "berita-acara-daftar.docx" in words(minutes.files.value)
    assert "alert" not in minutes.files.value
