"""``why`` and ``compare`` as their users meet them."""

import json
import os
import subprocess
import sys

from click.testing import CliRunner

from tests.plans import LIST, forum
from workbench.budgeting import READINGS
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder

SAMPLE = str(sample_folder())
DISTRICT = ("--kecamatan", "99.01.09")


def run(*arguments):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("WORKBENCH_LANG", None)
    return subprocess.run(
        [sys.executable, "-m", "workbench", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_why_explains_the_first_below_the_line_and_writes_slips(tmp_path):
    out = tmp_path / "kartu.html"
    made = run("why", SAMPLE, *DISTRICT, "--out", str(out))
    assert made.returncode == Exit.DONE
    slips = out.read_text("utf-8").count('<article class="slip">')
    assert made.stdout.count("Usulan diakomodir menurut peringkat sampai") == slips > 10
    assert "Pagu naik Rp" in made.stdout
    assert "tidak dijelaskan di sini" not in made.stdout
    shown = run("why", SAMPLE, *DISTRICT).stdout
    assert shown.count("Usulan diakomodir menurut peringkat sampai") == 10
    assert f"{slips - 10} usulan lain yang belum diakomodir tidak dijelaskan di sini" in shown


def test_the_slips_of_an_exact_plan_say_how_many_were_not_explained(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.budgeting.why.EFFORT", 1)
    monkeypatch.setattr("workbench.budgeting.why.FEWEST", 1)
    folder = forum(tmp_path / "forum", rules='aturan_pagu = "jumlah_skor_terbesar"\n')
    out = tmp_path / "kartu.html"
    everybody = CliRunner().invoke(build(translator("id")), ["why", str(folder), "--out", str(out)])
    assert out.read_text("utf-8").count('<article class="slip">') == 3
    assert "tidak dijelaskan" not in everybody.stdout
    asked = ["why", str(folder), "--aturan", "best_with_conditions", "--out", str(out)]
    made = CliRunner().invoke(build(translator("id")), asked)
    assert made.exit_code == Exit.DONE
    page = out.read_text("utf-8")
    assert page.count('<article class="slip">') == 1
    assert "Gantarang (73.02.01): 2 usulan lain belum diakomodir dan belum dijelaskan di kartu ini." in page
    assert "2 usulan lain yang belum diakomodir tidak dijelaskan di sini" in made.stdout
    CliRunner().invoke(build(translator("id")), [*asked, "U-3"])
    page = out.read_text("utf-8")
    assert "U-3" in page
    assert "belum dijelaskan" not in page  # who asks for one asks for no more


def test_a_slip_that_has_nothing_to_list_announces_no_list(tmp_path):
    folder = forum(
        tmp_path / "forum",
        "Tanpa ekonomi;paling_banyak;usulan;0;;ekonomi;;;;;",
        listed=(*LIST, "U-6;Rehab;73.02.01.2003;;ekonomi;Dinsos;Dusun C;ya;70"),
    )
    for name in ("kartu.html", "kartu.pdf"):
        asked = ["why", str(folder), "U-5", "U-6", "--out", str(tmp_path / name)]
        made = CliRunner().invoke(build(translator("id")), asked)
        assert made.exit_code == Exit.DONE
    assert (tmp_path / "kartu.pdf").read_bytes().startswith(b"%PDF")
    page = (tmp_path / "kartu.html").read_text("utf-8")
    blocked, unpriced = page.split('<article class="slip">')[1:]
    assert "akan lolos bila" not in page
    assert "Belum ada satu perubahan saja yang meloloskannya" in blocked
    assert "bersama batasan: Tanpa ekonomi" in blocked
    assert "U-6 tidak bersaing untuk pagu" in unpriced
    assert "<h3>" not in unpriced


def test_why_answers_about_any_proposal_under_any_rule():
    made = run("why", SAMPLE, "K09-0071", *DISTRICT, "--aturan", "best_total", "--json")
    answer = json.loads(made.stdout)["lists"][0]["proposals"]["K09-0071"]
    assert answer["rule"] == "best_total"
    assert not answer["funded"]
    assert {"cost_less", "ceiling_more"} <= {remedy["kind"] for remedy in answer["remedies"]}
    assert answer["not_enough"] == ["score_more"]
    assert answer["undecided"] == []
    assert json.loads(run("why", SAMPLE, "K09-0071", *DISTRICT, "--json").stdout)["lists"][0]["proposals"][
        "K09-0071"
    ]["funded"]


def test_why_says_that_a_proposal_does_not_compete_and_names_unknown_ones():
    listed = json.loads(run("prioritise", SAMPLE, *DISTRICT, "--json").stdout)
    lines = listed["districts"]["99.01.09"]["proposals"]
    outside = next(label for label, line in lines.items() if line["standing"] == "gate_failed")
    made = run("why", SAMPLE, outside, *DISTRICT)
    assert f"Usulan {outside} tidak bersaing untuk pagu." in made.stdout
    assert lines[outside]["reason"] in made.stdout
    refused = run("why", SAMPLE, "K-LAIN", *DISTRICT)
    assert refused.returncode == Exit.REFUSED
    assert "K-LAIN" in refused.stderr


def test_compare_sets_the_rules_side_by_side():
    made = run("compare", SAMPLE, *DISTRICT)
    assert made.returncode == Exit.DONE
    assert "Jumlah skor terbesar" in made.stdout
    assert "Aturan pagu yang berlaku: Urut, berhenti di garis pagu." in made.stdout
    found = json.loads(run("compare", SAMPLE, *DISTRICT, "--json").stdout)["lists"][0]
    unstated = {"best_with_conditions", "quota_stop", "quota_skip"}  # no conditions, no quota laid down
    assert set(found["rules"]) == set(READINGS) - unstated
    for price in found["rules"].values():
        assert price["spent"] + price["left"] == found["room"]
        assert set(found["surviving"]) <= set(price["funded"])


def test_what_is_committed_above_the_ceiling_is_said_with_both_amounts(tmp_path):
    folder = forum(tmp_path, "Lanjutan;terikat;;;;;;;U-1, U-4;;", ceiling="73.02.01;;pagu;50\n")
    made = CliRunner().invoke(build(translator("id")), ["prioritise", str(folder)])
    assert made.exit_code == Exit.REFUSED
    assert "Yang sudah terikat Rp 110, melebihi pagu Rp 50." in made.output
    assert "Rincian" not in made.output
