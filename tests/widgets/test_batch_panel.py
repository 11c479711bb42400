"""The front of the batch: what is asked for, how far it is, and what came of it in words."""

from __future__ import annotations

import asyncio
import re
import threading
from types import SimpleNamespace

import pytest

from tests.reporting.kabupaten_sessions import write_kabupaten
from workbench.errors import InvalidInput, InvalidValue
from workbench.present.i18n import translator
from workbench.reporting.batch_front import ReportsMaker
from workbench.store.project_files import sample_folder
from workbench.widgets.batch_model import order_of, seconds_left, usual_out
from workbench.widgets.batch_panel import BatchPanel, batch_of_reports

T = translator("id")


def text(widget) -> str:
    return re.sub(r"<[^>]+>", " ", widget.value)


def at(done, total=4, unchanged=0):
    return SimpleNamespace(done=done, total=total, unchanged=unchanged)


def maker(total=4, error=None, failures=(), seen=None):
    """A maker that counts to `total` and then raises, or tells."""

    def make(source, out, workers, progress, *, force):
        if seen is not None:
            seen.append((source, out, workers, force, threading.current_thread()))
        for done in range(1, total + 1):
            progress(at(done, total))
        if error is not None:
            raise error
        return SimpleNamespace(
            index=out / "index.html", written=total, unchanged=0, failures=failures, seconds=1.5
        )

    return make


@pytest.fixture
def panel_of(tmp_path):
    (tmp_path / "data").mkdir()
    opened = []

    def build(make):
        browse = lambda address: opened.append(address) or True  # noqa: E731
        panel = BatchPanel(make, str(tmp_path / "data"), str(tmp_path / "hasil"), T, browse)
        panel.opened = opened
        return panel

    return build


def test_the_fields_become_an_order_from_the_notebooks_folder_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    order = order_of('"data/contoh"', " reports/contoh ", 0, force=True)
    root = sample_folder().parents[1]
    assert (order.source, order.out) == (sample_folder(), root / "reports" / "contoh")
    assert (order.workers, order.force) == (None, True)
    assert order_of(str(tmp_path), "baru", 3, force=False).out == tmp_path / "baru"
    assert (usual_out("/x/Kab A/"), usual_out(" ")) == ("reports/Kab A", "")


def test_all_problems_of_the_fields_are_told_at_once(tmp_path):
    file = tmp_path / "usulan.csv"
    file.write_text("x", encoding="utf-8")

    def codes(source, out):
        with pytest.raises(InvalidInput) as refused:
            order_of(source, out, 0, force=False)
        return [problem.code for problem in refused.value.problems]

    assert codes("", " ") == ["session_folder_not_named", "reports_folder_not_named"]
    assert codes(str(file), str(file)) == ["session_is_a_file", "reports_folder_is_a_file"]
    assert codes(str(tmp_path / "tidak ada"), str(tmp_path / "hasil")) == ["file_missing"]
    assert codes(str(tmp_path), f"{tmp_path}/x/..") == ["reports_into_session_folder"]


def test_the_time_left_counts_only_reports_that_took_time():
    assert seconds_left(at(2, 10), 4.0) == 16.0
    assert seconds_left(at(6, 10, unchanged=4), 4.0) == 8.0
    assert seconds_left(at(4, 10, unchanged=4), 4.0) is None


def test_the_panel_tells_what_was_made_and_opens_the_index(panel_of, tmp_path):
    failed = SimpleNamespace(code="99.01.02", name="Kec <b>", reason="sel 3 gagal", problems=())
    seen = []
    panel = panel_of(maker(failures=[failed], seen=seen))
    panel.workers.value, panel.again.value = 2, True
    panel.go.click()
    assert seen[0][:4] == (tmp_path / "data", tmp_path / "hasil", 2, True)
    assert (panel.bar.value, panel.bar.max, panel.go.disabled) == (4, 4, False)
    assert panel.bar.layout.display == "none"
    assert panel.source.layout.display != "none"
    assert "4 laporan dibuat, 0 tidak berubah, 1 gagal" in text(panel.said)
    assert "Gagal: Kec &lt;b&gt; (99.01.02): sel 3 gagal" in text(panel.said)
    assert str(tmp_path / "hasil" / "index.html") in text(panel.said)
    panel.look.click()
    assert panel.opened == [(tmp_path / "hasil" / "index.html").as_uri()]
    panel.browse = lambda _: False
    panel.look.click()
    assert "klik ganda" in text(panel.said)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InvalidValue("folder_in_use", folder="x"), "sedang dipakai proses lain"),
        (PermissionError(13, "Permission denied", "/x/nilai.csv"), "/x/nilai.csv"),
        (ZeroDivisionError("bagi nol"), "kesalahan program (ZeroDivisionError: bagi nol)"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_the_button_works_again(panel_of, error, words):
    panel = panel_of(maker(error=error))
    panel.go.click()
    assert words in text(panel.said)
    assert "role='alert'" in panel.said.value
    assert not panel.go.disabled
    assert panel.look.layout.display == "none"


def test_the_folder_of_the_reports_follows_until_a_person_names_one():
    panel = BatchPanel(maker(), "data/contoh", "", T)
    panel.source.value = "data/latihan"
    assert panel.out.value == "reports/latihan"
    panel.out.value = "milik saya"
    panel.source.value = "data/contoh"
    assert panel.out.value == "milik saya"


def test_the_page_answers_while_reports_are_made_and_can_stop_them(panel_of):
    gate, seen = threading.Semaphore(0), []

    def make(source, out, workers, progress, *, force):
        seen.append(threading.current_thread())
        for done in range(1, 5):
            gate.acquire(timeout=5)
            progress(at(done))
        raise AssertionError("was not stopped")

    async def press():
        panel = panel_of(make)
        panel.go.click()
        panel.go.click()
        gate.release()
        while panel.bar.value < 1:
            await asyncio.sleep(0.01)
        assert panel.go.disabled
        assert "1 dari 4 laporan selesai. Sisa waktu kira-kira" in text(panel.course)
        panel.stop.click()
        assert "Berhenti setelah" in text(panel.course)
        gate.release()
        await panel.task
        return panel

    panel = asyncio.run(asyncio.wait_for(press(), 10))
    assert seen != [threading.main_thread()]
    assert len(seen) == 1
    assert "Dihentikan. 2 laporan sudah jadi" in text(panel.said)
    assert not panel.go.disabled


@pytest.mark.slow
def test_a_real_batch_is_made_told_and_found_unchanged(tmp_path):
    write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    panel = BatchPanel(ReportsMaker(), str(tmp_path / "data"), str(tmp_path / "hasil"), T)
    panel.workers.value = 1

    async def press():
        panel.go.click()
        await panel.task

    asyncio.run(press())
    assert "dibuat, 0 tidak berubah, 0 gagal" in text(panel.said)
    assert (tmp_path / "hasil" / "99.01.01.html").is_file()
    assert (tmp_path / "hasil" / "index.html").is_file()
    asyncio.run(press())
    assert text(panel.said).strip().startswith("0 laporan dibuat,")


def test_refused_data_is_the_list_of_its_problems(tmp_path):
    write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    table = tmp_path / "data" / "usulan.csv"
    table.write_text(table.read_text("utf-8").replace("1000000", "1 jt").replace("2000000", "dua"), "utf-8")
    view = batch_of_reports(ReportsMaker(), tmp_path / "data", tmp_path / "hasil")
    go, said = view.children[4].children[0], view.children[7]
    go.click()
    assert "role='alert'" in said.value
    assert "usulan.csv" in text(said)
    assert "1 jt" in text(said)
    assert "dua" in text(said)
