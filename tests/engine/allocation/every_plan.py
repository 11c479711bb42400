"""The plain way to the best plan: try every one."""

from __future__ import annotations

import numpy as np


def every_plan(program):
    """Return every choice that keeps the rows and what is fixed."""
    size = program.values.size
    plans = (np.arange(2**size)[:, None] >> np.arange(size)) % 2 == 1
    return [
        plan
        for plan in plans
        if not program.broken(plan) and plan[program.fixed_in].all() and not plan[program.fixed_out].any()
    ]


def is_first_among_the_best(found, program, places):
    """Hold an answer, a choice and its total, against every plan: the best, of equals the first by lot."""
    plans = every_plan(program)
    if not plans:
        assert found is None
        return
    order = np.argsort(places)
    best = max(plans, key=lambda plan: (int(program.values[plan].sum()), tuple(plan[order])))
    assert found[0].tolist() == best.tolist()
    assert found[1] == program.values[best].sum()
