"""A recipe: how to read a list made elsewhere, as a folder that an analyst can copy and edit.

``pemetaan.toml`` (columns, region, derived columns), ``kriteria.csv``, ``tabel_poin.csv``, ``aturan.toml``.
The format is described in ``docs/pemetaan.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.domain.checks import raise_if_any
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.region_codes import Level
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput, Problem
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.mapping_shape import misfits
from workbench.store.raw_tables import read_tables
from workbench.store.rules_file import read_rules
from workbench.store.session_tables import criteria_of, read_parsed

MAPPING_FILE = "pemetaan.toml"
DERIVED_WORDS = {"ada_induk": "has_parent", "jumlah_sama": "count_same"}
"""Words of ``pemetaan.toml`` for the names of `workbench.engine.derived.DERIVED`."""
RULES_FILE = "aturan.toml"
NEEDED = {
    "proposal": "kolom.kode_usulan",
    "activity": "kolom.kegiatan",
    "region": "wilayah.kode_kecamatan",
}
"""The columns that no list can be read without, and where the mapping says them."""


@dataclass(frozen=True)
class DerivedColumn:
    """A column computed from others: name, method of `DERIVED`, columns that must be equal, counted stage."""

    name: str
    method: str
    by: tuple[str, ...]
    stage: str


@dataclass(frozen=True)
class Recipe:
    """How to read one kind of list.

    Attributes
    ----------
    columns : mapping of field to header
        Declared columns of the domain.
    extra : mapping of name to header
        Further columns that are kept as they stand.
    blanks : frozenset of str
        Texts that mean "not filled in" where the list comes from.
    district_header, village_header : str
        The column with the district's code (empty: the list has none), and that with the village's name.
    compared_headers : tuple of str
        Other district columns, whose empty cells are counted for the data-quality notes.
    volume_header, unit_header : str
        Columns whose numbers are looked at for negative and absurd values.
    volume_limit : float
        The largest plausible volume.
    identical_but : tuple of str
        Columns that may differ between rows that are otherwise the same; empty switches the check off.
    derived : tuple of DerivedColumn
    total_header, rank_header : str
        Where the list writes totals and ranks of its own, to be counted again; empty: by their usual headers.
    district_name_header : str
        The column with the district's name, for a list without codes.
    facts, criteria, rules
        What the list itself does not say.
    """

    columns: Mapping[str, str]
    extra: Mapping[str, str]
    blanks: frozenset[str]
    district_header: str
    village_header: str
    compared_headers: tuple[str, ...]
    volume_header: str
    unit_header: str
    volume_limit: float
    identical_but: tuple[str, ...]
    derived: tuple[DerivedColumn, ...]
    facts: Facts
    criteria: Criteria
    rules: Rules = field(default_factory=Rules)
    total_header: str = ""
    rank_header: str = ""
    district_name_header: str = ""

    def spelt_as(self, headers: Sequence[str]) -> Recipe:
        """Return the recipe with its headers as a list spells them: case, blanks and punctuation aside.

        A header that two columns of the list could be stays as it is, and is then missing.
        """
        folded = [normalise(header) for header in headers]
        spelling = {
            name: header for name, header in zip(folded, headers, strict=True) if folded.count(name) == 1
        }

        def spelt(header: str) -> str:
            return header if header in headers else spelling.get(normalise(header), header)

        return replace(
            self,
            columns={name: spelt(header) for name, header in self.columns.items()},
            extra={name: spelt(header) for name, header in self.extra.items()},
            district_header=spelt(self.district_header),
            district_name_header=spelt(self.district_name_header),
            village_header=spelt(self.village_header),
            volume_header=spelt(self.volume_header),
            unit_header=spelt(self.unit_header),
            total_header=spelt(self.total_header),
            rank_header=spelt(self.rank_header),
            compared_headers=tuple(map(spelt, self.compared_headers)),
            identical_but=tuple(map(spelt, self.identical_but)),
        )


def read_recipe(folder: Path) -> Recipe:
    """Read a recipe folder.

    Raises
    ------
    InvalidInput
        Everything that is missing or unknown in its files, at once.
    """
    path = folder / MAPPING_FILE
    if not path.is_file():
        raise InvalidInput([Problem("file_missing", file=str(path))])
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    raise_if_any(misfits(given, path.name))
    columns, unknown = _columns(given.get("kolom", {}), path.name)
    derived, unknown_methods = _derived(given.get("turunan", {}), path.name)
    extra = {normalise(name): header for name, header in given.get("kolom_lain", {}).items()}
    place, volume = given.get("wilayah", {}), given.get("volume", {})
    counted = given.get("lembar_asal", {})
    district_header = place.get("kode_kecamatan") or columns.get("region", "")
    raise_if_any(
        [
            *unknown,
            *unknown_methods,
            *_taken([*extra, *(column.name for column in derived)], path.name),
            *_unsaid({**columns, "region": district_header or _district_without_code(given)}, path.name),
        ]
    )
    return Recipe(
        columns={name: header for name, header in columns.items() if name != "region"},
        extra=extra,
        blanks=frozenset(given.get("kosong", [])),
        district_header=district_header,
        village_header=place.get("nama_desa", ""),
        compared_headers=tuple(place.get("pembanding", [])),
        volume_header=volume.get("kolom", ""),
        unit_header=volume.get("satuan", ""),
        volume_limit=float(volume.get("terbesar_wajar", "inf")),
        identical_but=tuple(given.get("kembar", {}).get("kecuali", [])),
        derived=derived,
        facts=_facts(given),
        criteria=_criteria(folder),
        rules=read_rules(folder / RULES_FILE) if (folder / RULES_FILE).exists() else Rules(),
        total_header=counted.get("jumlah", ""),
        rank_header=counted.get("peringkat", ""),
        district_name_header=place.get("nama_kecamatan", ""),
    )


def _taken(names: Sequence[str], file: str) -> list[Problem]:
    """Name every further or computed column that bears the name of a declared column, or of another."""
    headers = load_headers().tables["proposals"].fields
    reserved = {*headers, *headers.values()}
    return [
        Problem("mapping_name_taken", file=file, column=name)
        for place, name in enumerate(names)
        if name in reserved or name in names[:place]
    ]


def _unsaid(columns: Mapping[str, str], file: str) -> list[Problem]:
    """Name every column that no list can be read without."""
    return [
        Problem("mapping_key_missing", file=file, column=key)
        for name, key in NEEDED.items()
        if not columns.get(name)
    ]


def _district_without_code(given: Mapping[str, Any]) -> str:
    """Return what decides the district without codes: names, or one place for all."""
    region = given.get("kode_wilayah", "")
    name = given.get("wilayah", {}).get("nama_kecamatan", "")
    return name or (region if region.count(".") >= Level.DISTRICT - 1 else "")


def _facts(given: Mapping[str, Any]) -> Facts:
    return Facts(
        forum=given.get("forum", ""),
        level=given.get("tingkat", ""),
        region=given.get("kode_wilayah", ""),
        plan_year=given.get("tahun_rencana"),
        data_mark=given.get("tanda_data", ""),
        data_source=given.get("nama", ""),
    )


def _columns(given: Mapping[str, str], file: str) -> tuple[dict[str, str], list[Problem]]:
    names = {header: name for name, header in load_headers().tables["proposals"].fields.items()}
    unknown = [
        Problem("unknown_rule_key", file=file, column=f"kolom.{header}", facts={"allowed": tuple(names)})
        for header in given
        if header not in names
    ]
    return {names[header]: source for header, source in given.items() if header in names}, unknown


def _derived(given: Mapping[str, Any], file: str) -> tuple[tuple[DerivedColumn, ...], list[Problem]]:
    names = {header: name for name, header in load_headers().tables["proposals"].fields.items()}
    derived, problems = [], []
    for name, line in given.items():
        word = line.get("cara", "")
        if word not in DERIVED_WORDS:
            facts = {"allowed": tuple(DERIVED_WORDS)}
            problems.append(
                Problem("unknown_rule", file=file, column=f"turunan.{name}.cara", value=word, facts=facts)
            )
            continue
        by = tuple(names.get(header, header) for header in line.get("kolom", []))
        derived.append(DerivedColumn(normalise(name), DERIVED_WORDS[word], by, line.get("tahapan", "")))
    return tuple(derived), problems


def _criteria(folder: Path) -> Criteria:
    raw = {}
    for name, file in (("criteria", "kriteria.csv"), ("points", "tabel_poin.csv")):
        if (folder / file).exists():
            raw[name] = read_tables(folder / file)[0]
    if "criteria" not in raw:
        raise InvalidInput([Problem("file_missing", file=str(folder / "kriteria.csv"))])
    reading = read_parsed(raw)
    criteria = criteria_of(reading)
    if criteria is None or reading.problems:
        raise InvalidInput(reading.problems)
    return criteria
