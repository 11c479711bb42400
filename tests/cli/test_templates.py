from click.testing import CliRunner

from workbench.cli.main import build
from workbench.cli.templates import template_command
from workbench.present.i18n import translator


def run(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), ["template", *arguments])


def test_the_list_says_where_each_form_comes_from():
    result = run("list")
    assert result.exit_code == 0
    assert "T-VI.C.14 (bentuk lama)" in result.output
    assert "Tidak ada dasar hukum" in result.output
    assert "contoh daerah: e-URK Nagekeo" in result.output


def test_show_has_weights_and_bands():
    result = run("show", "e-urk-nagekeo")
    assert "30 %" in result.output
    assert "P1  |  80" in result.output


def test_apply_refuses_what_is_scored_and_says_how_to_go_on(tmp_path):
    (tmp_path / "usulan.csv").write_text(
        "kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya\nU1;73.02.01;Jalan;1\n", "utf-8"
    )
    (tmp_path / "wilayah.csv").write_text("kode_wilayah;nama\n73;S\n73.02;B\n73.02.01;G\n", "utf-8")
    assert run("apply", "apkl-usg", str(tmp_path)).exit_code == 0
    (tmp_path / "peserta.csv").write_text("no_kartu\n1\n", "utf-8")
    (tmp_path / "nilai.csv").write_text(
        "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;1;U1;U;5\n", "utf-8"
    )
    refused = run("apply", "t-vi-c-14", str(tmp_path))
    assert refused.exit_code == 3
    assert "--ganti" in refused.output
    done = run("apply", "t-vi-c-14", str(tmp_path), "--ganti")
    assert done.exit_code == 0
    assert "nilai_sebelum_ganti_1.csv" in done.output


def test_an_unknown_name_is_refused_in_words():
    result = run("show", "ugs")
    assert result.exit_code == 3
    assert "usg" in result.output


def test_every_command_of_the_group_has_help_in_both_languages():
    for language in ("id", "en"):
        group = template_command(translator(language))
        assert sorted(group.commands) == ["apply", "list", "show"]
        assert all(command.help for command in group.commands.values())
