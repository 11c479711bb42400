"""A household survey made up for tests: its form, and its export as KoboToolbox and ODK write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tests.store.intake.sheets import book

NEEDS = {
    "air_bersih": "Air bersih",
    "jalan": "Jalan lingkungan",
    "jamban": "Jamban keluarga",
    "listrik": "Listrik",
}
VILLAGES = {"v1": "Bira", "v2": "Ara"}
SURVEY: list[list[object]] = [
    ["type", "name", "label::English (en)", "label::Bahasa Indonesia (id)", "required"],
    ["start", "start", "", "", ""],
    ["calculate", "umur", "", "", ""],
    ["note", "salam", "Welcome", "Selamat datang", ""],
    ["begin_group", "lokasi", "Place", "Tempat tinggal", ""],
    ["select_one desa", "desa", "Village", "Desa", "yes"],
    ["text", "dusun", "Hamlet", "Dusun", ""],
    ["geopoint", "titik", "Point", "Titik rumah", ""],
    ["end_group", "", "", "", ""],
    ["text", "nama_kk", "Name of head", "Nama kepala keluarga", ""],
    ["begin group", "butuh", "Needs", "Kebutuhan", ""],
    ["select_multiple kebutuhan or_other", "kebutuhan", "What is <b>needed</b>?",
     "Apa yang paling **dibutuhkan**?", ""],
    ["select_one ya_tidak", "sumur", "Own well?", "Punya sumur sendiri?", ""],
    ["text", "usulan", "Proposal", "Usulan rumah tangga", ""],
    ["end group", "", "", "", ""],
    ["begin_repeat", "anak", "Child", "Anak", ""],
    ["select_one ya_tidak", "sekolah", "At school?", "Masih sekolah?", ""],
    ["end_repeat", "", "", "", ""],
]  # fmt: skip
CHOICES: list[list[object]] = [
    ["list_name", "name", "label::English (en)", "label::Bahasa Indonesia (id)"],
    *(["kebutuhan", name, name.replace("_", " ").title(), label] for name, label in NEEDS.items()),
    *(["desa", name, label, label] for name, label in VILLAGES.items()),
    ["ya_tidak", 1, "Yes", "Ya"],
    ["ya_tidak", 2, "No", "Tidak"],
]
SETTINGS: list[list[object]] = [
    ["form_title", "form_id", "version", "default_language"],
    ["Survei kebutuhan (contoh)", "kebutuhan", "3", "Bahasa Indonesia (id)"],
]
Household = Mapping[str, str]


def form(survey: list[list[object]] | None = None, choices: list[list[object]] | None = None) -> bytes:
    return book(
        ("survey", survey or SURVEY, []), ("choices", choices or CHOICES, []), ("settings", SETTINGS, [])
    )


def households(bira: int = 20, ara: int = 7) -> list[dict[str, str]]:
    """Return made-up households: 14 of 20 in Bira name water, 3 name latrines; one in ten does not answer."""
    found = []
    for number in range(bira + ara):
        village = "v1" if number < bira else "v2"
        named = [
            name
            for name, every in (("air_bersih", 3), ("jalan", 2), ("jamban", 7))
            if (number % every == 0) != (name == "air_bersih")
        ]
        found.append(
            {
                "lokasi/desa": village,
                "lokasi/dusun": "Dusun Timur" if number % 2 else "Dusun Barat",
                "nama_kk": f"Keluarga {number}",
                "butuh/kebutuhan": "" if number % 10 == 9 else " ".join(named),
                "butuh/sumur": "1" if number % 4 else "2",
                "butuh/usulan": "Perbaikan  sumur umum" if number % 3 else "perbaikan sumur umum",
                "_uuid": f"u{number:03d}",
            }
        )
    return found


HEADER = [
    "start", "lokasi/desa", "lokasi/dusun", "lokasi/titik", "_lokasi/titik_latitude", "nama_kk",
    "butuh/kebutuhan", *(f"butuh/kebutuhan/{name}" for name in (*NEEDS, "other")), "butuh/kebutuhan_other",
    "butuh/sumur", "butuh/usulan", "_id", "_uuid", "_submission_time", "__version__", "_index",
]  # fmt: skip


def kobo_rows(answers: Sequence[Household]) -> list[list[object]]:
    """Return the main sheet as KoboToolbox exports it: XML names, groups, one column and split columns."""
    rows: list[list[object]] = [list(HEADER)]
    for number, answer in enumerate(answers, start=1):
        named = answer["butuh/kebutuhan"].split()
        known = {
            "start": "2026-03-02T08:00:00.000+08:00",
            "lokasi/titik": "-5.6 120.4 0 0",
            "_lokasi/titik_latitude": "-5.6",
            "_id": str(1000 + number),
            "_submission_time": "2026-03-02T09:00:00",
            "__version__": "3",
            "_index": number,
            **{f"butuh/kebutuhan/{name}": int(name in named) if named else "" for name in (*NEEDS, "other")},
            **answer,
        }
        rows.append([known.get(header, "") for header in HEADER])
    return rows


def labelled(rows: list[list[object]]) -> list[list[object]]:
    """Return the same export with labels in the place of names, as people also export it."""
    heads = {
        "lokasi/desa": "Tempat tinggal/Desa", "lokasi/dusun": "Tempat tinggal/Dusun",
        "lokasi/titik": "Tempat tinggal/Titik rumah", "nama_kk": "Nama kepala keluarga",
        "butuh/sumur": "Kebutuhan/Punya sumur sendiri?", "butuh/usulan": "Kebutuhan/Usulan rumah tangga",
        "butuh/kebutuhan": "Kebutuhan/Apa yang paling **dibutuhkan**?",
        **{f"butuh/kebutuhan/{name}": f"Kebutuhan/Apa yang paling **dibutuhkan**?/{label}"
           for name, label in NEEDS.items()},
        "butuh/kebutuhan/other": "Kebutuhan/Apa yang paling **dibutuhkan**?/Lainnya",
    }  # fmt: skip
    words = {**VILLAGES, "1": "Ya", "2": "Tidak"}
    header = [heads.get(str(head), head) for head in rows[0]]
    made: list[list[object]] = [header]
    for row in rows[1:]:
        line = []
        for head, cell in zip(rows[0], row, strict=True):
            if head in ("lokasi/desa", "butuh/sumur"):
                cell = words[str(cell)]  # noqa: PLW2901
            if head == "butuh/kebutuhan":
                cell = " ".join(NEEDS[name] for name in str(cell).split())  # noqa: PLW2901
            line.append(cell)
        made.append(line)
    return made


def csv_text(rows: list[list[object]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def kobo_book(answers: Sequence[Household], children: Sequence[tuple[int, str]] = ()) -> bytes:
    repeat: list[list[object]] = [
        ["anak/sekolah", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"],
        *(
            [told, number, "Survei kebutuhan", parent, ""]
            for number, (parent, told) in enumerate(children, 1)
        ),
    ]
    return book(("Survei kebutuhan", kobo_rows(answers), []), ("anak", repeat, []))


def odk_text(answers: Sequence[Household]) -> str:
    """Return the main sheet as ODK Central writes it: groups by a dash, split columns, KEY, no index."""
    names = {header: header.replace("/", "-") for header in HEADER if not header.startswith("_")}
    rows = kobo_rows(answers)
    kept = [place for place, header in enumerate(HEADER) if header in names]
    made: list[list[object]] = [
        [
            "SubmissionDate",
            *(names[HEADER[place]] for place in kept),
            "meta-instanceID",
            "KEY",
            "SubmitterName",
        ]
    ]
    for row in rows[1:]:
        key = f"uuid:{row[HEADER.index('_uuid')]}"
        made.append(["2026-03-02", *(row[place] for place in kept), key, key, "Petugas 1"])
    return csv_text(made)
