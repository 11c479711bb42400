"""The shipped list of regions, lists of one's own, and finding a village by its name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any
from workbench.domain.columns import Column, Kind
from workbench.domain.region_codes import is_region_code
from workbench.domain.regions import Regions
from workbench.errors import Problem
from workbench.store.project_files import data_folder

EDITION = "Kepmendagri 300.2.2-2430/2025"
"""The decree whose codes are shipped; it is stored with every outcome."""

LEVEL_FILES = ("provinsi.csv", "kabupaten_kota.csv", "kecamatan.csv", "desa.csv.gz")
COLUMNS = (
    Column("region", Kind.REGION, required=True, filled=True),
    Column("name", required=True, filled=True),
)
"""Columns of a table of regions, ``wilayah.csv`` of a session folder."""

NOT_LETTERS = re.compile(r"[\W_]+")
LEVEL_WORDS = re.compile(
    r"^(?:desa|ds|kelurahan|kel|kampung|gampong|nagari|pekon|lembang)[\s.]+", re.IGNORECASE
)


def shipped_regions() -> Regions:
    """Return provinces, regencies, districts and villages of the shipped edition (91,599 codes).

    Examples
    --------
    >>> shipped_regions().name("73.02")
    'Kabupaten Bulukumba'
    """
    folder = data_folder() / "wilayah"
    levels = [_level(folder / file) for file in LEVEL_FILES]
    return Regions(pd.concat(levels), EDITION)


def _level(path: Path) -> pd.Series[str]:
    """Return the names of one level by code: the first two columns of every file."""
    table = pd.read_csv(path, usecols=[0, 1], dtype="str", na_filter=False, encoding="utf-8")
    return table.set_index(table.columns[0])[table.columns[1]].rename_axis(None).rename(None)


def regions_from_table(table: pd.DataFrame, edition: str, file: str = "") -> Regions:
    """Return the regions of a table.

    Parameters
    ----------
    table : DataFrame
        Columns region (code) and name; the index is the row number a person sees.
    edition : str
        Where the codes come from.
    file : str
        File name for messages.

    Raises
    ------
    InvalidInput
        Names every empty, malformed or repeated code with its row.

    Examples
    --------
    >>> table = pd.DataFrame({"region": ["99.01.01"], "name": ["Harapan"]}, index=[2])
    >>> regions_from_table(table, "contoh").name("99.01.01")
    'Harapan'
    """
    filled = table[table["region"] != ""]
    malformed = filled["region"][~filled["region"].map(is_region_code).astype(bool)]
    problems = [*empty_cells(table, COLUMNS), *duplicates(filled, ["region"])]
    problems += [problem_at(row, "region_code_malformed", "region", code) for row, code in malformed.items()]
    raise_if_any(_in_file(problems, file))
    return Regions(
        pd.Series(table["name"].to_numpy(), index=table["region"].to_numpy(), dtype="str"), edition
    )


def _in_file(problems: list[Problem], file: str) -> list[Problem]:
    return [replace(problem, file=file) for problem in problems]


def plain_name(name: str) -> str:
    """Return the name of a place without case, blanks, punctuation and accents.

    Examples
    --------
    >>> plain_name(" Bonto-Manai "), plain_name("BONTO MANAI")
    ('bontomanai', 'bontomanai')
    """
    if name.isascii():
        return NOT_LETTERS.sub("", name).casefold()
    letters = unicodedata.normalize("NFKD", name)
    return NOT_LETTERS.sub(
        "", "".join(each for each in letters if not unicodedata.combining(each))
    ).casefold()


def find_village(regions: Regions, district_code: str, name: str) -> tuple[str, ...]:
    """Return the codes of the villages of one district that bear a name, in code order.

    Several codes mean that the name is not enough, none that no village there is written like this: either
    is for a person to decide. A word such as "Desa" before the name is passed over if nothing bears it.

    Examples
    --------
    >>> find_village(shipped_regions(), "73.02.01", "desa polewali")
    ('73.02.01.2017',)
    """
    inside = regions.names.loc[f"{district_code}." : f"{district_code}/"]  # "/" is the sign after "."
    plain = inside.map(plain_name)
    for text in (name, LEVEL_WORDS.sub("", name.strip())):
        wanted = plain_name(text)
        if wanted and (plain == wanted).any():
            return tuple(str(code) for code in plain.index[plain == wanted])
    return ()
