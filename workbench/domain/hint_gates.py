"""Hints of likeness as conditions that a person examines: already in Renja, in pokir, twice in the list.

A hint alone changes nothing: its condition stands open until a person marks it. One that is confirmed is a
condition not met, so the proposal stays in the list with the reason; one that is refused is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from workbench.domain.ballots import GATE_COLUMNS
from workbench.domain.columns import conform
from workbench.domain.intake import Likeness

TWICE = "bukan usulan ganda"
HINT_GATES: Mapping[str, str] = MappingProxyType(
    {
        "renja": "belum tertampung di Renja",
        "pokir": "belum tertampung di pokir",
        **dict.fromkeys(("identical", "same_village", "between_villages"), TWICE),
    }
)
"""The condition that a hint of each reason asks for, in the words of the table `syarat`."""
HISTORY = "earlier_list"
"""Reason of a hint that filled in how often a proposal was made and why it was refused before."""
MOST_NAMED = 3
"""Other proposals that the note of a condition names."""


def hint_gates(pairs: Iterable[Likeness]) -> pd.DataFrame:
    """Return the conditions that hints ask for, all open; the note says what the proposal is like.

    Of a pair within one list the later proposal is asked about.

    Returns
    -------
    DataFrame
        Columns of `GATE_COLUMNS`; one line for each proposal and condition.

    Examples
    --------
    >>> pair = Likeness("U-1", "1.03", "Sumur", "Sumur bor", "renja", 92.0, "renja.xlsx")
    >>> hint_gates([pair]).loc[0, ["gate", "note"]].tolist()
    ['belum tertampung di Renja', 'renja.xlsx: 1.03 Sumur bor']
    """
    notes: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        gate = HINT_GATES.get(pair.reason)
        if gate is None:
            continue
        label = pair.first if pair.other_list else pair.second
        found = notes.setdefault((label, gate), [])
        if len(found) < MOST_NAMED:
            found.append(_other(pair))
    lines = [
        {"proposal": label, "gate": gate, "passed": pd.NA, "note": "; ".join(found)}
        for (label, gate), found in notes.items()
    ]
    return conform(pd.DataFrame(lines), GATE_COLUMNS)


def _other(pair: Likeness) -> str:
    if pair.other_list:
        return f"{pair.other_list}: {pair.second} {pair.second_text}".replace(":  ", ": ")
    return f"{pair.first} {pair.first_text}"
