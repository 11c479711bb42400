"""Lists beside a list of proposals: earlier ones, the council's, the agencies' plans, the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

from workbench.domain.intake import Intake, Likeness, ListKind
from workbench.domain.region_codes import Level, ancestor
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.intake.conversions import read_coefficient
from workbench.store.intake.likeness import against, plain_words
from workbench.store.intake.reading import Answers, read_list
from workbench.store.intake.to_session import session_of
from workbench.store.session_folder import open_session

SURE_PRICE = 92.0
"""Likeness of a proposal and an entry of the catalogue from which its price is compared."""
COMPARED = ("proposal", "activity", "location", "region", "last_reason")


@dataclass(frozen=True)
class Companions:
    """Files that are given beside a list of proposals.

    Attributes
    ----------
    earlier, council, plans, catalogue : tuple of Path
        Earlier lists (also session folders, with their resolutions), pokir, Renja, kamus usulan.
    """

    earlier: tuple[Path, ...] = ()
    council: tuple[Path, ...] = ()
    plans: tuple[Path, ...] = ()
    catalogue: tuple[Path, ...] = ()


def with_companions(intake: Intake, others: Companions) -> Intake:
    """Return a list with its history, its hints from other lists, and its prices compared.

    Earlier lists fill the columns ``diusulkan_ke`` and ``alasan_lalu`` where the list leaves them empty; the
    hint beside says from what. Everything else is a hint alone.

    Raises
    ------
    InvalidInput
        A file cannot be read, or is not what it was given for.
    """
    if intake.kind is not ListKind.PROPOSALS or intake.questions:
        return intake
    pairs: list[Likeness] = []
    inside = Answers(region=intake.facts.get("region", "") or _regency(intake))
    for path in others.council:
        pairs += against(intake.table, _proposals(path, inside), path.name, "pokir")
    for path in others.plans:
        pairs += against(intake.table, _plan(path), path.name, "renja")
    histories = [(path, _proposals(path, inside)) for path in others.earlier]
    table, before = _with_history(intake.table, histories)
    problems = [problem for path in others.catalogue for problem in price_notes(intake, path)]
    return replace(
        intake,
        table=table,
        likenesses=(*pairs, *before, *intake.likenesses),
        problems=(*intake.problems, *problems),
    )


def _regency(intake: Intake) -> str:
    """Return the regency that all places of a list share; empty where they do not."""
    found = {ancestor(str(code), Level.REGENCY) for code in intake.table["region"].unique()} - {""}
    return next(iter(found)) if len(found) == 1 else ""


def _proposals(path: Path, answers: Answers) -> pd.DataFrame:
    """Return the proposals of a list, or of a session folder with the reasons that its forum gave."""
    if path.is_dir():
        opened = open_session(path)
        table = opened.session.proposals.frame.reset_index()
        if opened.resolution is not None:
            reasons = opened.resolution.frame["reason"]
            table["last_reason"] = table["proposal"].map(reasons).fillna(table["last_reason"])
        return table[list(COMPARED)]
    intake = read_list(path, answers)
    if intake.kind is not ListKind.PROPOSALS:
        raise InvalidInput([_wrong_kind(path, intake, ListKind.PROPOSALS)])
    return session_of(intake).proposals.frame.reset_index()[list(COMPARED)]


def _plan(path: Path) -> pd.DataFrame:
    intake = read_list(path)
    if intake.kind is not ListKind.PLAN:
        raise InvalidInput([_wrong_kind(path, intake, ListKind.PLAN)])
    table = intake.table.reset_index(drop=True)
    empty = pd.Series("", index=table.index, dtype="str")
    return pd.DataFrame(
        {
            "proposal": table.get("kode", empty),
            "activity": table["kegiatan"],
            "location": table.get("lokasi", empty),
            "region": empty,
            "last_reason": empty,
        }
    )


def _wrong_kind(path: Path, intake: Intake, wanted: ListKind) -> Problem:
    facts = {"list_kind": intake.kind.value, "wanted_kind": wanted.value}
    return Problem("list_of_other_kind", file=path.name, facts=facts)


def _with_history(
    table: pd.DataFrame, histories: Sequence[tuple[Path, pd.DataFrame]]
) -> tuple[pd.DataFrame, list[Likeness]]:
    """Count how often each proposal was made before, and take over the last reason."""
    pairs: list[Likeness] = []
    times: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for path, other in histories:
        found = against(table, other, path.name, "earlier_list")
        pairs += found
        for pair in found:
            times[pair.first] = times.get(pair.first, 1) + 1
            reason = pair.facts.get("last_reason", "")
            if reason:
                reasons[pair.first] = reason
    if not pairs:
        return table, []
    counted = table["proposal"].map(times).astype("Int64")
    return (
        table.assign(
            times_proposed=table["times_proposed"].fillna(counted),
            last_reason=table["last_reason"].where(
                table["last_reason"] != "", table["proposal"].map(reasons).fillna("")
            ),
        ),
        pairs,
    )


def price_notes(intake: Intake, path: Path) -> Iterable[Problem]:
    """Name each proposal whose cost is not the price of the catalogue times its quantity.

    Raises
    ------
    InvalidInput
        The file is no catalogue with prices.
    """
    catalogue = read_list(path)
    if catalogue.kind is not ListKind.CATALOGUE or catalogue.questions:
        raise InvalidInput(catalogue.questions or [_wrong_kind(path, catalogue, ListKind.CATALOGUE)])
    entries = catalogue.table.reset_index(drop=True)
    words = [plain_words(name) for name in entries["nama"]]
    prices = entries["harga_satuan"] if "harga_satuan" in entries else pd.Series(pd.NA, index=entries.index)
    known: dict[str, int | None] = {}
    for position, activity in enumerate(intake.table["activity"]):
        if activity not in known:
            known[activity] = _entry(activity, words)
        entry, line = known[activity], intake.table.iloc[position]
        origin = intake.origin.iloc[position]
        place = Problem("", Severity.NOTE, intake.file, str(origin["sheet"]), int(origin["row"]))
        if entry is None:
            yield replace(place, code="not_in_catalogue", value=activity)
            continue
        quantity = read_coefficient(str(line["volume"]).strip())
        if quantity is None or pd.isna(prices[entry]):
            continue
        computed = round(quantity.quantity * int(prices[entry]))
        facts = {"name": entries["nama"][entry], "computed": computed, "proposal": line["proposal"]}
        if pd.isna(line["cost"]):
            yield replace(place, code="price_from_catalogue", facts=facts)
        elif int(line["cost"]) != computed:
            facts["written"] = int(line["cost"])
            yield replace(place, code="price_differs", value=str(line["cost"]), facts=facts)


def _entry(activity: str, words: Sequence[str]) -> int | None:
    hit = process.extractOne(plain_words(activity), words, scorer=fuzz.ratio, score_cutoff=SURE_PRICE)
    return int(hit[2]) if hit else None
