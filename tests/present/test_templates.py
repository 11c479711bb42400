import pytest

from workbench.present.i18n import translator
from workbench.present.templates import (
    applied_sentences,
    ground_sentence,
    template_sentences,
    template_tables,
    templates_table,
)
from workbench.store.templates import read_templates

TEMPLATES = read_templates()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_speaks_both_languages(name, language):
    t = translator(language)
    sentences = template_sentences(TEMPLATES[name], t, proposals=19)
    assert all(sentence.strip() and "{" not in sentence for sentence in sentences)
    assert all(table.rows for table in template_tables(TEMPLATES[name], t))


def test_practice_is_said_to_be_practice():
    t = translator("id")
    assert ground_sentence(TEMPLATES["usg"], t).startswith("Tidak ada dasar hukum")
    assert ground_sentence(TEMPLATES["t-vi-c-14"], t).startswith("Dasar hukum: Permendagri 54 Tahun 2010")


@pytest.mark.parametrize(("proposals", "choices"), [(10, 3), (11, 5), (18, 5), (19, 7)])
def test_the_mad_vote_says_how_many_choices_this_list_asks(proposals, choices):
    said = template_sentences(TEMPLATES["suara-mad-357"], translator("id"), proposals)[-1]
    assert f"berisi {proposals} usulan, jadi setiap delegasi memilih {choices} usulan" in said


def test_a_list_too_short_for_the_vote_asks_nothing():
    t = translator("id")
    vote = TEMPLATES["suara-mad-357"]
    assert template_sentences(vote, t, 2) == template_sentences(vote, t)


def test_weights_are_shown_as_the_form_writes_them():
    criteria = template_tables(TEMPLATES["e-urk-nagekeo"], translator("id"))[0]
    assert [row[2] for row in criteria.rows] == ["30 %", "25 %", "25 %", "20 %"]


def test_the_list_has_one_line_each():
    assert len(templates_table(TEMPLATES.values(), translator("id")).rows) == len(TEMPLATES)


def test_what_is_to_be_filled_in_now_is_said():
    t = translator("id")
    said = applied_sentences(TEMPLATES["ahp-desa-fisik"], ["cakupan"], 4, ["nilai_sebelum_ganti_1.csv"], t)
    assert "4 kriteria" in said[0]
    assert "cakupan" in said[1]
    assert "4 baris syarat" in said[2]
    assert "nilai_sebelum_ganti_1.csv" in said[3]
    assert len(applied_sentences(TEMPLATES["usg"], (), 0, (), t)) == 1
