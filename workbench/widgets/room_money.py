"""Money as people write it, in whole rupiah."""

from __future__ import annotations

from workbench.store.numbers import read_rupiah


def money_in(text: str) -> int | None:
    """Return the whole rupiah of a text; None where it is empty or cannot be read with certainty.

    Examples
    --------
    >>> money_in("Rp 1.500.000"), money_in("1,5 M"), money_in("")
    (1500000, None, None)
    """
    value = read_rupiah(text.strip()).value if text.strip() else None
    return value if isinstance(value, int) else None
