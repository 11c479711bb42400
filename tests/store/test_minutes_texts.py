"""Texts of the berita acara: the shipped ones read, an office's own wins, and mistakes are named at once."""

import pytest

from workbench.domain.local_terms import TERMS
from workbench.domain.minutes_text import FACTS, TEXTS
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.present.problems import problem_sentence
from workbench.store.minutes_texts import (
    KINDS,
    PLACES,
    TEXT_KEYS,
    find_minutes_text,
    own_minutes_text,
    read_minutes_text,
    shipped_minutes_text,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_text_reads(kind, tmp_path):
    text = find_minutes_text(tmp_path, kind)
    assert [clause.label for clause in text.clauses] == ["KESATU", "KEDUA", "KETIGA", "KEEMPAT"]
    assert text.texts["title"].startswith("BERITA ACARA\n")


def test_every_fact_and_text_can_be_asked_for():
    assert sorted(name for name in PLACES.values() if "sebutan" not in name.casefold()) == sorted(FACTS)
    assert {name.casefold() for name in PLACES if "sebutan" in name.casefold()} == set(TERMS)
    assert sorted(TEXT_KEYS.values()) == sorted(TEXTS)


def test_the_folders_own_text_wins(tmp_path):
    own = own_minutes_text(tmp_path, "kecamatan")
    shipped = shipped_minutes_text("kecamatan").read_text("utf-8")
    own.write_text(shipped.replace("BERITA ACARA\n", "BERITA ACARA KAMI\n"), encoding="utf-8-sig")
    assert find_minutes_text(tmp_path, "kecamatan").texts["title"].startswith("BERITA ACARA KAMI\n")


WRONG = """
judul = "BERITA ACARA {kabupten} {JUDUL}"
pembukan = "x"
penutup = 5
menyepakati = "{"
[[kesepakatan]]
urutan = "KESATU"
isi = "{jumlah_diakomodir} {}"
[[tanda_tangan]]
jabatan = "Camat"
"""


def refused(tmp_path, text):
    path = tmp_path / "naskah_kecamatan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_minutes_text(path, "kecamatan")
    return caught.value.problems


def test_all_mistakes_of_a_kind_are_named_at_once(tmp_path):
    shape = refused(tmp_path, WRONG)
    assert {(p.code, p.column) for p in shape} == {
        ("template_key_unknown", "pembukan"),
        ("template_value_of_wrong_kind", "penutup"),
        ("template_key_missing", "pembukaan"),
    }
    text = WRONG.replace("pembukan", "pembukaan").replace("penutup = 5", "")
    places = refused(tmp_path, text)
    assert {(p.code, p.column) for p in places} == {
        ("minutes_place_unknown", "judul"),
        ("minutes_braces", "menyepakati"),
        ("minutes_braces", "kesepakatan[1].isi"),
    }
    said = problem_sentence(next(p for p in places if p.value == "{kabupten}"), translator("id"))
    assert "{kabupaten}" in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("judul = ", "not_toml"),
        ("kesepakatan = 3", "template_value_of_wrong_kind"),
        ("[[kesepakatan]]\nurutan = 3", "template_value_of_wrong_kind"),
        ("[[tanda_tangan]]\nnama = 'x'", "template_key_unknown"),
        ("baris_wakil_peserta = -1", "template_value_of_wrong_kind"),
        ("baris_wakil_peserta = true", "template_value_of_wrong_kind"),
    ],
)
def test_other_mistakes_are_named_too(tmp_path, text, code):
    assert code in {problem.code for problem in refused(tmp_path, text)}


def test_text_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "naskah.toml"
    path.write_bytes("judul = 'caf\u00e9'".encode("cp1252"))
    with pytest.raises(InvalidInput) as caught:
        read_minutes_text(path, "kecamatan")
    assert caught.value.problems[0].code == "not_utf8"


def test_every_place_key_and_kind_is_documented(project_root):
    text = (project_root / "docs/berita-acara.md").read_text(encoding="utf-8")
    assert [word for word in PLACES if f"{{{word.lower()}}}" not in text] == []
    assert [key for key in TEXT_KEYS if f"`{key}`" not in text] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []
