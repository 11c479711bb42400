"""What a place calls its villages, districts, hamlets, heads and agencies: nagari, distrik, jorong, ..."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbench.domain.facts import Facts
from workbench.domain.region_codes import Level, ancestor

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
TERMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sebutan_desa": ("word_village", "desa"),
        "sebutan_kecamatan": ("word_district", "kecamatan"),
        "sebutan_dusun": ("word_hamlet", "dusun"),
        "sebutan_kepala_desa": ("word_village_head", "kepala desa"),
        "sebutan_camat": ("word_district_head", "camat"),
        "sebutan_opd": ("word_agency", "OPD"),
        "sebutan_perangkat_daerah": ("word_agency", "perangkat daerah"),
    }
)
"""Places in sentences and texts: the fact that fills each, and the word where nothing was declared."""
HEADS: Mapping[str, str] = MappingProxyType(
    {
        "nagari": "wali nagari", "gampong": "keuchik", "pekon": "peratin", "kelurahan": "lurah",
        "kalurahan": "lurah", "distrik": "kepala distrik", "kapanewon": "panewu",
        "kemantren": "mantri pamong praja",
    }
)  # fmt: skip
"""Who leads a place of each name; elsewhere "kepala" and the name."""
_ACEH = {"word_village": "gampong", "word_village_head": "keuchik"}
_PAPUA = {"word_village": "kampung", "word_district": "distrik", "word_district_head": "kepala distrik"}
_LAMPUNG = {"word_village": "pekon", "word_village_head": "peratin"}
_TORAJA = {"word_village": "lembang"}
SUGGESTED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "11": _ACEH,
        "13": {"word_village": "nagari", "word_hamlet": "jorong", "word_village_head": "wali nagari"},
        "34": {"word_village": "kalurahan", "word_district": "kapanewon", "word_hamlet": "padukuhan",
               "word_village_head": "lurah", "word_district_head": "panewu"},
        "51": {"word_hamlet": "banjar dinas"},
        **dict.fromkeys(("91", "92", "93", "94", "95", "96"), _PAPUA),
        **dict.fromkeys(("18.04", "18.06", "18.10", "18.13"), _LAMPUNG),
        **dict.fromkeys(("73.18", "73.26"), _TORAJA),
        "13.09": {}, "13.77": {},
        "34.71": {"word_district": "kemantren", "word_district_head": "mantri pamong praja"},
    }
)  # fmt: skip
"""Usual words by code of province, or of a regency that differs from its province; a person confirms them."""


def suggested_words(region: str) -> Mapping[str, str]:
    """Return the words that are usual where a region lies, by the name of the fact; never used unasked.

    Examples
    --------
    >>> suggested_words("13.06.01")["word_village"], dict(suggested_words("73.02"))
    ('nagari', {})
    """
    for level in (Level.REGENCY, Level.PROVINCE):
        code = ancestor(region, level) if region else ""
        if code in SUGGESTED:
            return SUGGESTED[code]
    return {}


def terms_of(facts: Facts) -> dict[str, str]:
    """Return the word for every place of `TERMS`, as a session declares it.

    Examples
    --------
    >>> terms_of(Facts(word_village="nagari"))["sebutan_kepala_desa"], terms_of(Facts())["sebutan_desa"]
    ('wali nagari', 'desa')
    """
    words = {term: getattr(facts, fact) or usual for term, (fact, usual) in TERMS.items()}
    for place, head in (("word_village", "sebutan_kepala_desa"), ("word_district", "sebutan_camat")):
        declared = getattr(facts, place)
        if declared and not getattr(facts, TERMS[head][0]):
            words[head] = HEADS.get(declared.casefold(), f"kepala {declared}")
    return words


def forms_of(term: str, word: str) -> dict[str, str]:
    """Return a word by the ways to write its place: as declared, with a capital, with capitals, all capitals.

    Examples
    --------
    >>> forms_of("sebutan_desa", "nagari")["SEBUTAN_DESA"]
    'NAGARI'
    >>> sorted(forms_of("sebutan_kepala_desa", "wali nagari").values())
    ['WALI NAGARI', 'Wali Nagari', 'Wali nagari', 'wali nagari']
    """
    capitals = "_".join(part.capitalize() for part in term.split("_"))
    each = " ".join(part[:1].upper() + part[1:] for part in word.split(" "))
    first = {term.capitalize(): word[:1].upper() + word[1:]}
    return {term: word, **first, capitals: each, term.upper(): word.upper()}
