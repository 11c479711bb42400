from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.store.folders import assert_equal, forum_of, problems_of
from tests.strategies import Tables, rules, tables
from workbench.domain.facts import Facts
from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import Problem, Severity
from workbench.prioritisation import prioritise
from workbench.store.manifest import MARKER, read_manifest, repair
from workbench.store.session_folder import open_session
from workbench.store.session_writing import input_digest, session_files, write_session

FEW = settings(max_examples=settings.default.max_examples // 4)
ODD = (
    'Jembatan; RT 02, "Dusun Krajan"',
    "dua\nbaris",
    "'7302",
    "007",
    "=SUM(A1)",
    "-",
    "00",
    "1/2",
    "ya",
    "73.02",
    "é ñ “kutip” 🙂 مسجد",
    "x" * 5_000,
    "TRUE",
    "1,5",
    "+",
    "NaN",
    "null",
    "",
    "a  b",
    "\u200b",
    "#tagar",
    "{}",
)
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\x00\ufeff", exclude_categories=["Cs", "Cc"]),
        max_size=20,
    ),
).map(str.strip)


# ----- what is written is what is read


@FEW
@given(forum=tables(least=1), choice=rules(weighting=("direct", "geometric_mean")))
def test_a_session_comes_back_as_it_was(tmp_path_factory, forum, choice):
    folder = tmp_path_factory.mktemp("sesi")
    session = forum.session()
    written = write_session(folder, session, choice)
    opened = open_session(folder)
    assert opened.rules == choice
    assert opened.edited == ()
    assert_equal(session, opened.session)
    assert written.digest == input_digest(session, choice) == input_digest(opened.session, opened.rules)
    assert read_manifest(folder) == written
    write_session(folder, opened.session, opened.rules)
    assert read_manifest(folder).digest == written.digest


@FEW
@given(st.lists(texts, min_size=8, max_size=8), st.sampled_from((None, 0, 10**15)))
def test_every_text_survives(tmp_path_factory, words, cost):
    folder = tmp_path_factory.mktemp("sesi")
    forum = text_forum(words, cost)
    write_session(folder, forum, Rules())
    assert_equal(forum, open_session(folder).session)


def text_forum(words: list[str], cost: int | None) -> Session:
    line = {
        "proposal": "0001",
        "activity": words[0] or "x",
        "region": "73.02.01",
        "cost": cost,
        "village": words[1],
        "field": words[2],
        "problem": words[3],
        "volume": words[4],
        "unit": words[5],
        "stage": words[6],
        "catatan_lain": words[7],
    }
    forum = Tables(
        proposals=pd.DataFrame([line]).astype({"cost": "Int64"}),
        criteria=pd.DataFrame(
            {
                "criterion": ["01"],
                "name": [words[1] or "x"],
                "scale_min": -0.5,
                "scale_max": 1e6,
                "scale_anchors": words[3],
                "weight": [1 / 3],
            }
        ),
        points=pd.DataFrame(),
        participants=pd.DataFrame({"participant": ["007"], "constituency": [words[4]]}),
        ballots=pd.DataFrame(
            {
                "round": [1],
                "participant": ["007"],
                "proposal": ["0001"],
                "criterion": ["01"],
                "points": [0.1 + 0.2],
            }
        ),
        judgements=pd.DataFrame(),
        gates=pd.DataFrame(
            {"proposal": ["0001"], "gate": [words[5] or "x"], "passed": [False], "note": [words[6]]}
        ),
        budget=pd.DataFrame({"region": [""], "amount": [10**13], "source": [words[7]]}),
        facts=Facts(
            forum=words[0], speeches=tuple(word for word in words[:3] if word), plan_year=2027, invited=0
        ),
    )
    return forum.session()


def test_texts_of_every_odd_kind_survive_at_once(tmp_path):
    for start in range(0, len(ODD), 4):
        words = [ODD[(start + shift) % len(ODD)].strip() for shift in range(8)]
        session = text_forum(words, 5)
        write_session(tmp_path, session, Rules())
        assert_equal(session, open_session(tmp_path).session)


def test_decisions_and_notes_come_back(tmp_path):
    opened = open_session(forum_of(tmp_path))
    notes = (
        Problem(
            "a",
            Severity.NOTE,
            "f.csv",
            "s",
            7,
            "k",
            "v",
            {"proposal": "U-1", "candidates": ("1", ("2", "3")), "n": 2},
        ),
        Problem("b", Severity.SET_ASIDE),
    )
    session = replace(opened.session, notes=notes)
    lines = pd.DataFrame(
        {"proposal": ["U-2"], "decided_rank": [1], "decision": ["funded"], "reason": ["darurat; banjir"]}
    )
    decided = Resolution.from_table(lines, session.proposals)
    write_session(tmp_path / "lain", session, Rules(), decided)
    again = open_session(tmp_path / "lain")
    assert again.session.notes == notes
    assert_frame_equal(again.resolution.frame, decided.frame, check_index_type=False)
    write_session(tmp_path / "lain", session, Rules())
    assert open_session(tmp_path / "lain").resolution is None  # no table of an older content stays behind


def test_notes_do_not_grow_when_a_folder_is_written_again(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;Jumlah KK;desa\n"
        "U-1;Jembatan;7302012017;5;3;Salah Nama\nU-2;x;;;;\n",
    )
    opened = open_session(folder)
    found = [note.code for note in opened.session.notes]
    assert sorted(found) == [
        "column_unknown",
        "region_code_without_dots",
        "region_missing",
        "region_name_differs",
    ]
    by_code = {note.code: note for note in opened.session.notes}
    assert by_code["region_code_without_dots"].facts["proposal"] == "U-1"
    assert by_code["region_missing"].facts["proposal"] == "U-2"
    for _ in range(2):
        write_session(folder, opened.session, opened.rules)
        opened = open_session(folder)
        assert [note.code for note in opened.session.notes] == found
    assert "jumlah_kk" in opened.session.proposals.frame


def test_equal_sessions_in_another_order_of_reading_have_one_digest(tmp_path):
    one = open_session(forum_of(tmp_path / "a" if (tmp_path / "a").mkdir() is None else tmp_path))
    (tmp_path / "b").mkdir()
    other = open_session(forum_of(tmp_path / "b"))
    assert input_digest(one.session, one.rules) == input_digest(other.session, other.rules)
    assert input_digest(one.session, Rules(budget_rule="rank_skip")) != input_digest(one.session, one.rules)


def test_weights_keep_the_notation_of_the_forum(tmp_path):
    opened = open_session(
        forum_of(
            tmp_path,
            kriteria=(
                "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;a;3/10;1;5\nK2;b;30 %;1;5\n"
                "K3;c;0,4;1;5\nK4;d;;1;5\n"
            ),
            nilai=None,
        )
    )
    assert opened.session.criteria.frame["weight"].tolist()[:3] == [0.3, 0.3, 0.4]
    assert pd.isna(opened.session.criteria.frame.loc["K4", "weight"])
    text = session_files(opened.session, opened.rules)["kriteria.csv"].decode("utf-8-sig")
    assert [line.split(";")[2] for line in text.splitlines()] == ["bobot", "3/10", "30 %", "0,4", ""]


def test_points_of_flags_say_ya_and_those_of_other_columns_stay(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;usulan_perempuan;asal\n"
        "U-1;x;73.02.01;1;ya;True\n",
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
        "K1;a;1;1;5;tabel_poin;usulan_perempuan\nK2;b;1;1;5;tabel_poin;Asal\n",
        tabel_poin="kode_kriteria;teks;poin\nK1;ya;5\nK1;(kosong);2\nK2;true;4\nK2;ya;1\n",
        nilai=None,
    )
    for _ in range(2):
        opened = open_session(folder)
        outcome = prioritise(opened.session, opened.rules)
        assert outcome.measures.loc["U-1"].tolist() == [5.0, 4.0]
        write_session(folder, opened.session, opened.rules)
    text = (folder / "tabel_poin.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == ["K1;ya;5", "K1;(kosong);2", "K2;true;4", "K2;ya;1"]


# ----- half-written, edited, old and new


def test_a_handmade_folder_without_manifest_opens(tmp_path):
    opened = open_session(forum_of(tmp_path))
    assert opened.manifest.version == 0
    assert opened.edited == ()
    assert opened.session.regions.name("73.02.01") == "Gantarang"
    assert opened.session.proposals.frame["cost"].tolist()[0] == 150_000_000
    assert pd.isna(opened.session.proposals.frame["cost"].iloc[1])
    assert opened.session.ballots.frame["points"].isna().tolist() == [False, True, False]


def test_edited_files_are_named(tmp_path):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    path = tmp_path / "usulan.csv"
    path.write_bytes(path.read_bytes().replace(b"Jembatan", b"Jembatan gantung"))
    opened = open_session(tmp_path)
    assert opened.edited == ("usulan.csv",)
    assert opened.session.proposals.frame.loc["U-1", "activity"] == "Jembatan gantung"


def test_a_half_written_folder_is_refused_by_name(tmp_path):
    folder = forum_of(tmp_path)
    (folder / MARKER).write_text("x", encoding="utf-8")
    problem = problems_of(folder)[0]
    assert (problem.code, problem.file) == ("folder_half_written", "musyawarah")


def test_an_old_folder_is_migrated_without_being_touched(tmp_path, monkeypatch):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    from workbench.store import session_folder

    def renamed(files, version):
        assert version == 1
        text = files["usulan.csv"].decode("utf-8-sig").replace("Jembatan", "Jembatan lama")
        return {**files, "usulan.csv": text.encode("utf-8-sig")}

    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    monkeypatch.setattr(session_folder, "VERSION", 2)
    monkeypatch.setattr(session_folder, "migrate", renamed)
    opened = open_session(tmp_path)
    assert opened.session.proposals.frame.loc["U-1", "activity"] == "Jembatan lama"
    assert opened.manifest.version == 1
    assert opened.edited == ()  # the person edited nothing: the migration did
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


KILLED = """
import os, sys, threading, time
from pathlib import Path
from dataclasses import replace
from workbench.domain.rules import Rules
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
opened = open_session(Path(sys.argv[1]))
frame = opened.session.proposals.frame
session = replace(opened.session, proposals=type(opened.session.proposals)(frame.assign(activity="baru")))
threading.Thread(target=lambda: (time.sleep(float(sys.argv[2])), os._exit(9)), daemon=True).start()
for _ in range(1000):
    write_session(Path(sys.argv[1]), session, Rules())
    write_session(Path(sys.argv[1]), opened.session, Rules())
"""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.004, 0.011, 0.02, 0.037, 0.05, 0.083])
def test_a_process_killed_while_writing_leaves_one_whole_content(tmp_path, seconds):
    write_session(tmp_path, open_session(forum_of(tmp_path)).session, Rules())
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(seconds)], check=False)
    repair(tmp_path)
    opened = open_session(tmp_path)
    assert opened.edited == ()
    assert opened.session.proposals.frame["activity"].tolist() in (
        ["Jembatan", "Sumur bor"],
        ["baru", "baru"],
    )


def test_the_sample_is_as_the_workbench_would_write_it(project_root):
    folder = project_root / "data" / "contoh"
    opened = open_session(folder)
    assert opened.edited == ()
    assert opened.session.notes == ()
    assert isinstance(opened.session.proposals, Proposals)
    for name, content in session_files(opened.session, opened.rules).items():
        if name.endswith(".csv"):
            assert (folder / name).read_bytes() == content, name
