"""The registry of second opinions: methods that never make the result, and whether they agree with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import pandas as pd

from workbench.engine.scoring.divide_by_max import wsm_max
from workbench.engine.scoring.promethee import promethee_ii
from workbench.engine.scoring.topsis import topsis_minmax, topsis_vector
from workbench.engine.scoring.vikor import vikor
from workbench.errors import UnknownMethod


class Scored(Protocol):
    """Any result that carries a score by proposal, higher being better."""

    @property
    def scores(self) -> pd.Series:
        """Return the score by proposal."""


Method = Callable[[pd.DataFrame, pd.Series, pd.Series], Scored]
"""Decision matrix, weights and directions to a scored result."""

SECOND_OPINIONS: Mapping[str, Method] = MappingProxyType(
    {
        "topsis_vector": topsis_vector,
        "topsis_minmax": topsis_minmax,
        "vikor": vikor,
        "promethee_ii": promethee_ii,
        "wsm_max": wsm_max,
    }
)
"""Second opinions by the name of their function."""


def second_opinion(name: str) -> Method:
    """Return a second opinion by name.

    Raises
    ------
    UnknownMethod
        With the names that the registry holds.

    Examples
    --------
    >>> second_opinion("vikor").__name__
    'vikor'
    """
    if name not in SECOND_OPINIONS:
        raise UnknownMethod(name=name, known=tuple(SECOND_OPINIONS))
    return SECOND_OPINIONS[name]
