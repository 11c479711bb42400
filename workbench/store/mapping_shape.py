"""The shape of ``pemetaan.toml``: which keys there are and what kind of value each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from workbench.errors import Problem


@dataclass(frozen=True)
class Shape:
    """What a key may hold.

    Attributes
    ----------
    kind : str
        Name of the kind for messages: text, whole, number, flag, cell (text or whole), texts (a list of
        text), section, or sections (a list of sections).
    keys : mapping of str to Shape
        The keys of a section.
    each : Shape or None
        Of a section whose keys are free: what every key holds.
    """

    kind: str
    keys: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None

    def holds(self, value: Any) -> bool:  # noqa: ANN401 - the types of TOML
        """Tell whether a value is of the kind."""
        if self.kind in LISTED:
            return isinstance(value, list) and all(isinstance(entry, LISTED[self.kind]) for entry in value)
        if self.kind == "flag":
            return isinstance(value, bool)
        return isinstance(value, TYPES[self.kind]) and not isinstance(value, bool)


TYPES: Mapping[str, type | tuple[type, ...]] = MappingProxyType(
    {"text": str, "whole": int, "number": (int, float), "cell": (str, int), "section": dict}
)
LISTED: Mapping[str, type] = MappingProxyType({"texts": str, "sections": dict})
"""Kinds that are lists, and the type of their entries."""
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "text": '"..."',
        "texts": '["...", "..."]',
        "whole": "2027",
        "number": "1000000",
        "flag": "true",
        "cell": '"..."',
        "section": "[...]",
        "sections": "[[...]]",
    }
)
"""How a value of each kind is written in TOML, for messages."""
TEXT, TEXTS = Shape("text"), Shape("texts")
MAPPING = Shape(
    "section",
    {
        **dict.fromkeys(("nama", "forum", "tingkat", "kode_wilayah", "tanda_data"), TEXT),
        "tahun_rencana": Shape("whole"),
        "kosong": TEXTS,
        "kolom": Shape("section", each=TEXT),
        "kolom_lain": Shape("section", each=TEXT),
        "wilayah": Shape(
            "section",
            {**dict.fromkeys(("kode_kecamatan", "nama_kecamatan", "nama_desa"), TEXT), "pembanding": TEXTS},
        ),
        "volume": Shape("section", {"kolom": TEXT, "satuan": TEXT, "terbesar_wajar": Shape("number")}),
        "lembar_asal": Shape("section", {"jumlah": TEXT, "peringkat": TEXT}),
        "kembar": Shape("section", {"kecuali": TEXTS}),
        "turunan": Shape("section", each=Shape("section", {"cara": TEXT, "kolom": TEXTS, "tahapan": TEXT})),
    },
)
"""All of ``pemetaan.toml``."""


def misfits(given: Mapping[str, Any], file: str, shape: Shape = MAPPING) -> list[Problem]:
    """Name every key that is not known and every value of the wrong kind.

    Examples
    --------
    >>> [problem.code for problem in misfits({"kosong": "-", "wilayah": {"kode": "x"}}, "pemetaan.toml")]
    ['mapping_value_of_wrong_kind', 'unknown_rule_key']
    """
    return list(_misfits(given, shape, file, ""))


def _misfits(given: Mapping[str, Any], shape: Shape, file: str, above: str) -> Iterator[Problem]:
    for key, value in given.items():
        place, inner = above + key, shape.keys.get(key, shape.each)
        if inner is None:
            facts: dict[str, object] = {"allowed": tuple(shape.keys)}
            yield Problem("unknown_rule_key", file=file, column=place, value=str(value), facts=facts)
        elif not inner.holds(value):
            facts = {"expected": FORMS[inner.kind]}
            yield Problem(
                "mapping_value_of_wrong_kind", file=file, column=place, value=str(value), facts=facts
            )
        elif inner.kind == "section":
            yield from _misfits(value, inner, file, f"{place}.")
        elif inner.kind == "sections":
            for number, entry in enumerate(value, start=1):
                yield from _misfits(entry, inner, file, f"{place}.{number}.")
