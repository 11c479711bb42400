"""Conditions (syarat) as + and -: how many meet each, and who fails or still waits."""

from __future__ import annotations

import pandas as pd

from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import ColumnSpec, Table, columns_of, rows_of
from workbench.prioritisation import Outcome

MET, FAILED, OPEN = "+", "\u2212", "?"
MOST_ROWS = 200


def gates_tables(outcome: Outcome, session: Session, t: Translator) -> tuple[Table, ...]:
    """Return the counts of every condition, and below them the proposals that fail one or wait for one.

    Parameters
    ----------
    outcome : Outcome
    session : Session
        The session it was computed from.
    t : Translator

    Returns
    -------
    tuple of Table
        The counts alone where every condition is met.
    """
    signs = _signs(outcome, session)
    counts = _counts(signs, t)
    marked = signs[((signs == FAILED) | (signs == OPEN)).any(axis="columns")]
    return (counts,) if marked.empty else (counts, _marked(marked, session, t))


def _signs(outcome: Outcome, session: Session) -> pd.DataFrame:
    """Return proposal x condition: +, -, ? (not examined), or empty where it is not asked."""
    lines = session.gates.frame
    lines = lines[lines["proposal"].isin(outcome.table.index)]
    signs = lines["passed"].map({True: MET, False: FAILED}).astype(object)
    lines = lines.assign(sign=signs.where(lines["passed"].notna(), OPEN))
    names = list(dict.fromkeys(lines["gate"]))
    table = lines.set_index(["proposal", "gate"])["sign"].unstack("gate")  # noqa: PD010 - pairs are unique
    return table.reindex(index=outcome.table.index, columns=names).fillna("")


def _counts(signs: pd.DataFrame, t: Translator) -> Table:
    rows = [
        (str(gate), *(t.style.count(int((signs[gate] == sign).sum())) for sign in (MET, FAILED, OPEN)))
        for gate in signs
    ]
    columns = columns_of(
        t, ("gate", "left", 55), ("met", "right", 15), ("failed", "right", 15), ("open", "right", 15)
    )
    note = t("table.gates.note") if rows else t("table.gates.none")
    return Table(t("table.gates"), columns, rows_of(rows), note=note)


def _marked(signs: pd.DataFrame, session: Session, t: Translator) -> Table:
    """Return the proposals with a - first, then those that only wait; by label within each."""
    failing = (signs == FAILED).any(axis="columns")
    ordered = sorted(signs.index, key=lambda label: (not failing[label], label))
    activity = session.proposals.frame["activity"]
    rows = [
        (str(label), str(activity[label]), *(str(sign) or EMPTY for sign in signs.loc[label]))
        for label in ordered[:MOST_ROWS]
    ]
    columns = (
        *columns_of(t, ("proposal_code", "left", 12), ("activity", "left", 40)),
        *(ColumnSpec(f"gate_{number}", str(gate), "center") for number, gate in enumerate(signs, 1)),
    )
    caption = t("table.gates_marked", failed=int(failing.sum()), open=int((~failing).sum()))
    hidden = len(ordered) - len(rows)
    note = t("table.gates_marked.note")
    if hidden:
        note = f"{note} {t('table.gates_marked.more', count=hidden)}"
    return Table(caption, columns, rows_of(rows), note=note)
