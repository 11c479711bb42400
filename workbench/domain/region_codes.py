"""Administrative regions by their code alone: kode wilayah ``PP.KK.CC.DDDD``.

Province (PP), regency or city (KK), district = kecamatan (CC), village = desa or kelurahan (DDDD); the
levels and the dots are those of Kepmendagri 300.2.2-2138/2025 and its predecessors.
"""

from __future__ import annotations

import re
from enum import IntEnum

CODE_PATTERN = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


class Level(IntEnum):
    """Level of a region, by the number of groups in its code."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


def is_region_code(text: str) -> bool:
    """Tell whether the text has the form of a kode wilayah.

    Examples
    --------
    >>> is_region_code("73.02.01.2001"), is_region_code("73.2.1")
    (True, False)
    """
    return CODE_PATTERN.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """Return the level of a well-formed code.

    Examples
    --------
    >>> level_of("73.02.01").name
    'DISTRICT'
    """
    return Level(code.count(".") + 1)


def ancestor(code: str, level: Level) -> str:
    """Return the code of the region at the given level that holds this one; empty if the code is coarser.

    Examples
    --------
    >>> ancestor("73.02.01.2001", Level.DISTRICT), ancestor("73.02", Level.DISTRICT)
    ('73.02.01', '')
    """
    parts = code.split(".")
    return ".".join(parts[:level]) if len(parts) >= level else ""
