"""A list under the headers of a SIPD export, to be handed over after the forum."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbench.domain.proposals import PROPOSED_ON
from workbench.present.workbook.book import Field, Kind, Sheet, Value
from workbench.present.workbook.forms import FormList

KINDS: Mapping[str, Kind] = MappingProxyType({"Anggaran": "rupiah", "Tgl Usul": "date"})
"""The columns that are no texts."""


def sipd_sheet(one: FormList, name: str) -> Sheet:
    """Return the list under the headers of a SIPD export, with what each proposal still lacks and its reason.

    Nothing is filled in that the list does not say; the status is a draft in SIPD's own words.
    """
    t = one.t
    rows: list[tuple[Value, ...]] = []
    for label in map(str, one.decided.table.index):
        status = str(one.decided.table["status"][label])
        word = t(f"workbook.sipd.{status}")
        cost, volume = one.cost(label), one.volume(label)
        lacking = [
            t(f"workbook.sipd.lacks.{what}")
            for what, given in (
                ("cost", cost is not None),
                ("volume", one.text(label, "volume") != ""),
                ("unit", one.text(label, "unit") != ""),
                ("agency", one.text(label, "agency") != ""),
            )
            if not given
        ]
        rows.append(
            (
                one.text(label, PROPOSED_ON),
                one.text(label, "proposer"),
                one.text(label, "source"),
                one.text(label, "field"),
                one.text(label, "activity"),
                one.text(label, "problem"),
                one.text(label, "location") or one.village(label),
                one.text(label, "agency"),
                "",
                one.text(label, "pool"),
                volume,
                "",
                f"{word}: {volume or '-'}: {one.text(label, 'unit') or '-'}: {'-' if cost is None else cost}",
                "",
                "",
                word,
                one.text(label, "district"),
                cost,
                one.reason(label),
                ", ".join(lacking),
                label,
            )
        )
    headers = (
        "Tgl Usul", "Pengusul", "Profil", "Urusan", "Usulan", "Permasalahan", "Alamat", "OPD Tujuan",
        "Rekomendasi Mitra Bappeda", "Kategori Usulan", "Koefisien", "Rekomendasi Kelurahan/Desa",
        "Rekomendasi Kecamatan", "Rekomendasi SKPD", "Rekomendasi TAPD", "Status", "Kecamatan", "Anggaran",
        "Alasan", "Perlu dilengkapi", "Kode Usulan",
    )  # fmt: skip
    wide = {"Usulan": 44, "Permasalahan": 36, "Alasan": 50, "Anggaran": 18, "Rekomendasi Kecamatan": 34}
    fields = tuple(Field(header, wide.get(header, 18), KINDS.get(header, "text")) for header in headers)
    return Sheet(name, fields, tuple(rows), frozen=0)
