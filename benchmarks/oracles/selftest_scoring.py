"""Reference cases of scoring, of sampled weights and of tables at the edge: fractions and closed forms."""

from decimal import localcontext
from fractions import Fraction
from itertools import combinations

from selftest_arithmetic import DIGITS, decimal, plain

NEEDS = [[6, 250, 3], [8, 400, 5], [9, 700, 4], [4, 100, 2]]
NEED_WEIGHTS = [5, 3, 2]
NEED_DIRECTION = ["max", "min", "max"]
SAMPLED = 4e-3


def fractions(rows):
    return [[Fraction(str(cell)) for cell in row] for row in rows]


def normalised(weights):
    given = [Fraction(str(weight)) for weight in weights]
    return [weight / sum(given) for weight in given]


def stretched(rows, direction):
    """Bring every column to 0..1, best 1."""
    columns = list(zip(*fractions(rows), strict=True))
    done = []
    for column, way in zip(columns, direction, strict=True):
        low, high = min(column), max(column)
        up = [(cell - low) / (high - low) for cell in column]
        done.append(up if way == "max" else [1 - cell for cell in up])
    return list(zip(*done, strict=True))


def best_first(scores):
    return sorted(range(len(scores)), key=lambda place: (-scores[place], place))


def closeness(table):
    """Return the relative closeness of a weighted table in which more is better."""
    best, worst = [[pick(column) for column in zip(*table, strict=True)] for pick in (max, min)]
    with localcontext(prec=DIGITS):
        away = [[distance(row, end) for row in table] for end in (best, worst)]
        return [low / (low + high) for high, low in zip(*away, strict=True)]


def distance(row, end):
    return decimal(sum((a - b) ** 2 for a, b in zip(row, end, strict=True))).sqrt()


def second_opinions():
    inputs = {"matrix": NEEDS, "weights": NEED_WEIGHTS, "direction": NEED_DIRECTION}
    weights = normalised(NEED_WEIGHTS)
    table = [
        [w * cell for w, cell in zip(weights, row, strict=True)] for row in stretched(NEEDS, NEED_DIRECTION)
    ]
    yield (
        "roots_of_a_right_triangle",
        "topsis_vector",
        {"matrix": [[3, 4], [4, 3]], "weights": [1, 1], "direction": ["max", "max"]},
        {"closeness": [0.5, 0.5]},
        "closed form: columns of length 5, mirrored",
    )
    # Lengths 15 and 3: normalised (2, 5, 14) / 15 and (1, 2, 2) / 3, the second a cost.
    rows = [
        [Fraction(2, 15) * 2, -Fraction(1, 3)],
        [Fraction(5, 15) * 2, -Fraction(2, 3)],
        [Fraction(14, 15) * 2, -Fraction(2, 3)],
    ]
    found = closeness([[cell / 3 for cell in row] for row in rows])
    yield (
        "whole_lengths_with_a_cost",
        "topsis_vector",
        {"matrix": [[2, 1], [5, 2], [14, 2]], "weights": [2, 1], "direction": ["max", "min"]},
        {"closeness": found, "order": best_first(found)},
        "definition (Hwang & Yoon 1981), columns of whole length 15 and 3, 40 digits",
    )
    found = closeness(table)
    yield (
        "needs_stretched",
        "topsis_minmax",
        inputs,
        {"closeness": found, "order": best_first(found)},
        "definition in exact fractions, roots in 40 digits",
    )
    yield (
        "best_and_worst_of_two",
        "topsis_minmax",
        {"matrix": [[10, 3], [20, 1]], "weights": [0.5, 0.5], "direction": ["max", "min"]},
        {"closeness": [0, 1]},
        "closed form: one is best in everything",
    )
    yield (
        "needs_regret",
        "vikor",
        {**inputs, "v": 0.5},
        regrets(table, weights, Fraction(1, 2)),
        "definition (Opricovic & Tzeng 2004) in exact fractions",
    )
    yield (
        "needs_regret_group",
        "vikor",
        {**inputs, "v": 0.75},
        regrets(table, weights, Fraction(3, 4)),
        "definition (Opricovic & Tzeng 2004) in exact fractions",
    )


def regrets(table, weights, strategy):
    lost = [[w - cell for w, cell in zip(weights, row, strict=True)] for row in table]
    s, r = [sum(row) for row in lost], [max(row) for row in lost]
    q = [
        strategy * (one - min(s)) / (max(s) - min(s)) + (1 - strategy) * (other - min(r)) / (max(r) - min(r))
        for one, other in zip(s, r, strict=True)
    ]
    return {"S": s, "R": r, "Q": q, "order": best_first([-one for one in q])}


def flows():
    rows, weights = fractions(NEEDS), normalised(NEED_WEIGHTS)
    for name, preference, shape in (
        ("needs_usual", {"preference": "usual"}, [lambda gap: Fraction(gap > 0)] * 3),
        (
            "needs_linear",
            {"preference": "linear", "q": [1, 100, 0], "p": [4, 500, 2]},
            [
                lambda gap, q=q, p=p: min(max((gap - q) / (p - q), Fraction(0)), Fraction(1))
                for q, p in ((1, 4), (100, 500), (0, 2))
            ],
        ),
    ):
        signs = [1 if way == "max" else -1 for way in NEED_DIRECTION]

        def over(one, other, signs=signs, shape=shape):
            parts = zip(weights, signs, shape, rows[one], rows[other], strict=True)
            return sum(w * f(sign * (a - b)) for w, sign, f, a, b in parts)

        count = len(rows)
        plus = [sum(over(i, j) for j in range(count) if j != i) / (count - 1) for i in range(count)]
        minus = [sum(over(j, i) for j in range(count) if j != i) / (count - 1) for i in range(count)]
        phi = [one - other for one, other in zip(plus, minus, strict=True)]
        yield (
            name,
            "promethee2",
            {"matrix": NEEDS, "weights": NEED_WEIGHTS, "direction": NEED_DIRECTION, **preference},
            {"phi": phi, "phi_plus": plus, "phi_minus": minus, "order": best_first(phi)},
            "definition (Brans & Vincke 1985), pair by pair in exact fractions",
        )


def sums():
    weights = normalised(NEED_WEIGHTS)
    columns = list(zip(*fractions(NEEDS), strict=True))
    found = [
        sum(
            w * (cell / max(column) if way == "max" else min(column) / cell)
            for w, cell, column, way in zip(weights, row, columns, NEED_DIRECTION, strict=True)
        )
        for row in fractions(NEEDS)
    ]
    yield (
        "needs_by_the_largest",
        "wsm_max",
        {"matrix": NEEDS, "weights": NEED_WEIGHTS, "direction": NEED_DIRECTION},
        {"scores": found, "order": best_first(found)},
        "definition in exact fractions",
    )
    yield (
        "halves_and_quarters",
        "wsm_max",
        {"matrix": [[2, 8], [4, 2]], "weights": [0.5, 0.5], "direction": ["max", "max"]},
        {"scores": [0.75, 0.625]},
        "closed form",
    )
    yield sensitivity("three_villages_ties", [[5, 3, 1], [4, 2, 6], [2, 5, 4]], ["1/2", "3/10", "1/5"])
    yield sensitivity("two_roads_tie", [["4/5", "1/5"], ["1/2", "7/10"]], ["3/5", "2/5"])


def sensitivity(name, rows, weights):
    table, given = [[Fraction(cell) for cell in row] for row in rows], list(map(Fraction, weights))
    total = [sum(w * cell for w, cell in zip(given, row, strict=True)) for row in table]
    changes = {}
    for i, j in combinations(range(len(table)), 2):
        gaps = [table[j][k] - table[i][k] for k in range(len(given))]
        tying = [(total[j] - total[i]) / gap if gap else None for gap in gaps]
        changes[f"{i},{j}"] = [
            None if one is None or one > w else one for one, w in zip(tying, given, strict=True)
        ]
    # The tie is checked, not believed: with the changed weight both totals are equal.
    for pair, row in changes.items():
        i, j = map(int, pair.split(","))
        for k, change in enumerate(row):
            if change is not None:
                assert total[i] - change * table[i][k] == total[j] - change * table[j][k]
    inputs = {"matrix": plain(table), "weights": plain(given)}
    expected = {"preferences": total, "order": best_first(total), "changes": changes}
    return (
        name,
        "sensitivity_critical_weight",
        inputs,
        expected,
        "definition (Triantaphyllou & Sanchez 1997), in exact fractions",
    )


def sampled():
    yield (
        "compromise_between_two",
        "smaa_acceptability",
        {"values": [[1, 0], [0, 1], [0.75, 0.5]]},
        {
            "acceptability": [Fraction(1, 3), Fraction(2, 5), Fraction(4, 15)],
            "central_weight_1": [Fraction(5, 6), Fraction(1, 6)],
        },
        "closed form: first where w > 2/3, second where w < 2/5",
        SAMPLED,
    )
    high, low = Fraction(11, 18), Fraction(7, 36)
    yield (
        "one_champion_for_each_of_three",
        "smaa_acceptability",
        {"values": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]},
        {"acceptability": [Fraction(1, 3)] * 3, "central_weight_2": [low, high, low]},
        "closed form: the largest of three flat weights is 11/18 on average",
        SAMPLED,
    )
    for n in (2, 4):
        yield (
            f"flat_weights_of_{n}",
            "weight_sampler",
            {"n": n},
            {
                "mean": Fraction(1, n),
                "var": Fraction(n - 1, n * n * (n + 1)),
                "p_any_over_half": Fraction(n, 2 ** (n - 1)),
            },
            "closed form of the flat Dirichlet",
            2e-3,
        )


def edges():
    yield (
        "one_proposal_alone",
        "degenerate",
        {"matrix": [[7, 3]], "weights": [0.5, 0.5], "direction": ["max", "min"]},
        {"order": [0], "nan": False},
        "definition: whoever is alone is first",
        0,
    )
    yield (
        "column_of_zeros",
        "degenerate",
        {"matrix": [[0, 4], [0, 9], [0, 6]], "weights": [0.7, 0.3], "direction": ["max", "max"]},
        {"order": [1, 2, 0], "nan": False},
        "definition: a criterion on which all are equal cannot decide",
        0,
    )
    yield (
        "all_proposals_equal",
        "degenerate",
        {"matrix": [[2, 5], [2, 5]], "weights": [0.5, 0.5], "direction": ["max", "min"]},
        {"order": [0, 1], "ranks": [1, 1], "nan": False},
        "definition: equals share their rank",
        0,
    )
    yield (
        "two_items_four_to_one",
        "degenerate",
        {"matrix": [[1, 4], [0.25, 1]]},
        {"weights": [0.8, 0.2], "cr": 0, "nan": False},
        "closed form: x / (1 + x)",
        1e-12,
    )


def cases():
    for group in (second_opinions, flows, sums, sampled, edges):
        yield from group()
