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
    yield from followed_sentences(found, session, t)
    if not pd.isna(found.w_now) and not pd.isna(found.w_before):
        yield t("rounds.w", before=found.w_before, now=found.w_now)
    yield t(f"rounds.stop.{found.decision.value}", most=found.rule.most_rounds)
    if found.beyond:
        yield t("rounds.beyond", most=found.rule.most_rounds, round=found.round_number)


def followed_sentences(found: RoundChanges, session: Session, t: Translator) -> Iterator[str]:
    """Say whose moves are known: nobody's of a tally, groups' of their cards, none between two ways."""
    for name in ("counted", "grouped", "another_way", "settled"):
        labels: tuple[str, ...] = getattr(found, name)
        if labels:
            yield t(f"rounds.{name}", names=_names(labels, session))


def asked_again(found: RoundChanges) -> pd.DataFrame:
    """Return the proposals that were asked again, by their rank now."""
    again = found.table[found.table["asked_again"].astype(bool)]
    return again.sort_values("rank_now", kind="stable")


def changes_table(found: RoundChanges, session: Session, t: Translator) -> Table:
    """Return every proposal that was asked again: middle, spread, score and rank before and now, who moved.

    Who moved is left out where nobody can be followed.
    """
    asked = asked_again(found)
    followed = bool(asked["moved"].notna().any())
    activity = session.proposals.frame["activity"]
    rows = [
        (
            str(activity[str(label)]),
            middle(line, "before", t),
            middle(line, "now", t),
            t("rounds.turned", before=level(line, "before", session, t), now=level(line, "now", session, t)),
            scores(line, t),
            ranks(line, t),
            *((_share(line["moved"], t), _signed(line["mean_move"], t)) if followed else ()),
            t("word.yes" if line["consensus"] else "word.no"),
            t("word.yes" if line["stable"] else "word.no"),
        )
        for label, line in asked.iterrows()
    ]
    columns = columns_of(
        t,
        ("activity", "left", 0),
        ("round_before", "center", 11),
        ("round_now", "center", 11),
        ("agreement", "left", 16),
        ("score_turned", "center", 12),
        ("rank_turned", "center", 8),
        *((("people_moved", "right", 8), ("mean_move", "right", 8)) if followed else ()),
        ("has_consensus", "center", 7),
        ("is_stable", "center", 6),
    )
    note = "table.rounds.note.tally" if found.counted else "table.rounds.note"
    return Table(t("table.rounds"), columns, rows_of(rows), note=t(note))


def middle(line: pd.Series, when: str, t: Translator) -> str:
    """Return median and width of the middle half, from 0 to 100; nothing where there is no spread."""
    if pd.isna(line[f"median_{when}"]):
        return EMPTY
    median, iqr = 100 * float(line[f"median_{when}"]), 100 * float(line[f"iqr_{when}"])
    return t("rounds.middle", median=t.style.number(median, 0), iqr=t.style.number(iqr, 0))


def level_word(line: pd.Series, when: str, t: Translator) -> str:
    """Return how far the room agreed, in a word."""
    found = str(line[f"level_{when}"])
    return t(f"deliberation.level.{found}") if found else t("rounds.settled.word")


def level(line: pd.Series, when: str, session: Session, t: Translator) -> str:
    """Return the same, of a tally with its least agreed criterion."""
    word, criterion = level_word(line, when, t), str(line[f"criterion_{when}"])
    if not criterion or line[f"level_{when}"] == "uniform":
        return word
    name = str(session.criteria.frame["name"][criterion])
    return t("wall.spread.criterion", level=word, criterion=name)


def scores(line: pd.Series, t: Translator) -> str:
    """Return the score before and now; withheld ones are not there."""
    return _turned(line, "score", 2, t)


def ranks(line: pd.Series, t: Translator) -> str:
    """Return the rank before and now."""
    return _turned(line, "rank", 0, t)


def _turned(line: pd.Series, name: str, digits: int, t: Translator) -> str:
    before, now = (_number(line[f"{name}_{when}"], digits, t) for when in ("before", "now"))
    return now if before == now else t("rounds.turned", before=before, now=now)


def _number(value: float, digits: int, t: Translator) -> str:
    return EMPTY if pd.isna(value) else t.style.number(float(value), digits)


def _share(value: float, t: Translator) -> str:
    return EMPTY if pd.isna(value) else t.style.percent(float(value))


def _signed(value: float, t: Translator) -> str:
    return EMPTY if pd.isna(value) else ("+" if value > 0 else "") + t.style.number(100 * value, 0)


def _names(labels: Iterable[str], session: Session) -> list[str]:
    activity = session.proposals.frame["activity"]
    return [str(activity[label]) for label in labels]
