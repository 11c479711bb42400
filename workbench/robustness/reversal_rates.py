"""How often each second opinion reverses ranks on random tables.

Made by `python benchmarks/reversal_rates.py`.

Shares of random tables on which removing one proposal that does not lead changes something among the others.
A test measures them again with the same seed and asks for the same figures to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PROPOSALS, CRITERIA, DRAWS, SEED = 10, 5, 20_000, 2027
"""Size and number of the random tables, and the seed of their draws."""

WINNER_CHANGES: Mapping[str, float] = MappingProxyType(
    {
        "topsis_vector": 0.11815,
        "vikor": 0.1458,
        "promethee_ii": 0.23825,
    }
)
"""Share of the tables on which another proposal leads afterwards."""

ORDER_CHANGES: Mapping[str, float] = MappingProxyType(
    {
        "topsis_vector": 0.8565,
        "vikor": 0.77495,
        "promethee_ii": 0.97375,
    }
)
"""Share of the tables on which any two of the others change places."""
