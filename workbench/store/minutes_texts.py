"""Texts of the berita acara: plain TOML files that an office copies into its session folder and edits.

The format is described in ``docs/berita-acara.md``. A file ``naskah_KIND.toml`` in the session folder is used
instead of the shipped ``data/berita_acara/KIND.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process

from workbench.domain.local_terms import TERMS, forms_of
from workbench.domain.minutes_text import Clause, MinutesText, Signing, places_of
from workbench.errors import InvalidInput, Problem
from workbench.store.project_files import data_folder

FOLDER = "berita_acara"
OWN = "naskah_{kind}.toml"
KINDS = ("desa", "kecamatan", "perangkat_daerah")
TEXT_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "judul": "title",
        "nomor": "number",
        "pembukaan": "opening",
        "memperhatikan": "heard",
        "sambutan": "speeches",
        "pemaparan": "presentations",
        "tanggapan": "responses",
        "maka_pada": "at",
        "menyepakati": "agree",
        "penutup": "closing",
        "tempat_tanggal": "place_date",
        "wakil_peserta": "representatives",
        "delegasi": "delegates",
        "tembusan": "copies",
        "lampiran_hadir": "annex_attendance",
        "lampiran_prioritas": "annex_funded",
        "lampiran_belum": "annex_not_funded",
        "lampiran_kelompok": "annex_groups",
        "lampiran_hasil_skoring": "annex_computed",
        "mengetahui_daftar_hadir": "attendance_seen",
        "agenda": "attendance_agenda",
    }
)
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "forum": "forum",
        "nomor": "number",
        "hari": "day",
        "tanggal": "date",
        "tanggal_terbilang": "date_spelled",
        "bulan": "month",
        "tahun_terbilang": "year_spelled",
        "tahun_rencana": "plan_year",
        "waktu_mulai": "start",
        "waktu_selesai": "end",
        "zona": "zone",
        "tempat": "place",
        "alamat": "address",
        "wilayah": "region",
        "provinsi": "province",
        "kabupaten": "regency",
        "kecamatan": "district",
        "desa": "village",
        "dasar_hukum": "legal_basis",
        "jumlah_peserta": "present",
        "jumlah_peserta_terbilang": "present_spelled",
        "jumlah_perempuan": "women",
        "jumlah_laki_laki": "men",
        "jumlah_undangan": "invited",
        "jumlah_usulan": "proposals",
        "jumlah_usulan_terbilang": "proposals_spelled",
        "jumlah_diakomodir": "funded",
        "jumlah_diakomodir_terbilang": "funded_spelled",
        "jumlah_belum": "not_funded",
        "jumlah_belum_diperingkat": "not_rankable",
        "jumlah_diputuskan_lain": "overridden",
        "pagu": "ceiling",
        "pagu_terbilang": "ceiling_spelled",
        "pagu_prioritas": "room",
        "biaya": "spent",
        "biaya_terbilang": "spent_spelled",
        "sisa_pagu": "left",
        "pimpinan_sidang": "chair",
        **{place: place for term in TERMS for place in forms_of(term, "")},
    }
)
"""The places of a text, as an office writes them, by what they stand for."""
CAPITALS: Mapping[str, str] = MappingProxyType(
    {word.upper(): name.upper() for word, name in PLACES.items() if "sebutan" not in word.casefold()}
)
"""A place written in capitals is filled in capitals."""
CLAUSE_KEYS, SIGNING_KEYS = ("urutan", "isi"), ("jabatan", "peran", "keterangan")
LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"kesepakatan": CLAUSE_KEYS, "tanda_tangan": SIGNING_KEYS}
)
NUMBER_KEY = "baris_wakil_peserta"
NEEDED = ("judul", "pembukaan", "menyepakati", "kesepakatan", "tanda_tangan")


def shipped_minutes_text(kind: str) -> Path:
    """Return the shipped file of a kind of berita acara."""
    return data_folder() / FOLDER / f"{kind}.toml"


def own_minutes_text(folder: Path, kind: str) -> Path:
    """Return where a session folder keeps its own text of a kind."""
    return folder / OWN.format(kind=kind)


def find_minutes_text(folder: Path, kind: str) -> MinutesText:
    """Return the text of a kind: the session folder's own, else the shipped one.

    Raises
    ------
    InvalidInput
        Everything that is wrong in the file, at once.
    """
    own = own_minutes_text(folder, kind)
    return read_minutes_text(own if own.is_file() else shipped_minutes_text(kind), kind)


def read_minutes_text(path: Path, kind: str) -> MinutesText:
    """Read one text.

    Raises
    ------
    InvalidInput
        ``not_toml``, ``not_utf8``, and every unknown key or place, missing text and value of the wrong kind.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    except UnicodeDecodeError as error:
        raise InvalidInput([Problem("not_utf8", file=path.name)]) from error
    problems = [*_misshapen(given, path.name), *_missing(given, path.name)]
    if not problems:
        problems = [*_unknown_places(given, path.name)]
    if problems:
        raise InvalidInput(problems)
    return MinutesText(
        kind,
        MappingProxyType({name: _named(given.get(key, "")) for key, name in TEXT_KEYS.items()}),
        tuple(Clause(_named(line.get("urutan", "")), _named(line["isi"])) for line in given["kesepakatan"]),
        tuple(
            Signing(*(_named(line.get(key, "")) for key in SIGNING_KEYS)) for line in given["tanda_tangan"]
        ),
        given.get(NUMBER_KEY, 0),
    )


def _misshapen(given: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for key, value in given.items():
        if key in LISTS:
            yield from _misshapen_list(key, value, file)
        elif key == NUMBER_KEY:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1000:
                yield _wrong_kind(file, key, value, "10")
        elif key not in TEXT_KEYS:
            yield _unknown_key(file, key, (*TEXT_KEYS, *LISTS, NUMBER_KEY))
        elif not isinstance(value, str):
            yield _wrong_kind(file, key, value, '"..."')


def _misshapen_list(key: str, value: object, file: str) -> Iterator[Problem]:
    if not isinstance(value, list) or not all(isinstance(line, dict) for line in value):
        yield _wrong_kind(file, key, value, f"[[{key}]]")
        return
    for number, line in enumerate(value, 1):
        for inner, text in line.items():
            place = f"{key}[{number}].{inner}"
            if inner not in LISTS[key]:
                yield _unknown_key(file, place, LISTS[key])
            elif not isinstance(text, str):
                yield _wrong_kind(file, place, text, '"..."')
        needed = "isi" if key == "kesepakatan" else "jabatan"
        if not line.get(needed):
            yield Problem("template_key_missing", file=file, column=f"{key}[{number}].{needed}")


def _missing(given: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for key in NEEDED:
        if not given.get(key):
            yield Problem("template_key_missing", file=file, column=key)


def _wrong_kind(file: str, key: str, value: object, form: str) -> Problem:
    facts = {"expected": form}
    return Problem("template_value_of_wrong_kind", file=file, column=key, value=str(value), facts=facts)


def _unknown_key(file: str, key: str, allowed: tuple[str, ...]) -> Problem:
    return Problem("template_key_unknown", file=file, column=key, facts={"allowed": allowed})


def _unknown_places(given: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for key, text in _texts(given):
        try:
            names = places_of(text)
        except ValueError:
            yield Problem("minutes_braces", file=file, column=key, value=text)
            continue
        for name in dict.fromkeys(names):
            if name not in PLACES and name not in CAPITALS:
                yield _unknown_place(file, key, name)


def _unknown_place(file: str, key: str, name: str) -> Problem:
    nearest = process.extractOne(name, list(PLACES), scorer=fuzz.ratio, score_cutoff=60)
    facts: dict[str, Any] = {"suggestion": "{" + str(nearest[0]) + "}"} if nearest else {}
    return Problem("minutes_place_unknown", file=file, column=key, value="{" + name + "}", facts=facts)


def _texts(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list):
            for number, line in enumerate(value, 1):
                yield from ((f"{key}[{number}].{inner}", text) for inner, text in line.items())


def _named(text: str) -> str:
    """Return a text whose places bear the names of the facts, without the layout of its file."""
    plain = "\n".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"\{(\w+)\}", lambda found: "{" + (PLACES.get(found[1]) or CAPITALS[found[1]]) + "}", plain)
