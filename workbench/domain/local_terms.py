"""What a place calls its villages, districts, hamlets, heads and agencies: nagari, distrik, jorong, ..."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbench.domain.regions import Level

LEVEL_WORDS: Mapping[Level, tuple[str, ...]] = MappingProxyType(
    {
        Level.DISTRICT: ("kecamatan", "kec", "distrik", "kapanewon", "kemantren"),
        Level.VILLAGE: (
            "desa", "kelurahan", "kel", "nagari", "gampong", "kampung", "kampong", "pekon", "lembang",
            "kalurahan", "negeri", "tiuh", "ohoi",
        ),
    }
)  # fmt: skip
"""Words by which a column of districts or villages is known, whatever the place is called there."""
HAMLET_WORDS = (
    "dusun", "lingkungan", "jorong", "korong", "banjar", "padukuhan", "dukuh", "pedukuhan", "kampuang",
    "lorong", "rw",
)  # fmt: skip
