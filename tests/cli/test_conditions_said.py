"""``prioritise`` says which conditions of the folder have no say in what it prints."""

from __future__ import annotations

import shutil

from click.testing import CliRunner

from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder


def test_a_condition_of_another_year_is_named_beside_the_result(tmp_path):
    folder = tmp_path / "forum"
    shutil.copytree(sample_folder(), folder)
    lines = (
        "nama;jenis;satuan;batas;bidang;tahun",
        "Wajib lama;paling_sedikit;persen_pagu;40 %;Perhubungan;2019",
    )
    (folder / "batasan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = CliRunner().invoke(build(translator("id")), ["prioritise", str(folder), "--kecamatan", "99.01.09"])
    assert made.exit_code == Exit.DONE
    assert "batasan.csv, baris 2, kolom tahun: Batasan ini untuk tahun 2019" in made.output
