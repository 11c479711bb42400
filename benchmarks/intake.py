"""A list of 24,000 rows from the file to the full import report, as CSV and as XLSX; promised: 3 s and 15 s.

    python benchmarks/intake.py [LIST]

Without a list one is made: 24,000 proposals of 29 columns. Processor time is told beside that on the clock,
so that a busy machine is seen.
"""

import argparse
import csv
import gzip
import io
import tempfile
import time
from pathlib import Path

import openpyxl

from workbench.present.i18n import translator
from workbench.present.intake_page import intake_page
from workbench.store.intake.reading import read_list

ROWS = 24_000
VILLAGES = ("Bira", "Ara", "Darubiah", "Lembanna", "Benjala")


def made_rows():
    header = ["kode_usulan", "kegiatan", "kecamatan", "desa", "lokasi", "volume", "satuan", "prakiraan_biaya"]
    yield header + [f"kolom {number}" for number in range(21)]
    for row in range(ROWS):
        place = VILLAGES[row % len(VILLAGES)]
        cost = f"Rp {1_000_000 + 137 * row:,}".replace(",", ".")
        where = ["Bonto Bahari", place, f"Dusun {row % 13}"]
        cells = [f"U-{row}", f"Rabat beton jalan {row % 977}", *where, "3 x 200 m"]
        yield [*cells, "m", cost] + [f"isi {row % 31}"] * 21


def rows_of(path):
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return csv.reader(io.StringIO(data.decode("utf-8-sig")))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", nargs="?", type=Path)
    given = parser.parse_args().list
    rows = list(rows_of(given) if given else made_rows())
    with tempfile.TemporaryDirectory() as place:
        text, sheet = Path(place) / "daftar.csv", Path(place) / "daftar.xlsx"
        with text.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
        book = openpyxl.Workbook(write_only=True)
        page = book.create_sheet("usulan")
        for row in rows:
            page.append(row)
        book.save(sheet)
        t = translator("id")
        for path, limit in ((text, 3), (sheet, 15)):
            clock, processor = time.perf_counter(), time.process_time()
            intake = read_list(path)
            html = intake_page(intake, t)
            clock, processor = time.perf_counter() - clock, time.process_time() - processor
            print(f"{path.suffix}: {len(intake.table)} rows, report of {len(html)} signs")
            print(f"    {clock:.1f} s on the clock, {processor:.1f} s of processor; limit {limit} s")


if __name__ == "__main__":
    main()
