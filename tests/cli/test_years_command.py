"""``years``: a plan over several years from the lines of the folder."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tests.plans import HEAD, LIST, forum
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
    assert "Sisa Rp 0 dibawa ke tahun berikutnya." in said.stdout
    assert "Pagu Rp 60 + sisa tahun sebelumnya Rp 0 = Rp 60." in said.stdout
    assert "Jumlah skor 80,00 dihitung 95,0 %: 76,00." in said.stdout
    assert "paling banyak menambah 0,0 %" in said.stdout
    assert "batas 500.000 langkah" in said.stdout


def test_what_a_plan_of_years_lacks_is_asked_for(tmp_path):
    assert run("years", forum(tmp_path / "a", "x;paling_banyak;usulan;9;;;;;;;")).exit_code == Exit.REFUSED
    early = run("years", planned(tmp_path / "b", "x;pagu_tahun;;60;;;;;;;2026"))
    assert early.exit_code == Exit.REFUSED
    assert "2026" in early.output


COLUMNS = "nama;jenis;satuan;batas;desa;kelompok_peringkat;usulan;memerlukan;tahun"


def pools(place, *lines, rules='kelompok_peringkat = "terpisah"\n'):
    listed = [f"{line};{'Fisik' if 'jalan' in line or 'air' in line else 'Nonfisik'}" for line in LIST]
    folder = forum(
        place,
        *lines,
        rules=rules,
        columns=COLUMNS,
        listed=(f"{HEAD};kelompok_peringkat", *listed),
    )
    usulan = (folder / "usulan.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    (folder / "usulan.csv").write_text(usulan, encoding="utf-8")
    ceilings = (
        "kode_wilayah;kelompok_peringkat;jenis;jumlah\n73.02.01;Fisik;pagu;70\n73.02.01;Nonfisik;pagu;20\n"
    )
    (folder / "pagu.csv").write_text(ceilings, encoding="utf-8")
    (folder / "sesi.csv").write_text("hal;isi\ntahun_rencana;2027\n", encoding="utf-8")
    return folder


def test_pools_apart_have_each_a_plan_and_ceilings_of_their_own(tmp_path):
    folder = pools(
        tmp_path,
        "Fisik 2028;pagu_tahun;;80;;Fisik;;;2028",
        "Nonfisik 2028;pagu_tahun;;20;;Nonfisik;;;2028",
        "Nonfisik 2029;pagu_tahun;;20;;Nonfisik;;;2029",
        "Siapa;pagu_tahun;;1000;;;;;2028",
    )
    asked = ("years", folder, "--celah", "0", "--sisa", "carries_over")
    found = json.loads(run(*asked, "--json").stdout)
    assert found["of_no_list"] == ["Siapa"]  # the thousand is spent in neither list
    plans = {held["pool"]: held for held in found["lists"]}
    physical, other = plans["Fisik"], plans["Nonfisik"]
    assert set(physical["years"]["2027"]["funded"]) == {"U-1"}
    assert set(physical["years"]["2028"]["funded"]) == {"U-2", "U-4"}
    assert physical["years"]["2028"] | {"funded": 0} == {
        "ceiling": 80, "carried": 10, "available": 90, "spent": 90, "left": 0,
        "worth": 0.95, "score": 140.0, "counted": 133.0, "funded": 0, "withheld": [],
    }  # fmt: skip
    assert [other["years"][year]["funded"] for year in ("2027", "2028", "2029")] == [
        ["U-5"],
        [],
        ["U-3"],
    ] or ([other["years"][year]["funded"] for year in ("2027", "2028", "2029")] == [[], ["U-3"], ["U-5"]])
    assert all(held["proven"] for held in plans.values())
    said = run(*asked).stdout
    assert "Kelompok Fisik" in said
    assert "Siapa" in said
    assert said.index("Kelompok Fisik") < said.index("Kelompok Nonfisik")


def test_a_pool_without_ceilings_of_years_is_said_and_the_other_is_planned(tmp_path):
    folder = pools(tmp_path, "Fisik 2028;pagu_tahun;;80;;Fisik;;;2028")
    made = run("years", folder)
    assert made.exit_code == Exit.DONE
    assert "Daftar ini tidak disusun." in made.stdout[made.stdout.index("Kelompok Nonfisik") :]
    assert "Tahun 2028: 1 usulan" in made.stdout
    lacking = run("years", pools(tmp_path / "none", "Siapa;pagu_tahun;;80;;;;;2028"))
    assert lacking.exit_code == Exit.REFUSED


def test_a_list_that_cannot_keep_its_conditions_leaves_the_others_their_plan(tmp_path):
    folder = pools(
        tmp_path,
        "Fisik 2028;pagu_tahun;;80;;Fisik;;;2028",
        "Nonfisik 2028;pagu_tahun;;20;;Nonfisik;;;2028",
        "Dua;paling_sedikit;usulan;2;;Nonfisik;;;",
    )
    made = run("years", folder)
    assert made.exit_code == Exit.FAILED
    assert "Dua" in made.stdout[made.stdout.index("Kelompok Nonfisik") :]
    assert "Tahun 2028: 1 usulan" in made.stdout


def test_pools_together_are_one_plan_whose_lines_are_added(tmp_path):
    folder = pools(
        tmp_path,
        "Fisik 2028;pagu_tahun;;40;;Fisik;;;2028",
        "Nonfisik 2028;pagu_tahun;;20;;Nonfisik;;;2028",
        rules="",
    )
    found = json.loads(run("years", folder, "--json").stdout)
    assert found["years"]["2028"]["ceiling"] == 60
    assert found["years"]["2027"]["ceiling"] == 90
    assert len(found["lists"]) == 1


def test_districts_have_each_the_ceilings_that_name_them(tmp_path):
    folder = planned(
        tmp_path, "Gantarang 2028;pagu_tahun;;60;73.02.01;;;;;;2028", "x;pagu_tahun;;9;;;;;;;2028"
    )
    for name, lines in {
        "usulan.csv": "V-1;Jembatan;73.02.02.2001;60;jalan;PU;Dusun D;tidak;100\n",
        "wilayah.csv": "73.02.02;Kindang\n73.02.02.2001;Desa 9\n",
        "pagu.csv": "73.02.02;;pagu;70\n",
    }.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    plans = {held["district"]: held for held in json.loads(run("years", folder, "--json").stdout)["lists"]}
    assert plans["73.02.01"]["years"]["2028"]["ceiling"] == 60
    assert "not_planned" in plans["73.02.02"]
    alone = json.loads(run("years", folder, "--kecamatan", "73.02.02", "--json").stdout)
    assert alone["years"]["2028"]["ceiling"] == 9  # who asks for one district says whose it is


def test_what_is_committed_is_funded_first_and_the_conditions_stay(tmp_path):
    folder = planned(
        tmp_path,
        "Tahun kedua;pagu_tahun;;60;;;;;;;2028",
        "Lanjutan;terikat;;;;;;;U-5;;",
        "Jembatan perlu jalan;memerlukan;;;;;;;U-1;U-4;",
    )
    plan = json.loads(run("years", folder, "--celah", "0", "--json").stdout)
    first = plan["years"]["2027"]["funded"]
    assert "U-5" in first
    assert "U-1" not in first  # 60 + 50 + 20 do not fit the year, and the bridge never comes before the road
    assert "U-4" in first
    assert "U-1" in plan["years"]["2028"]["funded"]


YEAR = "{name};pagu_tahun;;{amount};{village};;{agency};;;;{year}"


def year(amount, agency="", village="", at=2028):
    return YEAR.format(
        name=f"{agency or village or 'Pagu'} {at}", amount=amount, agency=agency, village=village, year=at
    )


def funded(folder, at="2028"):
    plan = json.loads(run("years", folder, "--celah", "0", "--json").stdout)
    return plan["years"][at]["ceiling"], set(plan["years"][at]["funded"])


COST = {line.split(";")[0]: int(line.split(";")[3]) for line in LIST}
PU = {"U-1", "U-2", "U-4"}


def test_a_ceiling_of_a_group_in_a_year_is_kept_in_that_year(tmp_path):
    free = planned(tmp_path / "free", year(200))
    assert funded(free) == (200, {"U-3", "U-4", "U-5"})
    # Dinkes has 20 and asks 30; what the whole line says stays the sum of the year
    held = planned(tmp_path / "held", year(200), year(20, "Dinkes"))
    assert funded(held) == (200, {"U-1", "U-4"})
    assert funded(held, "2027") == (100, {"U-2", "U-3", "U-5"})
    village = planned(tmp_path / "village", year(200), year(79, village="73.02.01.2002"))
    assert not funded(village)[1] >= {"U-3", "U-4"}
    first = planned(tmp_path / "first", year(200), year(60, "PU", at=2027))
    assert sum(COST[label] for label in funded(first, "2027")[1] & PU) <= 60
    assert sum(COST[label] for label in funded(free, "2027")[1] & PU) > 60


def test_parts_make_up_the_year_where_no_line_states_its_total(tmp_path):
    parts = planned(tmp_path / "parts", year(50, "PU"), year(30, "Dinkes"))
    assert funded(parts) == (80, {"U-3", "U-4"})
    mixed = run("years", planned(tmp_path / "mixed", year(50, "PU"), year(30, village="73.02.01.2002")))
    assert mixed.exit_code == Exit.REFUSED
    assert "Pagu tahun 2028" in mixed.output
    assert "jumlahnya tidak diketahui" in mixed.output


def test_a_year_of_its_own_ceilings_leaves_those_of_the_budget_behind(tmp_path):
    folder = planned(tmp_path, year(200), year(200, "PU"))
    with (folder / "pagu.csv").open("a", encoding="utf-8") as file:
        file.write("73.02.01;PU;pagu;60\n")
    assert sum(COST[label] for label in funded(folder, "2027")[1] & PU) <= 60
    assert sum(COST[label] for label in funded(folder)[1] & PU) > 60


def test_conditions_of_a_year_hold_in_it(tmp_path):
    folder = planned(tmp_path / "held", year(200), "Tanpa sosial;paling_banyak;usulan;0;;;Dinsos;;;;2028")
    assert "U-5" not in funded(folder)[1]
    assert "U-5" in funded(planned(tmp_path / "free", year(200)))[1]


def test_lines_of_years_that_say_something_else_are_refused(tmp_path):
    for number, (line, said) in enumerate(
        (
            ("x;pagu_tahun;usulan;60;;;;;;;2028", "dihitung dalam rupiah"),
            ("x;pagu_tahun;;60;;;PU;;U-1;;2028", "usulan"),
            ("x;pagu_tahun;;60;;;Dinkess;;;;2028", "Dinkess"),
            ("x;pagu_tahun;;60;;;;;;;2027", "tahun rencana 2027"),
        )
    ):
        made = run("years", planned(tmp_path / str(number), line, year(200)))
        assert made.exit_code == Exit.REFUSED
        assert said in made.output
    same = planned(tmp_path / "same", "x;pagu_tahun;;100;;;;;;;2027", year(200))
    assert funded(same, "2027")[0] == 100
