"""Amounts of rupiah on the command line, as people write them."""

from __future__ import annotations

from workbench.errors import InvalidInput, Problem
from workbench.store.numbers import read_rupiah


def rupiah_given(text: str, option: str) -> int:
    """Return the whole rupiah that an option was given.

    Raises
    ------
    InvalidInput
        ``negative_value``, or what `read_rupiah` refuses.

    Examples
    --------
    >>> rupiah_given("45.000.000.000", "--pagu")
    45000000000
    """
    found = read_rupiah(text)
    if found.value is None:
        raise InvalidInput([Problem(found.code, column=option, value=text, facts=found.facts)])
    amount = int(str(found.value))
    if amount < 0:
        raise InvalidInput([Problem("negative_value", column=option, value=text)])
    return amount
