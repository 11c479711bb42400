"""Gates: yes/no conditions that a proposal meets before it is scored (kewenangan, lahan, duplikasi, ...)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Screening:
    """What the gates say about every proposal.

    Attributes
    ----------
    failed : Series of tuple of str
        By proposal: the gates it does not meet, sorted; empty for those that pass.
    open : Series of tuple of str
        By proposal: gates that were listed for it but not examined yet, sorted. They do not hold it back.
    notes : Series of tuple of str
        By proposal: what was noted beside the gates that it does not meet, in their order.
    """

    failed: pd.Series
    open: pd.Series
    notes: pd.Series

    @property
    def passed(self) -> pd.Series:
        """Whether a proposal may be scored, by proposal."""
        return self.failed.map(len) == 0


def screen(proposals: pd.Index, gates: pd.DataFrame) -> Screening:
    """Sort proposals into those that meet every examined condition and those that fail at least one.

    Parameters
    ----------
    proposals : Index
        All proposal labels.
    gates : DataFrame
        Columns proposal, gate, passed (boolean; missing = not examined), and note where there is one.

    Returns
    -------
    Screening

    Examples
    --------
    >>> gates = pd.DataFrame({"proposal": ["road"], "gate": ["land"], "passed": [False]})
    >>> screen(pd.Index(["road", "well"]), gates).passed.to_dict()
    {'road': False, 'well': True}
    """
    passed = gates["passed"].astype("boolean")
    missed = gates[~passed.fillna(value=True)]
    return Screening(
        failed=_names(proposals, missed),
        open=_names(proposals, gates[passed.isna()]),
        notes=_notes(proposals, missed),
    )


def _notes(proposals: pd.Index, lines: pd.DataFrame) -> pd.Series:
    notes: dict[str, tuple[str, ...]] = {}
    if "note" in lines:
        ordered = lines.sort_values("gate")
        for label, note in zip(ordered["proposal"].tolist(), ordered["note"].tolist(), strict=True):
            notes[label] = (*notes.get(label, ()), note) if note else notes.get(label, ())
    return pd.Series([notes.get(label, ()) for label in proposals], index=proposals, dtype=object)


def _names(proposals: pd.Index, lines: pd.DataFrame) -> pd.Series:
    names = {label: tuple(sorted(group)) for label, group in lines.groupby("proposal")["gate"]}
    return pd.Series([names.get(label, ()) for label in proposals], index=proposals, dtype=object)
