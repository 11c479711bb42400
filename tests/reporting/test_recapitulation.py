"""The pages of a kabupaten: nothing disappears, nobody is recognised, and last year stands beside."""

import csv
import hashlib
import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.reporting.kabupaten_sessions import kabupaten, write_kabupaten
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.present.format import EMPTY
from workbench.present.i18n import translator
from workbench.present.recapitulation import recapitulate
from workbench.present.recapitulation_tables import came_again, comparison_table, shares_table
from workbench.prioritisation import prioritise_pools
from workbench.reporting.open_pages import Published, _groups, masked, write_open_pages
from workbench.reporting.published_outcomes import last_year, read_outcomes
from workbench.reporting.recapitulation_sections import Regency
from workbench.store.geometry import shipped_geometry
from workbench.store.outcome_file import public_outcome_bytes

T = translator("id")
COUNTS = {"73.02.01": 4, "73.02.02": 40, "73.02.03": 1}
ONE = kabupaten({"73.02.01": 1})


def published_in(folder, counts):
    """Write what a batch leaves of the outcomes, without running its notebooks."""
    session = kabupaten(counts)
    folder.mkdir(parents=True)
    for code in counts:
        part = session.within(code)
        content = public_outcome_bytes(part, prioritise_pools(part, Rules()), None)
        (folder / f"{code}.hasil.json").write_bytes(content)
    return session


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    return tmp_path_factory.mktemp("hasil")


@pytest.fixture(scope="module")
def recap(session):
    made = published_in(session / "ini", COUNTS)
    names = {code: f"Kec {code}" for code in COUNTS}
    return recapitulate(read_outcomes(session / "ini", COUNTS), names, made.regions)


def test_every_proposal_counts_once_and_every_rupiah_is_somewhere(recap):
    assert recap.districts["proposals"].to_dict() == COUNTS
    for column in ("agency", "field"):
        found = recap.by(column)
        assert found["proposals"].sum() == sum(COUNTS.values())
        assert found["spent"].sum() == recap.total("spent")
        assert found["asked"].sum() == recap.total("asked")
    assert recap.total("room") == 3 * 3_500_000
    assert recap.total("spent") + recap.total("left") == recap.total("room")


def test_the_open_pages_hold_no_old_key_and_match_their_hashes(recap, session, tmp_path):
    regency = Regency(recap, recap, shipped_geometry("73.02"))
    facts = ONE.facts
    place = write_open_pages(tmp_path, Published(facts, regency, {"73.02.01": "ab" * 32}), T).parent
    names = {path.name for path in place.iterdir()}
    assert names == {"index.html", "usulan.csv", "SHA256SUMS", *(f"{code}.html" for code in COUNTS)}
    for path in place.iterdir():
        text = path.read_text("utf-8")
        assert not re.search(r"73\.02\.0\d-\d{1,2}\b", text)
        assert path.suffix != ".html" or "<b>" not in text
        assert set(re.findall(r"https?://[^\"' <)]+", text)) <= {"http://www.w3.org/2000/svg"}
    for line in (place / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
    rows = list(csv.DictReader((place / "usulan.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == sum(COUNTS.values())
    assert all(row["alasan"] and row["kedudukan"] for row in rows)
    first = (place / "index.html").read_text("utf-8")
    # two women's proposals of four and one of one are few; the next larger number goes with a lone one
    assert first.count("tidak ditampilkan</td>") == 2
    assert "tidak ditampilkan" in first
    assert first.count("<svg") == 4
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    write_open_pages(tmp_path, Published(facts, regency, {"73.02.01": "ab" * 32}), T)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_numbers_of_persons_in_an_activity_are_taken_out(recap):
    typed = recap.proposals.assign(activity="Rumah Bu A 7302011234560001, telp 0812-3456-7890 RT 01 200 m")
    assert set(masked(typed)["activity"]) == {"Rumah Bu A \u2026, telp \u2026 RT 01 200 m"}


NIK = st.from_regex(r"7302[0-9]{12}", fullmatch=True)
PHONE = st.from_regex(r"(0|\+62 ?|62)8[0-9]{2}[- .]?[0-9]{4}[- .]?[0-9]{3,4}", fullmatch=True)
NAME = st.sampled_from(["Siti Qomariyah Zulkarnaen", "H. Dg. Xaverius"])


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(numbers=st.lists(NIK | PHONE, min_size=2, max_size=4, unique=True), name=NAME)
def test_nothing_about_a_person_reaches_the_open_pages(numbers, name, tmp_path):
    """Whoever proposed, where the house stands, and any number that leads to a person stay at home."""
    made = kabupaten({"73.02.01": 6})
    frame = made.proposals.frame.copy()
    for column in ("activity", "agency", "field", "unit", "village"):
        frame[column] = [f"Rumah RT 01 {numbers[at % len(numbers)]} 3 x 200 m" for at in range(len(frame))]
    frame["proposer"], frame["location"] = name, f"sebelah rumah {name} {numbers[0]}"
    told = replace(made, proposals=Proposals.from_table(frame.reset_index()))
    content = public_outcome_bytes(told, prioritise_pools(told.within("73.02.01"), Rules()), None)
    place = tmp_path / hashlib.sha256(repr((numbers, name)).encode()).hexdigest()[:12]
    place.mkdir(exist_ok=True)
    (place / "73.02.01.hasil.json").write_bytes(content)
    found = recapitulate(read_outcomes(place, ["73.02.01"]), {"73.02.01": "Kec"}, told.regions)
    opened = write_open_pages(place, Published(told.facts, Regency(found, found, None), {}), T).parent
    for path in opened.iterdir():
        text = path.read_text("utf-8")
        assert name not in text, path.name
        assert [number for number in numbers if number in text] == [], path.name


def test_last_year_may_be_a_folder_of_reports_or_a_session_folder(recap, session, tmp_path):
    before = {"73.02.02": 6, "73.02.09": 2}
    published_in(tmp_path / "laporan", before)
    (tmp_path / "laporan" / "73.02.09.json").write_text(json.dumps({"name": "Kec Lama"}))
    write_kabupaten(tmp_path / "musyawarah", before)
    of_reports = last_year(tmp_path / "laporan", kabupaten(before).regions)
    of_session = last_year(tmp_path / "musyawarah", kabupaten(before).regions)
    assert of_reports.districts.drop(columns="name").equals(of_session.districts.drop(columns="name"))
    rows = {row[0]: row[1:] for row in comparison_table(recap, of_reports, T).rows}
    assert rows["Kec Lama"][:4] == ("2", "\u2013", "2", "\u2013")
    assert rows["Kec 73.02.02"][:2] == ("6", "40")
    repeated = came_again(recap, of_reports)
    missed = of_reports.proposals[~of_reports.proposals["funded"]]
    assert set(repeated["activity"]) == set(missed["activity"])


@pytest.mark.parametrize("kind", ["absent", "empty"])
def test_a_folder_that_holds_no_year_is_refused(tmp_path, kind):
    folder = tmp_path / kind
    if kind == "empty":
        folder.mkdir()
    with pytest.raises(InvalidInput):
        last_year(folder, ONE.regions)


def test_without_ceiling_and_without_proposals_the_pages_still_stand(tmp_path):
    nothing = recapitulate({}, {}, ONE.regions)
    place = write_open_pages(tmp_path, Published(ONE.facts, Regency(nothing, None, None), {}), T)
    assert "Pagu belum diisi" in place.read_text("utf-8")


def test_what_no_list_says_is_a_dash_and_never_a_zero(recap, tmp_path):
    silent = dict.fromkeys(("womens_proposal", "poor_households", "cost"))
    proposals = recap.proposals.assign(**{name: [None] * len(recap.proposals) for name in silent})
    shares = shares_table(replace(recap, proposals=proposals), "agency", T)
    assert {row[3] for row in (*shares.rows, shares.total)} == {EMPTY}
    told = _groups(replace(recap, proposals=proposals), T)
    assert {cell for row in told.rows for cell in row[1:]} == {EMPTY}
    assert EMPTY not in {cell for row in _groups(recap, T).rows for cell in row[1:]}
