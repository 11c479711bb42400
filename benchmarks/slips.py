"""Slips of a whole list: every proposal that is not funded, and the slowest one asked by itself.

    python benchmarks/slips.py

Processor seconds. Of rules that run again for every amount a few proposals stand for the list.
"""

import time

import numpy as np
import pandas as pd
from allocation import report, village

from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_not import Slips, why_not

WHOLE = ("by_rank_stop", "by_rank_skip", "by_value", "best_total")
AGAIN = ("equal_shares", "phragmen")
FEW = 4
"""Proposals that stand for a list under rules that run again."""


def took(task):
    start = time.process_time()
    answer = task()
    return time.process_time() - start, answer


def forum(size, scorers=0):
    scores, costs, ceiling, _, _, lot = village(size)
    cards = np.random.default_rng(size).integers(0, 6, (scorers, size))
    ballots = pd.DataFrame(cards, columns=scores.index) if scorers else None
    return Needs(scores, costs, ceiling, ballots=ballots, tie_key=lot)


def whole_list(rule, size):
    needs = forum(size)
    slips = Slips(needs, rule)
    out = [label for label in needs.scores.index if label not in slips.before]
    seconds, _ = took(lambda: [Slips(needs, rule).before, *map(slips.of, out)])
    alone = max(took(lambda label=label: why_not(needs, rule, label))[0] for label in out[:: len(out) // FEW])
    report(f"slips of all, {rule}, {size}, processor", seconds, f"{len(out)} slips, one {alone:.3f} s")


def few_of_list(rule, size, scorers):
    needs = forum(size, scorers)
    slips = Slips(needs, rule)
    out = [label for label in needs.scores.index if label not in slips.before]
    each = [took(lambda label=label: slips.of(label))[0] for label in out[:: len(out) // FEW][:FEW]]
    told = f"{len(out)} slips, middle {np.median(each):.2f} s"
    report(f"one slip, {rule}, {size}, {scorers} scorers, processor, slowest", max(each), told)


if __name__ == "__main__":
    for size in (380, 1000):
        for rule in WHOLE:
            whole_list(rule, size)
        for rule in AGAIN:
            for scorers in (60, 500):
                few_of_list(rule, size, scorers)
