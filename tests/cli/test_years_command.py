"""``years``: a plan over several years from the lines of the folder."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tests.plans import forum
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator


def run(*arguments):
    return CliRunner().invoke(build(translator("id")), list(map(str, arguments)))


def planned(place, *lines):
    folder = forum(place, *lines)
    (folder / "sesi.csv").write_text("hal;isi\ntahun_rencana;2027\n", encoding="utf-8")
    return folder


def test_later_years_take_what_the_first_could_not(tmp_path):
    folder = planned(tmp_path, "Tahun kedua;pagu_tahun;;60;;;;;;;2028")
    made = run("years", folder, "--celah", "0", "--json")
    plan = json.loads(made.stdout)
    first, second = plan["years"]["2027"], plan["years"]["2028"]
    assert set(first["funded"]) == {"U-1", "U-2"}
    assert set(second["funded"]) == {"U-3", "U-5"}
    assert plan["waiting"] == ["U-4"]
    assert plan["total_score"] == 180 + 0.95 * 80
    assert second["left"] == 10
    assert plan["proven"]
    said = run("years", folder, "--sisa", "carries_over")
    assert said.exit_code == Exit.DONE
    assert "2028" in said.stdout
    assert "1 usulan menunggu" in said.stdout


def test_what_a_plan_of_years_lacks_is_asked_for(tmp_path):
    assert run("years", forum(tmp_path / "a", "x;paling_banyak;usulan;9;;;;;;;")).exit_code == Exit.REFUSED
    early = run("years", planned(tmp_path / "b", "x;pagu_tahun;;60;;;;;;;2026"))
    assert early.exit_code == Exit.REFUSED
    assert "2026" in early.output
