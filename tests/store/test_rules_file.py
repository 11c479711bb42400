from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import rules
from workbench.domain.rules import CHOICES, NAMES, TIE_KEYS, Rules
from workbench.errors import InvalidInput
from workbench.store.headers import load_headers
from workbench.store.rules_file import read_rules, rules_from_mapping, rules_text, rules_to_words

stages = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=15)


@given(rules(weighting=CHOICES["weighting"]), stages)
def test_rules_come_back_from_their_file(tmp_path_factory, choice, stage):
    choice = Rules(**{name: getattr(choice, name) for name in NAMES} | {"stage": stage})
    path = tmp_path_factory.mktemp("aturan") / "aturan.toml"
    path.write_bytes(rules_text(choice).encode())
    assert read_rules(path) == choice
    assert rules_from_mapping(rules_to_words(choice), "x") == choice


def test_every_choice_stands_in_the_file_with_the_words_allowed():
    text = rules_text(Rules())
    headers = load_headers()
    for name in CHOICES:
        line = next(line for line in text.splitlines() if line.startswith(f"# {headers.rule_keys[name]}:"))
        assert all(headers.rule_words[name][choice] in line for choice in CHOICES[name])
    assert set(headers.rule_keys) == set(NAMES)
    assert "benih_undian" not in text


@pytest.mark.parametrize("name", [*CHOICES, "ties"])
def test_no_two_choices_share_a_word(name):
    words = load_headers().rule_words[name]
    assert set(words) == set(TIE_KEYS if name == "ties" else CHOICES[name])
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ('aturan_pagu = "semua"', "unknown_rule", "aturan_pagu"),
        ("aturan_pagu = 5", "unknown_rule", "aturan_pagu"),
        ('aturanpagu = "x"', "unknown_rule_key", "aturanpagu"),
        ('urutan_pemutus_nilai_sama = "swadaya"', "unknown_rule", "urutan_pemutus_nilai_sama"),
        ('urutan_pemutus_nilai_sama = ["abjad"]', "unknown_rule", "urutan_pemutus_nilai_sama"),
        ('urutan_pemutus_nilai_sama = ["undian"]', "lot_without_seed", "benih_undian"),
        ('urutan_pemutus_nilai_sama = ["swadaya", "swadaya"]', "rule_repeated", "urutan_pemutus_nilai_sama"),
        ("putaran = true", "unknown_rule", "putaran"),
        ('putaran = "akhir"', "unknown_rule", "putaran"),
        ("putaran = -1", "negative_value", "putaran"),
        ("benih_undian = 1.5", "unknown_rule", "benih_undian"),
        ("kelompok_terkecil = 1", "group_too_small", "kelompok_terkecil"),
        ("tahapan = 5", "unknown_rule", "tahapan"),
        ("tahapan = ", "not_toml", ""),
    ],
)
def test_every_fault_is_named_in_the_words_of_the_file(tmp_path, text, code, column):
    path = tmp_path / "aturan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_rules(path)
    assert [(p.code, p.file, p.column) for p in caught.value.problems] == [(code, "aturan.toml", column)]


def test_all_faults_are_told_together():
    with pytest.raises(InvalidInput) as caught:
        rules_from_mapping({"a": 1, "aturan_pagu": "x", "putaran": "y"}, "aturan.toml")
    assert [p.code for p in caught.value.problems] == ["unknown_rule_key", "unknown_rule", "unknown_rule"]
    assert caught.value.problems[1].facts["allowed"][:2] == ("urut_berhenti", "urut_lewati")


def test_the_file_of_an_old_notepad_is_read_and_other_encodings_are_named(tmp_path):
    path = tmp_path / "aturan.toml"
    path.write_bytes(b'\xef\xbb\xbfputaran = "terakhir"\r\n')
    assert read_rules(path) == Rules()
    path.write_bytes('tahapan = "Kafé"'.encode("cp1252"))
    with pytest.raises(InvalidInput) as caught:
        read_rules(path)
    assert caught.value.problems[0].code == "not_utf8"


def test_an_empty_file_is_the_rules_as_they_come():
    assert rules_from_mapping(tomllib.loads(""), "x") == Rules()
