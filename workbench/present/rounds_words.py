"""Rounds in words: what is asked again, what moved and by how much, and whether another round is worth it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from workbench.deliberation import Disputed, RoundChanges
from workbench.domain.session import Session
from workbench.engine.agreement import DelphiRule
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of


def disputed_sentences(found: Disputed, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what is still disputed, and whether the forum has a round left for it."""
    if not found.round_number:
        return (t("deliberation.no_cards"),)
    return tuple(_disputed(found, session, t))


def _disputed(found: Disputed, session: Session, t: Translator) -> Iterator[str]:
    yield t("rounds.agreed", agreed=len(found.agreed), disputed=len(found.proposals))
    if found.proposals:
        yield t("rounds.disputed", count=len(found.proposals), names=_names(found.proposals, session))
    if found.too_few:
        minimum = found.rule.minimum_answers
        names = _names(found.too_few, session)
        yield t("rounds.too_few", count=len(found.too_few), minimum=minimum, names=names)
    if found.next_round is not None:
        yield t("rounds.next", round=found.next_round, most=found.rule.most_rounds)
    elif found.proposals:
        yield t("rounds.no_more", most=found.rule.most_rounds)
    yield rule_sentence(found.rule, t)


def rule_sentence(rule: DelphiRule, t: Translator) -> str:
    """Return when a proposal counts as agreed and as stable, as it was declared beforehand."""
    return t(
        "rounds.rule",
        share=rule.share_in_band,
        band=rule.band,
        iqr=rule.iqr,
        change=rule.change,
        most=rule.most_rounds,
    )


def changes_sentences(found: RoundChanges, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what the last round changed; consensus and stability stand apart."""
    return tuple(_changes(found, session, t))


def _changes(found: RoundChanges, session: Session, t: Translator) -> Iterator[str]:
    table = found.table
    asked = table[table["asked_again"].astype(bool)]
    yield t("rounds.asked", round=found.round_number, asked=len(asked), proposals=len(table))
    yield t(
        "rounds.state",
        consensus=int(table["consensus"].astype(bool).sum()),
        stable=int(table["stable"].astype(bool).sum()),
        both=int((table["consensus"].astype(bool) & table["stable"].astype(bool)).sum()),
        proposals=len(table),
    )
    moved = asked[(asked["rank_before"] != asked["rank_now"]).fillna(value=False)]
    yield t("rounds.ranks", count=len(moved), names=_names(map(str, moved.index), session) or [EMPTY])
    if found.disputed:
        yield t("rounds.disputed", count=len(found.disputed), names=_names(found.disputed, session))
    if found.withheld:
        minimum = found.rule.minimum_answers
        yield t("rounds.withheld", minimum=minimum, names=_names(found.withheld, session))
    if not pd.isna(found.w_now) and not pd.isna(found.w_before):
        yield t("rounds.w", before=found.w_before, now=found.w_now)
    yield t(f"rounds.stop.{found.decision.value}", most=found.rule.most_rounds)
    if found.beyond:
        yield t("rounds.beyond", most=found.rule.most_rounds, round=found.round_number)


def changes_table(found: RoundChanges, session: Session, t: Translator) -> Table:
    """Return every proposal that was asked again: middle and spread before and now, and who moved how far."""
    asked = found.table[found.table["asked_again"].astype(bool)]
    asked = asked.sort_values("rank_now", kind="stable")
    activity = session.proposals.frame["activity"]
    rows = [
        (
            str(activity[str(label)]),
            _middle(line, "before", t),
            _middle(line, "now", t),
            t(f"deliberation.level.{line['level_now']}"),
            _share(line["moved"], t),
            _signed(line["mean_move"], t),
            t("word.yes" if line["consensus"] else "word.no"),
            t("word.yes" if line["stable"] else "word.no"),
        )
        for label, line in asked.iterrows()
    ]
    columns = columns_of(
        t,
        ("activity", "left", 0),
        ("round_before", "center", 15),
        ("round_now", "center", 15),
        ("agreement", "left", 14),
        ("people_moved", "right", 10),
        ("mean_move", "right", 10),
        ("has_consensus", "center", 9),
        ("is_stable", "center", 9),
    )
    return Table(t("table.rounds"), columns, rows_of(rows), note=t("table.rounds.note"))


def _middle(line: pd.Series, when: str, t: Translator) -> str:
    median, iqr = 100 * float(line[f"median_{when}"]), 100 * float(line[f"iqr_{when}"])
    return t("rounds.middle", median=t.style.number(median, 0), iqr=t.style.number(iqr, 0))


def _share(value: float, t: Translator) -> str:
    return EMPTY if pd.isna(value) else t.style.percent(float(value))


def _signed(value: float, t: Translator) -> str:
    return EMPTY if pd.isna(value) else ("+" if value > 0 else "") + t.style.number(100 * value, 0)


def _names(labels: Iterable[str], session: Session) -> list[str]:
    activity = session.proposals.frame["activity"]
    return [str(activity[label]) for label in labels]
