"""``split`` and ``pb`` as their users meet them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.pabulib import read_pb
from workbench.store.project_files import sample_folder


def run(*arguments):
    return CliRunner().invoke(build(translator("id")), list(map(str, arguments)))


@pytest.fixture
def needs(project_root):
    return project_root / "data/contoh_kebutuhan"


def test_a_split_sums_exactly_and_is_a_budget_that_a_folder_reads(needs, tmp_path):
    out = tmp_path / "pagu.csv"
    asked = (
        "split",
        needs / "kebutuhan.csv",
        "--bobot",
        needs / "bobot_kebutuhan.csv",
        "--pagu",
        45_000_000_007,
    )
    made = json.loads(run(*asked, "--json").stdout)
    amounts = {code: line["amount"] for code, line in made["districts"].items()}
    assert sum(amounts.values()) == 45_000_000_007
    assert all(
        abs(sum(line["contributions"].values()) - line["share"]) < 1e-12
        for line in made["districts"].values()
    )
    said = run(*asked, "--out", out)
    assert said.exit_code == Exit.DONE
    assert "Jumlahnya tepat Rp 45.000.000.007" in said.stdout
    lines = [line.split(";") for line in out.read_text("utf-8-sig").splitlines()]
    assert lines[0][:3] == ["kode_wilayah", "jenis", "jumlah"]
    assert {line[0]: int(line[2]) for line in lines[1:]} == amounts


def test_every_hole_in_the_needs_is_named_and_nothing_is_split(needs, tmp_path):
    text = (needs / "kebutuhan.csv").read_text("utf-8-sig").splitlines()
    text[2] = text[2].replace(";48310;", ";;")
    text[4] = text[4].replace(";63,8;", ";163,8;")
    table, weights = tmp_path / "kebutuhan.csv", tmp_path / "bobot.csv"
    table.write_text("\n".join(text), encoding="utf-8")
    stated = (needs / "bobot_kebutuhan.csv").read_text("utf-8-sig")
    weights.write_text(stated + "jumlah_sekolah;5 %;besar;\n", encoding="utf-8")
    made = run("split", table, "--bobot", weights, "--pagu", 100)
    assert made.exit_code == Exit.REFUSED
    for said in (
        "baris 3",
        "penduduk",
        "baris 5",
        "indeks_pendidikan",
        "melebihi nilai tertinggi",
        "jumlah_sekolah",
    ):
        assert said in made.output
    weights.write_text("variabel;bobot;butuh_bila\npenduduk;-1;\nluas_km2;1;kecil\n", encoding="utf-8")
    made = run("split", needs / "kebutuhan.csv", "--bobot", weights, "--pagu", 100)
    assert made.exit_code == Exit.REFUSED
    assert "nilai_tertinggi" in made.output


def by_hand(needs, weights, ceiling):
    """Split in fractions: the part of every district by each variable, largest remainders first."""
    exact = dict.fromkeys(needs, Fraction(0))
    for name, (weight, highest) in weights.items():
        turned = {code: highest - row[name] if highest else row[name] for code, row in needs.items()}
        for code, need in turned.items():
            share = Fraction(weight) / sum(Fraction(w) for w, _ in weights.values())
            exact[code] += ceiling * share * need / sum(turned.values())
    whole = {code: int(amount) for code, amount in exact.items()}
    order = sorted(exact, key=lambda code: (whole[code] - exact[code], code))
    for code in order[: ceiling - sum(whole.values())]:
        whole[code] += 1
    return whole


@pytest.mark.parametrize("ceiling", [0, 1, 7, 45_000_000_007, 10**13 + 1])
@pytest.mark.parametrize("zero", ["", "luas_km2", "indeks_kesehatan"])
def test_six_variables_in_both_directions_are_split_to_the_rupiah(needs, tmp_path, ceiling, zero):
    rows = [line.split(";") for line in (needs / "kebutuhan.csv").read_text("utf-8-sig").splitlines()]
    stated = [line.split(";") for line in (needs / "bobot_kebutuhan.csv").read_text("utf-8-sig").splitlines()]
    stated = [line if line[0] != zero else [zero, "0", *line[2:]] for line in stated]
    if zero:
        rows[3][rows[0].index(zero)] = ""  # what counts nothing need not be known
    for name, lines in (("kebutuhan", rows), ("bobot", stated)):
        (tmp_path / f"{name}.csv").write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    weights = {
        name: (weight.removesuffix(" %"), int(highest or 0)) for name, weight, _, highest in stated[1:]
    }
    weights.pop(zero, None)
    table = {
        row[0]: {name: Fraction(row[rows[0].index(name)].replace(",", ".")) for name in weights}
        for row in rows[1:]
    }
    asked = ("split", tmp_path / "kebutuhan.csv", "--bobot", tmp_path / "bobot.csv", "--pagu", f"{ceiling:,}")
    asked = (*asked[:-1], asked[-1].replace(",", "."))
    made = json.loads(run(*asked, "--json").stdout)
    assert len(weights) == (5 if zero else 6)
    assert {code: line["amount"] for code, line in made["districts"].items()} == by_hand(
        table, weights, ceiling
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (";Jumlah;776;380750;469;43950;67;60", "Kolom kode_wilayah belum diisi"),
        ("99.01;Kabupaten;776;380750;469;43950;67;60", "tampaknya jumlah"),
    ],
)
def test_a_line_of_totals_takes_no_part_of_the_ceiling(needs, tmp_path, line, said):
    table = tmp_path / "kebutuhan.csv"
    table.write_text((needs / "kebutuhan.csv").read_text("utf-8-sig") + line + "\n", encoding="utf-8")
    made = run("split", table, "--bobot", needs / "bobot_kebutuhan.csv", "--pagu", 1000)
    assert made.exit_code == Exit.REFUSED
    assert "baris 12" in made.output
    assert said in made.output


@pytest.mark.parametrize(("given", "said"), [("-3", "kurang dari nol"), ("banyak", "bukan rupiah penuh")])
def test_a_ceiling_that_is_none_is_refused_in_words(needs, given, said):
    weights = needs / "bobot_kebutuhan.csv"
    for asked in (("split", needs / "kebutuhan.csv", "--bobot", weights), ("prioritise", sample_folder())):
        made = run(*asked, f"--pagu={given}")
        assert made.exit_code == Exit.REFUSED
        assert said in made.output


def test_an_election_is_set_beside_its_official_result(tmp_path):
    source = tmp_path / "uji.pb"
    source.write_text(
        "META\nkey;value\ndescription;Uji\nbudget;100\nvote_type;approval\nrule;greedy\n"
        "PROJECTS\nproject_id;cost;name;selected\na;60;Jalan;1\nb;50;Sumur;0\nc;30;Pos;1\n"
        "VOTES\nvoter_id;vote\n1;a,c\n2;a\n3;b\n",
        encoding="utf-8",
    )
    assert "Sama dengan hasil resmi (2 usulan)." in run("pb", source).stdout
    out = tmp_path / "hasil.pb"
    made = run("pb", source, "--aturan", "equal_shares", "--sisa", "none", "--out", out, "--json")
    assert set(json.loads(made.stdout)["elected"]) == set(read_pb(out).selected)
    refused = run("pb", source, "--aturan", "equal_shares", "--sisa", "add_one")
    assert refused.exit_code == Exit.REFUSED
    source.write_text(source.read_text("utf-8").replace("rule;greedy", "rule;lain"), encoding="utf-8")
    assert run("pb", source, "--aturan", "official").exit_code == Exit.REFUSED


def test_a_session_is_written_without_anything_that_tells_a_person(tmp_path):
    out = tmp_path / "musyawarah.pb"
    made = run("pb", sample_folder(), "--kecamatan", "99.01.09", "--out", out)
    assert made.exit_code == Exit.DONE
    election = read_pb(out)
    assert list(election.votes.columns) == ["vote", "points"]
    rows = [tuple(row) for row in election.ballots[sorted(election.ballots)].to_numpy().tolist()]
    assert rows == sorted(rows)
    assert election.selected
    assert run("pb", sample_folder()).exit_code == Exit.REFUSED


def test_needs_without_rows_and_without_a_sum_are_named_with_their_file(needs, tmp_path):
    text = (needs / "kebutuhan.csv").read_text("utf-8-sig").splitlines()
    table, weights = tmp_path / "kebutuhan.csv", tmp_path / "bobot.csv"
    table.write_text(text[0] + "\n", encoding="utf-8")
    made = run("split", table, "--bobot", needs / "bobot_kebutuhan.csv", "--pagu", 100)
    assert made.exit_code == Exit.REFUSED
    assert "tidak berisi baris kecamatan" in made.output
    table.write_text("\n".join([text[0] + ";sekolah", *(line + ";0" for line in text[1:])]), encoding="utf-8")
    weights.write_text("variabel;bobot\nsekolah;1\n", encoding="utf-8")
    made = run("split", table, "--bobot", weights, "--pagu", 100)
    assert "kebutuhan.csv, kolom sekolah" in made.output
