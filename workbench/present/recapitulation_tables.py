"""The tables of a kabupaten: agencies, fields, villages with nothing, this year beside last year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.recapitulation import Recapitulation
from workbench.present.table import Table, columns_of, rows_of


def recapitulation_sentences(recap: Recapitulation, t: Translator) -> tuple[str, ...]:
    """Return in words what was asked for, where the ceiling went, and who has nothing."""
    facts = {"districts": len(recap.districts), "proposals": len(recap.proposals)}
    if not recap.has_ceiling:
        return (t("recap.asked", **facts), t("recap.no_ceiling"))
    said = [t("recap.asked", **facts)]
    money = {name: recap.total(name) or 0 for name in ("room", "spent", "left")}
    share = money["spent"] / money["room"] if money["room"] else 0.0
    said.append(t("recap.money", funded=recap.total("funded") or 0, share=share, **money))
    agencies = recap.by("agency")
    top = [f"{name or t('recap.no_agency')} ({t.style.short_rupiah(int(spent))})"
           for name, spent in agencies["spent"].head(3).items() if spent]  # fmt: skip
    if top:
        said.append(t("recap.largest", agencies=top))
    without = recap.villages_without()
    count = sum(map(len, without.values()))
    said.append(t("recap.villages_without", count=count) if count else t("recap.villages_all"))
    return tuple(said)


def shares_table(recap: Recapitulation, column: str, t: Translator) -> Table:
    """Return what was asked for and accommodated by agency or by field.

    Parameters
    ----------
    recap : Recapitulation
    column : {"agency", "field"}
    t : Translator
    """
    found = recap.by(column)
    numbers = ["proposals", *(["funded"] if recap.has_ceiling else [])]
    amounts = ["asked", *(["spent"] if recap.has_ceiling else [])]
    whole = int(found["spent"].sum())

    def line(name: str, values: pd.Series) -> tuple[str, ...]:
        counts = [t.style.count(int(values[number])) for number in numbers]
        money = [t.style.rupiah(int(values[amount]) if values["priced"] else None) for amount in amounts]
        share = [t.style.percent(int(values["spent"]) / whole)] if recap.has_ceiling and whole else []
        return (name, *counts, *money, *share)

    rows = [line(str(name) or t(f"recap.no_{column}"), values) for name, values in found.iterrows()]
    shares = ["share_of_funded"] if recap.has_ceiling and whole else []
    columns = columns_of(
        t,
        (f"recap_{column}", "left", 0),
        *((f"recap_{name}", "right", 14) for name in [*numbers, *amounts, *shares]),
    )
    total = line(t("word.total"), found.sum()) if rows else ()
    return Table(t(f"recap.table_{column}"), columns, rows_of(rows), total=total)


def villages_without_table(recap: Recapitulation, t: Translator) -> Table:
    """Return by district the villages that asked and have nothing accommodated, and who asked nothing."""
    without = recap.villages_without()
    rows = [
        (
            str(line["name"]),
            t.style.count(int(line["villages"])),
            t.style.count(len(without.get(str(code), []))),
            t.style.list(without[str(code)]) if str(code) in without else EMPTY,
            t.style.count(int(line["silent"])) if line["silent"] else EMPTY,
        )
        for code, line in recap.districts.iterrows()
    ]
    columns = columns_of(
        t,
        ("district", "left", 16),
        ("recap_villages", "right", 12),
        ("recap_without", "right", 12),
        ("recap_without_names", "left", 46),
        ("recap_silent", "right", 14),
    )
    return Table(t("recap.table_villages"), columns, rows_of(rows))


def comparison_table(recap: Recapitulation, last: Recapitulation, t: Translator) -> Table:
    """Return this year beside last year by district, and how many proposals came again.

    A proposal came again when the same village asked in the same words; other words are not recognised, and
    the note says so.
    """
    again = came_again(recap, last)
    rows = [
        _compared(str(code), recap, last, again, t)
        for code in sorted({*recap.districts.index, *last.districts.index})
    ]
    columns = columns_of(
        t,
        ("district", "left", 16),
        *((f"recap_{name}", "right", 12) for name in ("proposals_last", "proposals_now", "funded_last",
            "funded_now", "spent_last", "spent_now", "again")),
    )  # fmt: skip
    return Table(t("recap.table_last_year"), columns, rows_of(rows), note=t("recap.again_note"))


def came_again(recap: Recapitulation, last: Recapitulation) -> pd.DataFrame:
    """Return the proposals that were not accommodated last year and are asked for again."""
    missed = last.proposals[~last.proposals["funded"].astype(bool)]
    asked = set(zip(missed["village_key"], _plain(missed["activity"]), strict=True)) if len(missed) else set()
    pairs = zip(recap.proposals["village_key"], _plain(recap.proposals["activity"]), strict=True)
    return recap.proposals[[pair in asked for pair in pairs]]


def _plain(words: Iterable[object]) -> list[str]:
    return [" ".join(str(word).casefold().split()) for word in words]


def _compared(
    code: str, recap: Recapitulation, last: Recapitulation, again: pd.DataFrame, t: Translator
) -> Sequence[str]:
    sides = (last.districts, recap.districts)
    name = next(str(side["name"][code]) for side in reversed(sides) if code in side.index)

    def figure(column: str, write: str) -> list[str]:
        values = [side[column][code] if code in side.index else None for side in sides]
        return [EMPTY if value is None else t.style.written(int(value), write) for value in values]

    repeated = again[again["district"] == code]
    told = (
        t("recap.again", count=len(repeated), funded=int(repeated["funded"].sum()))
        if len(repeated)
        else EMPTY
    )
    return (name, *figure("proposals", "count"), *figure("funded", "count"), *figure("spent", "rp"), told)
