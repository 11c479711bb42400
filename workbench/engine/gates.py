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
    """

    failed: pd.Series
    open: pd.Series

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
        Columns proposal, gate, passed (boolean; missing = not examined).

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
    return Screening(
        failed=_names(proposals, gates[~passed.fillna(value=True)]),
        open=_names(proposals, gates[passed.isna()]),
    )


def _names(proposals: pd.Index, lines: pd.DataFrame) -> pd.Series:
    names = {label: tuple(sorted(group)) for label, group in lines.groupby("proposal")["gate"]}
    return pd.Series([names.get(label, ()) for label in proposals], index=proposals, dtype=object)
