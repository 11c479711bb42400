"""Small forums with conditions, as folders: every proposal has one score and a cost in round rupiah."""

from __future__ import annotations

from pathlib import Path

HEAD = (
    "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;bidang;opd_tujuan;pengusul;usulan_perempuan;mendesak"
)
LIST = (
    "U-1;Jembatan;73.02.01.2001;60;jalan;PU;Dusun A;tidak;100",
    "U-2;Sumur;73.02.01.2001;40;air;PU;Dusun A;ya;80",
    "U-3;Posyandu;73.02.01.2002;30;kesehatan;Dinkes;Dusun B;ya;50",
    "U-4;Jalan;73.02.01.2002;50;jalan;PU;Dusun B;tidak;60",
    "U-5;Pelatihan;73.02.01.2003;20;ekonomi;Dinsos;Dusun C;ya;30",
)
REGIONS = "kode_wilayah;nama\n73;Sulawesi Selatan\n73.02;Bulukumba\n73.02.01;Gantarang\n" + "".join(
    f"73.02.01.200{at};Desa {at}\n" for at in (1, 2, 3)
)
CRITERIA = (
    "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\nK1;Mendesak;1;0;100;angka;mendesak\n"
)


def forum(
    place: Path,
    *conditions: str,
    rules: str = 'aturan_pagu = "jumlah_skor_terbesar_dengan_batasan"\n',
    ceiling: str = "73.02.01;;pagu;100\n",
    listed: tuple[str, ...] = LIST,
    columns: str = "nama;jenis;satuan;batas;desa;bidang;opd;usulan_perempuan;usulan;memerlukan;tahun",
) -> Path:
    """Write the folder; a condition is a line under `columns`."""
    files = {
        "usulan.csv": "\n".join([HEAD, *listed]) + "\n",
        "kriteria.csv": CRITERIA,
        "wilayah.csv": REGIONS,
        "pagu.csv": f"kode_wilayah;opd;jenis;jumlah\n{ceiling}",
        "aturan.toml": rules,
        "batasan.csv": "\n".join([columns, *conditions]) + "\n" if conditions else "",
    }
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if text:
            (place / name).write_text(text, encoding="utf-8")
    return place
