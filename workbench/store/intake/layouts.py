"""Layouts that offices use, one editable file each under ``data/pemetaan/dikenal``.

The format is described in ``docs/impor.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomlkit

from workbench.domain.checks import raise_if_any
from workbench.domain.intake import ListKind
from workbench.errors import InvalidInput, Problem
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.mapping_shape import TEXT, TEXTS, Shape, misfits
from workbench.store.project_files import data_folder

LAYOUTS = "pemetaan/dikenal"
SHAPE = Shape(
    "section",
    {
        **dict.fromkeys(("judul", "jenis", "satuan_uang", "kode_wilayah"), TEXT),
        **dict.fromkeys(("ciri", "kosong"), TEXTS),
        "kolom": Shape("section", each=TEXTS),
        "kolom_lain": Shape("section", each=TEXTS),
        "dari_teks": Shape("section", {"prakiraan_biaya": TEXTS, "tempat": TEXTS}),
        "berlaku_ke_bawah": Shape("section", {"kolom": TEXTS}),
        "matriks": Shape("section", {"opd": TEXTS}),
        "tetap": Shape("section", each=TEXT),
        "dipakai_walau_pribadi": Shape("section", {"kolom": TEXTS}),
    },
)
"""All of a layout file."""
OTHER_FIELDS: Mapping[ListKind, tuple[str, ...]] = MappingProxyType(
    {
        ListKind.CATALOGUE: (
            "kode", "nama", "satuan", "harga_satuan", "opd", "isu", "program", "jenis_usulan",
        ),
        ListKind.PLAN: ("kode", "kegiatan", "indikator", "target", "lokasi", "pagu", "opd"),
        ListKind.BUDGET: (
            "kode_wilayah", "kecamatan", "desa", "opd", "bidang", "kelompok_peringkat", "sumber", "jenis",
            "jumlah", "catatan",
        ),
    }
)  # fmt: skip
"""Fields of the lists that are no tables of the session themselves."""


@dataclass(frozen=True)
class Layout:
    """How one kind of list is laid out.

    Attributes
    ----------
    name, title : str
    kind : ListKind
    marks : tuple of str
        Fields or headers that must all be there; ``a|b`` means either.
    columns, extra : mapping of field (Indonesian header of ours) to spellings, the first preferred
    blanks : frozenset of str
        Texts that mean "not filled in".
    unit : str
        Unit of money of the whole list; empty: as the headers state.
    from_text : mapping
        Where the cost and the place are read from sentences.
    fill_down : tuple of str
        Fields that are written once and meant for the rows below.
    agencies : tuple of str
        First words of headers that are agencies, in a matrix.
    constants : mapping of field to value
    confirmed : tuple of str
        Headers that are kept although they look like numbers of persons.
    region : str
        Where every place of the list lies.
    """

    name: str
    title: str
    kind: ListKind
    marks: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset()
    unit: str = ""
    from_text: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    region: str = ""


def fields_of(kind: ListKind) -> tuple[str, ...]:
    """Return the fields that a list of a kind may fill, by their Indonesian names."""
    if kind in OTHER_FIELDS:
        return OTHER_FIELDS[kind]
    return (*load_headers().tables["proposals"].fields.values(), "koefisien")


@cache
def shipped_layouts() -> tuple[Layout, ...]:
    """Return the layouts that ship with the workbench, in the order of their names.

    Examples
    --------
    >>> "t-d-4" in [layout.name for layout in shipped_layouts()]
    True
    """
    return tuple(read_layout(path) for path in sorted((data_folder() / LAYOUTS).glob("*.toml")))


def read_layout(path: Path) -> Layout:
    """Read a layout file.

    Raises
    ------
    InvalidInput
        ``file_missing``, ``not_toml``, and everything unknown in it, at once.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InvalidInput([Problem("file_missing", file=str(path))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    raise_if_any(misfits(given, path.name, SHAPE))
    raise_if_any(_unknown_words(given, path.name))
    return Layout(
        name=path.stem,
        title=given.get("judul", path.stem),
        kind=ListKind(given.get("jenis", ListKind.PROPOSALS.value)),
        marks=tuple(given.get("ciri", ())),
        columns=_tuples(given.get("kolom", {})),
        extra=_tuples(given.get("kolom_lain", {})),
        blanks=frozenset(given.get("kosong", ())),
        unit=given.get("satuan_uang", ""),
        from_text=_tuples(given.get("dari_teks", {})),
        fill_down=tuple(given.get("berlaku_ke_bawah", {}).get("kolom", ())),
        agencies=tuple(given.get("matriks", {}).get("opd", ())),
        constants=MappingProxyType(given.get("tetap", {})),
        confirmed=tuple(given.get("dipakai_walau_pribadi", {}).get("kolom", ())),
        region=given.get("kode_wilayah", ""),
    )


def _tuples(given: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(values) for name, values in given.items()})


def _unknown_words(given: Mapping[str, Any], file: str) -> list[Problem]:
    kinds = tuple(kind.value for kind in ListKind if kind not in (ListKind.UNKNOWN, ListKind.SURVEY))
    kind = given.get("jenis", ListKind.PROPOSALS.value)
    if kind not in kinds:
        return [Problem("unknown_rule", file=file, column="jenis", value=kind, facts={"allowed": kinds})]
    problems = []
    unit = given.get("satuan_uang", "")
    if unit and unit not in MONEY_UNITS:
        facts = {"allowed": tuple(MONEY_UNITS)}
        problems.append(Problem("unknown_rule", file=file, column="satuan_uang", value=unit, facts=facts))
    allowed = fields_of(ListKind(kind))
    problems += [
        Problem("unknown_rule_key", file=file, column=f"kolom.{name}", facts={"allowed": allowed})
        for name in given.get("kolom", {})
        if name not in allowed
    ]
    return problems


def layout_text(layout: Layout) -> str:
    """Return a layout as the text of its file, to be saved and edited.

    Examples
    --------
    >>> layout = Layout("x", "Punya kami", ListKind.PROPOSALS, ("Usulan",), {"kegiatan": ("Usulan",)})
    >>> print(layout_text(layout).splitlines()[0])
    judul = "Punya kami"
    """
    document = tomlkit.document()
    document.add("judul", tomlkit.item(layout.title))
    document.add("jenis", tomlkit.item(layout.kind.value))
    document.add("ciri", tomlkit.item(list(layout.marks)))
    if layout.blanks:
        document.add("kosong", tomlkit.item(sorted(layout.blanks)))
    for name, value in (("satuan_uang", layout.unit), ("kode_wilayah", layout.region)):
        if value:
            document.add(name, tomlkit.item(value))
    sections: dict[str, Mapping[str, Any]] = {
        "kolom": layout.columns,
        "kolom_lain": layout.extra,
        "dari_teks": layout.from_text,
        "berlaku_ke_bawah": {"kolom": layout.fill_down} if layout.fill_down else {},
        "matriks": {"opd": layout.agencies} if layout.agencies else {},
        "tetap": layout.constants,
        "dipakai_walau_pribadi": {"kolom": layout.confirmed} if layout.confirmed else {},
    }
    for name, section in sections.items():
        if section:
            plain = {
                key: list(value) if isinstance(value, tuple) else value for key, value in section.items()
            }
            document.add(name, tomlkit.item(plain))
    return tomlkit.dumps(document)


def vocabulary(layouts: Iterable[Layout]) -> frozenset[str]:
    """Return every header that a layout knows, normalised."""
    return frozenset(
        normalise(spelling)
        for layout in layouts
        for columns in (layout.columns, layout.extra)
        for spellings in columns.values()
        for spelling in spellings
    ) | {"no", "nomor"}
