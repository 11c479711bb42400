"""The facts of a forum that its berita acara states; persons appear by role or card number, never by name."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Facts:
    """What the minutes say about the meeting; an empty fact is printed as a visible blank, never invented.

    Attributes
    ----------
    forum, level : str
        Name of the forum ("Musrenbang RKPD di Kecamatan ..."), and its level (desa, kecamatan, kabupaten).
    region, region_name : str
        Kode wilayah and name of the region that the forum is for.
    plan_year : int or None
        The year that is planned for (tahun rencana).
    date, start, end, zone : str
        Date as YYYY-MM-DD, times as HH.MM, zone WIB, WITA or WIT.
    place, address : str
        Where.
    minutes_number, legal_basis, template, data_mark : str
        Number of the berita acara, dasar hukum, criteria template, and the mark printed on every output
        (for example "data contoh (sintetis)").
    data_source : str
        Where the list of proposals comes from.
    invited : int or None
        Number of invitations, the base of the quorum.
    speeches, presentations, responses : tuple of str
        Sambutan, pemaparan and tanggapan in their order, by office and subject.
    delegates : tuple of str
        Card numbers of the chosen delegates.
    copies_to : tuple of str
        Tembusan.
    word_village, word_district, word_hamlet, word_village_head, word_district_head, word_agency : str
        What desa, kecamatan, dusun, kepala desa, camat and OPD are called there (nagari, distrik, jorong);
        empty: the usual word.
    """

    forum: str = ""
    level: str = ""
    region: str = ""
    region_name: str = ""
    plan_year: int | None = None
    date: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    place: str = ""
    address: str = ""
    minutes_number: str = ""
    legal_basis: str = ""
    template: str = ""
    data_mark: str = ""
    data_source: str = ""
    invited: int | None = None
    speeches: tuple[str, ...] = ()
    presentations: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    word_village: str = ""
    word_district: str = ""
    word_hamlet: str = ""
    word_village_head: str = ""
    word_district_head: str = ""
    word_agency: str = ""


LISTS = tuple(entry.name for entry in fields(Facts) if str(entry.type).startswith("tuple"))
"""Facts that hold several entries."""
NUMBERS = tuple(entry.name for entry in fields(Facts) if str(entry.type).startswith("int"))
"""Facts that are whole numbers."""
WORDS = tuple(entry.name for entry in fields(Facts) if entry.name.startswith("word_"))
"""Facts that are local words; an empty one is no gap."""
