"""Workbooks as offices make them, written for tests: title rows, merged headers, totals, signatures."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from workbench.domain.intake import Intake
from workbench.domain.regions import Regions
from workbench.store.intake.reading import Answers, read_list
from workbench.store.regions import shipped_regions

SIPD_HEADER = [
    "Tgl Usul", "Pengusul", "Profil", "Urusan", "Usulan", "Permasalahan", "Alamat", "OPD Tujuan",
    "Rekomendasi Mitra Bappeda", "Kategori Usulan", "Koefisien", "Rekomendasi Kelurahan/Desa",
    "Rekomendasi Kecamatan", "Rekomendasi SKPD", "Rekomendasi TAPD", "Status",
]  # fmt: skip


def sipd_row(
    proposer: str, activity: str, place: str, coefficient: str, recommended: str, desk: str = ""
) -> list[object]:
    return [
        "2025-02-03", proposer, "Desa", "Pekerjaan Umum", activity, "Rusak", place, "Dinas PU", desk,
        "Musrenbang", coefficient, "Setuju", recommended, "", "", "Verifikasi",
    ]  # fmt: skip


def book(*sheets: tuple[str, list[list[object]], list[str]], hidden: tuple[str, ...] = ()) -> bytes:
    """Return a workbook of sheets, each a title, rows and merged ranges."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows, merged in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        if title in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def regions() -> Regions:
    """Return the regency that these lists lie in: reading all of Indonesia for each test would be slow."""
    return shipped_regions().around(["73.02.03"])


def read_bytes_as(folder: Path, name: str, content: bytes | str, **answers: object) -> Intake:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_list(path, Answers(**answers), regions())  # type: ignore[arg-type]


def du_rkp(wrong: int = 0) -> bytes:
    """Return a DU-RKP with a two-row header, a letter row, headings, subtotals and signatures."""
    rows: list[list[object]] = [
        ["DAFTAR USULAN RKP DESA (DU-RKP DESA) TAHUN 2026"],
        ["DESA", ": Bira"],
        ["KECAMATAN", ": Bonto Bahari"],
        ["KABUPATEN", ": Bulukumba"],
        ["PROVINSI", ": Sulawesi Selatan"],
        [],
        ["No", "Bidang/Jenis Kegiatan", "", "Lokasi", "Volume", "Perkiraan Waktu Pelaksanaan",
         "Prakiraan Biaya", "Sumber Pembiayaan"],
        ["", "Bidang", "Jenis Kegiatan", "", "", "", "Jumlah (Rp)", ""],
        ["a", "b", "c", "e", "d", "e", "f", "g"],
        ["1", "Pembangunan Desa", "Rabat beton jalan tani", "Dusun Pungkarese", "3 x 200 m", "2026",
         150_000_000, "APBD"],
        ["", "", "dan plat duiker", "", "", "", "", ""],
        ["2", "", "Sumur bor", "Dusun Birakeke", "1 unit", "2026", "Rp 75.000.000,00", "APBD"],
        ["", "Jumlah per Bidang 1", "", "", "", "", 225_000_000 + wrong, ""],
        ["3", "Pemberdayaan Masyarakat", "Pelatihan menenun", "Dusun Tanetang", "20 orang", "2026",
         "Rp.20 jt", "APBD"],
        ["", "Jumlah per Bidang 2", "", "", "", "", 20_000_000, ""],
        ["", "Jumlah Total", "", "", "", "", 245_000_000, ""],
        [],
        ["", "", "", "", "", "Bira, 12 Februari 2025", "", ""],
        ["", "Mengetahui", "", "", "", "Ketua Tim Penyusun", "", ""],
        ["", "Kepala Desa Bira", "", "", "", "", "", ""],
    ]  # fmt: skip
    return book(("DU-RKP", rows, ["B7:C7", "A7:A8", "D7:D8", "E7:E8", "F7:F8", "H7:H8"]))
