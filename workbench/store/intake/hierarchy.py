"""Budgets as trees: rows whose code begins the codes below them are sums of those, not items of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from workbench.store.header_matching import normalise
from workbench.store.intake.conversions import plain_number

CODE_HEADERS = re.compile(
    r"kode(?:_rekening|_akun|_program.*|_kegiatan|_sub.*|)|no|nomor|kode_urusan.*|uraian_kode"
)
CODE = re.compile(r"[0-9A-Z]{1,4}(?:\.[0-9A-Z]{1,4})*\.?")
HOLDER = re.compile(r"[0-9](?:\.[0-9]{2}){1,2}(?:\.[0-9]{1,4}){5,}\b")
"""The code of an agency, which stands above the whole tree of its sheet."""
ENOUGH = 0.6
"""Share of the sums that must agree before a sheet is taken for a tree."""


def parts_by_code(body: pd.DataFrame) -> dict[int, tuple[int, ...]]:
    """Return the rows that are sums of other rows by their codes, each with its direct parts.

    Nothing where the amounts do not bear the tree out: then the codes only number the list.

    Examples
    --------
    >>> body = pd.DataFrame({"Kode": ["5", "5.1", "5.2"], "Pagu": ["30", "10", "20"]}, index=[2, 3, 4])
    >>> parts_by_code(body)
    {2: (3, 4)}
    """
    header = next((name for name in body if CODE_HEADERS.fullmatch(normalise(str(name)))), None)
    if header is None or not len(body):
        return {}
    codes = [_code(text) for text in body[header]]
    if sum(1 for code in codes if code) < ENOUGH * len(codes):
        return {}
    parts = _parts(codes)
    if not parts:
        return {}
    rows = [int(row) for row in body.index]
    if not _borne_out(body, parts):
        return {}
    return {rows[parent]: tuple(rows[child] for child in children) for parent, children in parts.items()}


def _code(text: str) -> str:
    if match := HOLDER.match(text):
        return "" if match[0] == text.strip() and len(text) > 30 else _HOLDS_ALL
    return text.strip().rstrip(".") if CODE.fullmatch(text.strip()) else ""


_HOLDS_ALL = "*"


def _parts(codes: Sequence[str]) -> dict[int, list[int]]:
    """Return the direct parts of every row that holds others, by position."""
    holding: list[tuple[int, str]] = []
    parts: dict[int, list[int]] = {}
    for place, code in enumerate(codes):
        if code == _HOLDS_ALL:
            holding = [(place, code)]
            continue
        while holding and holding[-1][1] != _HOLDS_ALL and not code.startswith(f"{holding[-1][1]}."):
            holding.pop()
        if holding and code:
            parts.setdefault(holding[-1][0], []).append(place)
        if code:
            holding.append((place, code))
    return parts


def _borne_out(body: pd.DataFrame, parts: dict[int, list[int]]) -> bool:
    """Tell whether in one column of amounts most sums equal the sum of their parts."""
    for name in body:
        numbers = [plain_number(text) for text in body[name]]
        known = [
            (numbers[parent], [numbers[child] for child in children])
            for parent, children in parts.items()
            if numbers[parent] is not None
        ]
        right = sum(
            1
            for total, children in known
            if total is not None
            and abs(total - sum(each or 0 for each in children)) <= 1 + 0.01 * len(children)
        )
        if len(known) >= max(1, ENOUGH * len(parts)) and right >= ENOUGH * len(known):
            return any(total for total, _ in known)
    return False
