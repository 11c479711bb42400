"""A list of proposals as another system exports it, with the recipe that maps its columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench.errors import InvalidInput, Problem
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe

DESA, KECAMATAN, RENJA = "Musrenbang Desa/Kelurahan", "Musrenbang Kecamatan", "Renja OPD"
HEADERS = (
    "usulan_id", "tahapan", "usulan_asal_id", "kode_kec", "kecamatan_akhir", "kecamatan", "desa_lokasi",
    "urusan", "bidang_urusan", "kegiatan", "keluaran_volume", "keluaran_satuan", "dibuat",
)  # fmt: skip
MAPPING = """
nama = "daftar uji"
kode_wilayah = "73.02"
tahun_rencana = 2027
kosong = ["-- Silahkan Pilih --"]
[kolom]
kode_usulan = "usulan_id"
tahapan = "tahapan"
usulan_asal = "usulan_asal_id"
kegiatan = "kegiatan"
bidang = "bidang_urusan"
kecamatan = "kecamatan_akhir"
desa = "desa_lokasi"
volume = "keluaran_volume"
[kolom_lain]
Urusan = "urusan"
[wilayah]
kode_kecamatan = "kode_kec"
pembanding = ["kecamatan_akhir", "kecamatan"]
nama_desa = "desa_lokasi"
[volume]
kolom = "keluaran_volume"
satuan = "keluaran_satuan"
terbesar_wajar = 1000
[kembar]
kecuali = ["usulan_id", "usulan_asal_id", "dibuat"]
[turunan.berasal_dari_desa]
cara = "ada_induk"
tahapan = "Musrenbang Desa/Kelurahan"
[turunan.permintaan]
cara = "jumlah_sama"
kolom = ["desa", "bidang"]
tahapan = "Musrenbang Desa/Kelurahan"
"""
CRITERIA = (
    "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
    "K1;Urusan;50 %;1;5;tabel_poin;urusan\nK2;Dari desa;30 %;1;5;tabel_poin;berasal_dari_desa\n"
    "K3;Permintaan;20 %;0;4;angka;permintaan\n"
)
POINTS = "kode_kriteria;teks;poin\nK1;WAJIB;5\nK1;PILIHAN;2\nK2;true;5\nK2;false;1\n"
LINE = {
    "tahapan": KECAMATAN, "kode_kec": "73.02.01", "kecamatan_akhir": "Gantarang", "kecamatan": "Gantarang",
    "desa_lokasi": "Polewali", "urusan": "WAJIB", "bidang_urusan": "jalan", "kegiatan": "Jalan desa",
    "keluaran_volume": "5", "keluaran_satuan": "km",
}  # fmt: skip
NOWHERE = dict.fromkeys(("kode_kec", "kecamatan_akhir", "kecamatan", "desa_lokasi"), "-- Silahkan Pilih --")


def recipe_of(folder: Path, mapping: str = MAPPING, criteria: str = CRITERIA, points: str = POINTS) -> Path:
    folder.mkdir(exist_ok=True)
    texts = {"pemetaan.toml": mapping, "kriteria.csv": criteria, "tabel_poin.csv": points}
    texts["aturan.toml"] = f'tahapan = "{KECAMATAN}"\n'
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def frame_of(*lines: dict[str, str]) -> pd.DataFrame:
    given = [
        LINE | {"usulan_id": f"{n}", "dibuat": f"hari {n}"} | line for n, line in enumerate(lines, start=1)
    ]
    return pd.DataFrame([{header: line.get(header, "") for header in HEADERS} for line in given])


def list_of(folder: Path, *lines: dict[str, str]) -> Path:
    path = folder / "daftar.csv"
    frame_of(*lines).to_csv(path, index=False)
    return path


def imported(tmp_path: Path, *lines: dict[str, str], **recipe: str):
    return import_list(list_of(tmp_path, *lines), read_recipe(recipe_of(tmp_path / "pemetaan", **recipe)))


def problems(tmp_path: Path, *lines: dict[str, str], **recipe: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        imported(tmp_path, *lines, **recipe)
    return list(caught.value.problems)
