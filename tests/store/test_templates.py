"""The shipped templates say what the field's forms say; a faulty file is refused with all its faults."""

import pytest

from workbench.domain.template import Counting, YearOf
from workbench.engine import rankings
from workbench.errors import InvalidInput
from workbench.store.templates import (
    find_template,
    form_titles,
    read_template,
    read_templates,
    template_folder,
)

NAMES = {
    "pemeringkatan-masalah-pkd", "usg", "apkl-usg", "t-vi-c-14", "e-urk-nagekeo", "ahp-desa-fisik",
    "ahp-desa-nonfisik", "pnpm-mad", "suara-mad-357", "preferensi-321", "perbandingan-berpasangan-pra",
    "suara-titik",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    return read_templates()


def faults(path):
    with pytest.raises(InvalidInput) as raised:
        read_template(path)
    return [(problem.code, problem.sheet, problem.row, problem.column) for problem in raised.value.problems]


def test_all_known_forms_are_there(shipped):
    assert shipped.keys() == NAMES


def test_practice_is_never_printed_as_law(shipped):
    lawful = {
        name: template.provenance for name, template in shipped.items() if template.provenance.legal_basis
    }
    assert lawful.keys() == {"t-vi-c-14"}
    assert "54" in lawful["t-vi-c-14"].legal_basis
    assert lawful["t-vi-c-14"].year_of is YearOf.REGULATION
    for template in shipped.values():
        assert template.provenance.source
        assert 1950 < template.provenance.year < 2100
        if not template.provenance.legal_basis:
            assert template.provenance.year_of is not YearOf.REGULATION


def test_votes_name_a_method_that_the_engine_has(shipped):
    votes = {template.counting for template in shipped.values() if template.is_vote}
    assert votes == set(Counting) - {Counting.WEIGHTED_SUM}
    for method in votes:
        assert callable(getattr(rankings, method.value))


def test_the_mad_vote_asks_3_5_or_7_choices():
    assert [rankings.choices_required(n) for n in (10, 11, 18, 19)] == [3, 5, 5, 7]


def test_the_pkd_form_has_five_criteria_from_1_to_5(shipped):
    frame = shipped["pemeringkatan-masalah-pkd"].criteria.frame
    assert len(frame) == 5
    assert set(zip(frame["scale_min"], frame["scale_max"], strict=True)) == {(1.0, 5.0)}
    assert frame["weight"].nunique() == 1


def test_weights_keep_the_notation_of_the_form(shipped):
    assert shipped["e-urk-nagekeo"].criteria.frame["weight_text"].tolist() == ["30 %", "25 %", "25 %", "20 %"]
    assert shipped["ahp-desa-fisik"].criteria.frame["weight_text"].tolist() == [
        "0,443",
        "0,250",
        "0,231",
        "0,076",
    ]
    assert shipped["usg"].criteria.frame["weight_text"].tolist() == ["1", "1", "1"]


@pytest.mark.parametrize("name", ["e-urk-nagekeo", "ahp-desa-fisik", "ahp-desa-nonfisik"])
def test_declared_weights_sum_to_one(shipped, name):
    assert shipped[name].criteria.frame["weight"].sum() == pytest.approx(1, abs=1e-12)


def test_apkl_comes_as_conditions_before_usg(shipped):
    assert [gate.name for gate in shipped["apkl-usg"].gates] == [
        "Aktual",
        "Problematik",
        "Kekhalayakan",
        "Layak",
    ]
    assert shipped["apkl-usg"].criteria.labels.tolist() == ["U", "S", "G"]


def test_old_and_local_forms_are_named_so(shipped):
    assert "bentuk lama" in shipped["t-vi-c-14"].title
    assert "contoh daerah: e-URK Nagekeo" in shipped["e-urk-nagekeo"].title
    assert shipped["e-urk-nagekeo"].bands.frame["lower"].tolist() == [80, 65, 50, 0]


def test_a_name_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(InvalidInput) as raised:
        find_template("apkl_usg")
    assert raised.value.problems[0].facts["suggestion"] == "apkl-usg"


def test_an_own_file_is_a_template_too(tmp_path):
    own = tmp_path / "desa-kami.toml"
    own.write_text(
        (template_folder() / "usg.toml").read_text("utf-8").replace("USG (", "USG kami ("), "utf-8"
    )
    assert find_template(str(own)).title.startswith("USG kami")


def test_everything_wrong_in_a_file_is_named_at_once(tmp_path):
    path = tmp_path / "rusak.toml"
    path.write_text(
        """
        judul = "Rusak"
        cara_hitung = "kira_kira"
        tahun = 2020
        [aturan]
        cara_skor = "ngawur"
        [[kriteria]]
        kode_kriteria = "K1"
        nama = "Satu"
        bobot = "banyak"
        skala_min = 5
        skala_maks = 1
        skala_mkas = 3
        [[syarat]]
        arti = "tanpa nama"
        [[golongan]]
        golongan = "P1"
        dari = "tinggi"
        """,
        "utf-8",
    )
    found = faults(path)
    assert {code for code, *_ in found} == {
        "template_key_missing", "unknown_rule", "template_key_unknown", "number_unreadable", "scale_empty",
        "empty_cell",
    }  # fmt: skip
    assert ("template_key_missing", "", None, "tahun_dari") in found
    assert ("number_unreadable", "kriteria", 1, "bobot") in found
    assert any(code == "template_key_unknown" and column == "skala_mkas" for code, _, _, column in found)
    assert ("empty_cell", "syarat", 1, "nama") in found
    assert any(code == "number_unreadable" and sheet == "golongan" for code, sheet, *_ in found)


def test_wrong_kinds_and_unknown_keys_are_named(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('judul = 3\ntahun = "dulu"\nkriteria = ["a"]\nbobot = 1\n', "utf-8")
    assert [(code, column) for code, _, _, column in faults(path)] == [
        ("template_value_of_wrong_kind", "judul"),
        ("template_value_of_wrong_kind", "tahun"),
        ("template_value_of_wrong_kind", "kriteria"),
        ("template_key_unknown", "bobot"),
    ]


def test_what_is_no_toml_is_refused_in_words(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("judul = ", "utf-8")
    assert faults(path)[0][0] == "not_toml"
    path.write_bytes(b'judul = "\xff"')
    assert faults(path)[0][0] == "not_utf8"


def test_the_faults_of_all_files_of_a_folder_come_together(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text("judul = ", "utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_templates(tmp_path)
    assert [problem.file for problem in raised.value.problems] == ["a.toml", "b.toml"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"cara_hitung": '"suara_titik"'}, [("template_key_missing", "titik_per_orang"),
                                            ("template_key_missing", "titik_per_usulan")]),
        ({"cara_hitung": '"suara_titik"', "titik_per_orang": "3", "titik_per_usulan": "4"},
         [("dot_rule_not_usable", "titik_per_usulan")]),
        ({"cara_hitung": '"suara_titik"', "titik_per_orang": "true", "titik_per_usulan": "1"},
         [("template_value_of_wrong_kind", "titik_per_orang")]),
        ({"cara_hitung": '"suara_mad"', "titik_per_orang": "3"},
         [("template_dots_not_asked", "titik_per_orang")]),
    ],
)  # fmt: skip
def test_numbers_of_dots_stand_where_dots_are_counted(tmp_path, lines, expected):
    path = tmp_path / "titik.toml"
    own = "".join(f"{key} = {value}\n" for key, value in lines.items())
    path.write_text(f'judul = "T"\ntahun = 2026\ntahun_dari = "templat"\nsumber = "forum"\n{own}', "utf-8")
    assert [(code, column) for code, _, _, column in faults(path)] == expected


def test_titles_are_those_of_the_forms_with_criteria_read_whole(shipped):
    whole = {name: form.title for name, form in shipped.items() if form.criteria is not None}
    assert form_titles() == whole
    assert 0 < len(whole) < len(shipped)


def test_one_spoilt_file_hides_no_other_form(tmp_path):
    good = (template_folder() / "usg.toml").read_text(encoding="utf-8")
    (tmp_path / "baik.toml").write_text(good, encoding="utf-8")
    (tmp_path / "rusak.toml").write_text("judul = ", encoding="utf-8")
    (tmp_path / "tanpa-judul.toml").write_text("[[kriteria]]\nkriteria = 'K1'", encoding="utf-8")
    titles = form_titles(tmp_path)
    assert titles == {
        "baik": find_template("usg").title,
        "rusak": "rusak.toml",
        "tanpa-judul": "tanpa-judul.toml",
    }
