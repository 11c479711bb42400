"""A meeting from the first page to the berita acara, by keyboard and mouse, beside the projector's page."""

import contextlib
import re

import pytest

from tests.room_folders import small_folder
from workbench.cli.room_app import RoomApp, free_port, stop
from workbench.prioritisation import prioritise
from workbench.store.session_folder import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CARDS = {
    "1": ("553", "342", "444", "525", "415", "333"),
    "2": ("543", "232", "454", "535", "425", "233"),
    "3": ("454", "342", "545", "124", "515", "332"),
    "4": ("553", "341", "444", "115", "425", "-33"),
    "5": ("455", "243", "434", "525", "514", "323"),
}
OVER_SUBSHELLS = """() => {
  const context = window.jupyterapp.shell.currentWidget.sessionContext;
  return context.session.kernel.commsOverSubshells;
}"""
SMALLEST_FONT = """() => {
  const walker = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT);
  let least = 999;
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() && !parent.closest('style, title, desc')) {
      least = Math.min(least, parseFloat(getComputedStyle(parent).fontSize));
    }
  }
  return least;
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    pytest.importorskip("voila")
    place = tmp_path_factory.mktemp("setelan")
    running = RoomApp(place, free_port(), small_folder(tmp_path_factory.mktemp("ruang") / "musyawarah"))
    server = running.start()
    try:
        assert running.wait(server), (place / "voila.log").read_text()
        yield running
    finally:
        stop(server)


def outside(page, requests_out):
    inside = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:")
    page.on(
        "request",
        lambda request: requests_out.append(request.url) if not request.url.startswith(inside) else None,
    )


def step(page, name):
    page.locator(".room-steps button", has_text=name).click()
    page.wait_for_function(
        "name => document.querySelector('.room-steps .mod-active')?.textContent.includes(name)", arg=name
    )


def fill(page, name, text):
    field = page.locator(f".{name} input")
    field.fill(text)
    field.press("Tab")


def key_card(page, number, lines):
    field = page.locator(".entry-card input")
    field.focus()
    field.select_text()
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    for line in lines:
        page.keyboard.type(line, delay=5)
        page.keyboard.press("Enter")
    page.wait_for_selector(f"text=Kartu 00{number} selesai")


HAND_IS_ON = """place => document.activeElement ===
    [...document.querySelectorAll(".entry-line:not(.entry-card) input")][place]"""


def key_part(page, number, lines):
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    for place, line in enumerate(lines):
        page.keyboard.type(line, delay=5)
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('.entry-mark')[n].innerText !== ''", arg=place)


def wall_text(wall, *words):
    for word in words:
        wall.wait_for_selector(f".wall >> text={word}")
    assert wall.evaluate(SMALLEST_FONT) >= 28
    return wall.locator(".wall").inner_text()


def key_orders_of_criteria(page):
    """Weigh the criteria on two cards, without the mouse once the card's field has the caret."""
    step(page, "Persiapan")
    page.locator(".jupyter-widget-Collapse-header", has_text="Kriteria").click()
    page.locator(".preference-card input").focus()
    for number, order in (("1", "2 1=3"), ("2", "1 2 3")):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement?.closest('.preference-line')")
        page.keyboard.type(order)
        page.keyboard.press("Enter")
        page.wait_for_selector(f".preference-said >> text=Kartu 00{number} selesai")
    page.wait_for_selector(".preference-progress >> text=urutan 2")


def examine_conditions(page):
    step(page, "Syarat")
    page.locator(".gate-name input").fill("Lahan siap")
    page.locator(".gate-name input").press("Tab")
    fill(page, "gate-number", "2")
    page.locator(".gate-result select").select_option(index=1)
    fill(page, "gate-note", "lahan masih disengketakan")
    page.locator("button.gate-record").click()
    page.wait_for_selector("td:has-text('disengketakan')")


def open_round(page):
    step(page, "Putaran 1")
    assert "menit" in page.locator(".round-estimate").inner_text()
    page.locator("button.round-open").click()
    page.wait_for_function(
        "() => document.activeElement?.closest('.entry-card')"
    )  # nobody reached for the mouse
    page.evaluate("() => { window.opened = document.querySelector('.entry-card input'); }")
    assert page.locator(".entry-line input").count() == 1 + 5  # the second proposal is not asked
    page.locator(".wall-choice select").select_option(label="Kartu yang masuk")
    page.locator("button.wall-show").click()


def key_cards_with_a_break(page, wall):
    asked = {number: lines[:1] + lines[2:] for number, lines in CARDS.items()}
    for number in ("1", "2", "3"):
        key_card(page, number, asked[number])
    assert page.evaluate("() => window.opened.isConnected")  # no repaint has made the fields anew
    seen = wall_text(wall, "3 / 8")
    assert "Nilai tidak ditampilkan" in seen
    assert "553" not in seen
    key_part(page, "4", asked["4"][:2])
    page.reload()  # a power cut in the middle of a card, or a curious finger
    page.wait_for_function("() => document.activeElement?.closest('.entry-card')")
    assert "3 kartu lengkap, 1 sebagian" in page.locator(".entry-progress").inner_text().replace(
        "\u00a0", " "
    )
    key_part(page, "4", ())
    page.wait_for_function(HAND_IS_ON, arg=2)  # past the lines that were in already, without the mouse
    for line in asked["4"][2:]:
        page.keyboard.type(line, delay=5)
        page.keyboard.press("Enter")
    page.wait_for_selector("text=Kartu 004 selesai")
    page.locator(".entry-card input").click()  # the mouse chooses the old number whole, as Enter does
    page.wait_for_function("() => getSelection().toString() === document.activeElement.value")
    key_card(page, "5", asked["5"])
    wall_text(wall, "5 / 8")
    page.locator("button.round-close").click()
    page.wait_for_selector("text=Putaran 1 ditutup.")


def reveal_spread_and_result(page, wall):
    step(page, "Sebaran")
    page.locator("button.spread-show").click()
    wall_text(wall, "Siap ditampilkan")
    wall.keyboard.press("PageDown")
    assert re.search("seragam|beragam", wall_text(wall, "Pita: separuh tengah peserta"))
    step(page, "Hasil")
    page.locator("button.result-show").click()
    wall_text(wall, "Hasil skoring dan garis pagu", "Siap ditampilkan")
    wall.keyboard.press(" ")
    wall_text(wall, "GARIS PAGU")


def assert_numbers_are_those_of_prioritise(page, folder):
    opened = open_session(folder)
    outcome = prioritise(opened.session, opened.rules)
    activities = opened.session.proposals.frame["activity"]
    shown = page.locator(".result-table tbody tr td:nth-child(2)").all_inner_texts()
    assert shown == [str(activities[label]) for label in outcome.table.index]
    assert "Lahan siap" in page.locator(".result-table").inner_text()


def decide_otherwise(page):
    step(page, "Keputusan")
    fill(page, "decision-number", "6")
    fill(page, "decision-rank", "1")
    page.locator("button.decision-record").click()
    page.wait_for_selector("text=Alasannya belum ditulis")
    fill(page, "decision-reason", "Jalan gelap, tiga kecelakaan bulan lalu")
    page.locator("button.decision-record").click()
    page.wait_for_selector(".decision-table >> text=tiga kecelakaan")


def test_a_meeting_from_list_to_berita_acara(page, app, requests_out):
    page.goto(app.address())
    page.wait_for_selector(".room-steps")
    fill(page, "fact-place", "Balai Desa Sukamaju")
    page.wait_for_selector("text=Tersimpan.")
    key_orders_of_criteria(page)
    wall = page.context.new_page()
    outside(wall, requests_out)
    wall.set_default_timeout(90_000)
    wall.goto(app.address("layar.ipynb"))
    assert "Musrenbang Desa Sukamaju" in wall_text(wall, "Balai Desa Sukamaju")
    examine_conditions(page)
    open_round(page)
    key_cards_with_a_break(page, wall)
    reveal_spread_and_result(page, wall)
    assert_numbers_are_those_of_prioritise(page, app.folder)
    decide_otherwise(page)
    step(page, "Berita acara")
    page.locator("button.minutes-lock").click()
    page.wait_for_selector("text=Hasil dikunci.")
    page.locator("button.minutes-write").click()
    page.wait_for_selector(".minutes-files >> text=Berita acara dan lampirannya")
    assert {path.suffix for path in (app.folder / "dokumen").iterdir()} >= {".docx"}
    assert open_session(app.folder).resolution.locked
    assert requests_out == []


def test_without_its_secret_the_server_shows_nothing(page, app):
    page.goto(app.address().split("?")[0])
    assert "login" in page.url
    assert page.locator(".room-steps").count() == 0
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.locator("h1").inner_text() == "Halaman ini terkunci"
    assert page.locator("form").count() == 0
    answer = page.request.get(f"http://127.0.0.1:{app.port}/api/kernels/00000000-0000-0000-0000-000000000000")
    assert answer.status in (401, 403)
    page.goto(f"http://127.0.0.1:{app.port}/voila/")  # an address that somebody typed half
    assert page.locator("h1").inner_text() == "Halaman ini tidak ada"
    assert page.locator("a", has_text="Buka halaman operator").count() == 1


def kernels_of_the_app():
    """Return the programs behind the app's pages, and the one that waits to be the next."""
    psutil = pytest.importorskip("psutil")  # comes with ipykernel
    servers = [one for one in psutil.Process().children() if "voila" in one.cmdline()]
    return [one for server in servers for one in server.children()]


def test_a_program_that_is_killed_is_told_on_the_page(page, app, requests_out):
    page.goto(app.address())
    page.wait_for_selector(".room-steps")
    for kernel in kernels_of_the_app():
        kernel.kill()
    page.wait_for_selector(".room-watch >> text=Muat ulang halaman (F5)")  # by the style sheet alone
    page.reload()
    page.wait_for_selector(".room-steps")
    assert not page.locator(".room-watch [role=alert]").is_visible()
    left = kernels_of_the_app()
    page.goto("about:blank")  # a page that is closed ends its program
    gone, _ = pytest.importorskip("psutil").wait_procs(left, timeout=30)
    assert gone
    assert requests_out == []


def take_card(page):
    """Key the card's number in; JupyterLab draws a field a moment before it listens."""
    for _ in range(10):
        page.locator(".entry-card input").fill("")
        page.locator(".entry-card input").fill("1")
        page.locator(".entry-card input").press("Enter")
        with contextlib.suppress(pytest.importorskip("playwright.sync_api").TimeoutError):
            page.wait_for_selector("text=Kartu 001: ketik", timeout=5_000)
            return
    pytest.fail("the page does not take the card's number")


def test_the_same_page_works_in_jupyterlab(page, lab, run_notebook, tmp_path, requests_out):
    page.goto(f"{lab}/lab")  # without the secret: an Indonesian page, and a wrong word opens nothing
    assert page.locator("h1").inner_text() == "Halaman ini terkunci"
    page.locator("#password_input").fill("salah")
    page.locator("#login_submit").click()
    assert "tidak cocok" in page.locator("[role=alert]").inner_text()
    page.goto(f"{lab}/tidak-ada?token=uji")
    assert page.locator("h1").inner_text() == "Halaman ini tidak ada"
    folder = small_folder(tmp_path / "musyawarah")
    run_notebook(page, "ruang.ipynb")
    page.wait_for_selector(".room-folder input")
    fill(page, "room-folder", str(folder))
    page.locator("button.room-open").click()
    step(page, "Putaran 1")
    page.locator("button.round-open").click()
    page.wait_for_function("() => document.activeElement?.closest('.entry-card')")  # the kernel saw it shown
    take_card(page)
    page.keyboard.type("553")  # the kernel has moved the focus
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry-mark >> text=tersimpan")
    page.wait_for_selector(".entry-progress >> text=1 baris tersimpan")
    assert page.evaluate(OVER_SUBSHELLS) == "disabled"  # a click and the beat never in two threads
    wall = page.context.new_page()
    outside(wall, requests_out)
    wall.set_default_timeout(90_000)
    run_notebook(wall, "layar.ipynb")  # it follows what the operator opened
    assert "Musrenbang Desa Sukamaju" in wall_text(wall, "Hasil skoring adalah bahan")
    box = wall.locator(".wall").bounding_box()
    assert (box["x"], box["y"]) == (0, 0)  # it covers menus, side bars and the line of code
    assert box["width"] >= wall.viewport_size["width"]
    page.locator(".wall-choice select").select_option(label="Kartu yang masuk")
    page.locator("button.wall-show").click()
    wall_text(wall, "Nilai tidak ditampilkan")
    for kernel in page.request.get(f"{lab}/api/sessions?token=uji").json():
        if kernel["path"].endswith("ruang.ipynb"):
            page.request.delete(f"{lab}/api/kernels/{kernel['kernel']['id']}?token=uji")
    page.wait_for_selector(".room-watch >> text=Run All Cells")
    assert requests_out == []
