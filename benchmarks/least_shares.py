"""Why-not at 1,000 proposals where least shares bind: the forums of a table of README.md, drawn by seed.

    python benchmarks/least_shares.py [--seeds 2] [--asked 4]

Processor seconds of one kind of change beside one plan with a stated gap, slowest and middle, and how sure
each answer is.
"""

import argparse
from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd
from allocation import tight, tight_slips

from workbench.engine.allocation.conditions import Count, MoneyShare, Requires, ShareOf

VILLAGES = 40


def least_shares(most, size, seed):
    """Two fields have a least share, one a most, women theirs, villages a cap, some proposals a need."""
    needs = tight(size, seed)
    rng = np.random.default_rng(seed + 100)
    labels = needs.scores.index
    groups = pd.DataFrame(
        {
            "village": rng.integers(0, VILLAGES, size).astype(str),
            "field": rng.integers(0, 5, size).astype(str),
            "women": rng.integers(0, 4, size).astype(str),
        },
        index=labels,
    )
    some = rng.permutation(labels)[: size // 20 * 2].reshape(-1, 2)
    conditions = (
        MoneyShare("field 0", {"field": "0"}, at_least=Fraction(1, 3)),
        MoneyShare("field 1", {"field": "1"}, at_least=Fraction(1, 4)),
        MoneyShare("field 2", {"field": "2"}, at_most=Fraction(1, 10)),
        MoneyShare("women", {"women": "0"}, at_least=Fraction(3, 10), of=ShareOf.SPENT),
        *(Count(f"village {name}", {"village": str(name)}, at_most=most) for name in range(VILLAGES)),
        *(Requires(f"needs {at}", one, other) for at, (one, other) in enumerate(some.tolist())),
    )
    return replace(needs, groups=groups, conditions=conditions)


def crossing_with_a_share(size, seed):
    """The forum of crossing ceilings, with caps of villages and one least share."""
    needs = tight(size, seed)
    rng = np.random.default_rng(seed + 100)
    groups = needs.groups.assign(village=rng.integers(0, VILLAGES, size).astype(str))
    conditions = (
        *needs.conditions,
        MoneyShare("field 0", {"f": "0"}, at_least=Fraction(1, 50)),
        *(Count(f"village {name}", {"village": str(name)}, at_most=8) for name in range(VILLAGES)),
    )
    return replace(needs, groups=groups, conditions=conditions)


FORUMS = {
    "crossing ceilings": tight,
    "least shares, 8 a village": partial(least_shares, 8),
    "least shares, 12 a village": partial(least_shares, 12),
    "crossing, 8 a village, a share": crossing_with_a_share,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--asked", type=int, default=4)
    arguments = parser.parse_args()
    for name, forum in FORUMS.items():
        tight_slips(forum, name, arguments.seeds, arguments.asked)
