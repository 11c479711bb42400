"""Reference cases of pairwise comparison, one person or one hierarchy: closed forms, 40-digit iterations."""

from fractions import Fraction
from itertools import combinations

from selftest_arithmetic import (
    column_means,
    full,
    furthest,
    geometric,
    orders_broken,
    principal,
    shares,
    upper_of,
    written,
)

TRIAD = "closed form of three items: t = (a12 a23 / a13)^(1/3), lambda = 1 + t + 1/t (Saaty 1980)"
CIRCULANT = "closed form: every row of a circulant matrix has the same sum, which is lambda; equal weights"
DOMINANT = "closed form: one item x times each of the others, w1 = x / (x + n - 1) (Goepel 2018, eq. 41)"
CONSISTENT = "theorem: on consistent judgements every method returns the weights behind them (Saaty 1980)"
ITERATED = "definition, by power iteration in 40 digits"
THIRD = Fraction(1, 3)
QUARTER = Fraction(1, 4)
HALF = Fraction(1, 2)

# Row by row above the diagonal; t = (2 * 4 / 1)^(1/3) = 2 and (3 * 9/4 / 2)^(1/3) = 3/2.
TRIAD_2 = [2, 1, 4]
TRIAD_3_2 = [3, 2, "9/4"]
# Circulant (1, 3, 1, 1/3) and (1, 2, 4, 1/4, 1/2).
RING_4 = [3, 1, "1/3", 3, 1, 3]
RING_5 = [2, 4, "1/4", "1/2", 2, 4, "1/4", 2, 4, 2]
GENERAL_4 = [3, 5, 4, 2, 3, "1/2"]


def weighing():
    yield (
        "one_dominant_of_five",
        "ahp_evm",
        {"labels": ["road", "well", "clinic", "school", "lamp"], "upper": [7, 7, 7, 7, 1, 1, 1, 1, 1, 1]},
        {
            "w1": Fraction(7, 11),
            "weights": [Fraction(7, 11)] + [Fraction(1, 11)] * 4,
            "lambda_max": 5,
            "ci": 0,
            "cr": 0,
        },
        DOMINANT,
    )
    # Row geometric means 2^(1/3), 2^(1/3), 2^(-2/3) stand as 2 : 2 : 1.
    weights = [Fraction(2, 5), Fraction(2, 5), Fraction(1, 5)]
    yield (
        "triad_with_t_2",
        "ahp_evm",
        {"upper": TRIAD_2, "ri": 0.52},
        {
            "weights": weights,
            "lambda_max": 3.5,
            "ci": QUARTER,
            "cr": QUARTER / Fraction("0.52"),
            "llsm": weights,
        },
        TRIAD,
    )
    value, weights = principal(full(GENERAL_4))
    yield (
        "four_items_by_iteration",
        "ahp_evm",
        {"matrix": [written(row) for row in full(GENERAL_4)], "ri": 0.89},
        {"weights": weights, "lambda_max": value, "ci": (value - 4) / 3, "llsm": geometric(full(GENERAL_4))},
        ITERATED,
    )
    ci = Fraction(4, 9)
    yield (
        "ring_of_four",
        "ahp_cr",
        {"upper": RING_4, "n": 4, "ri": 0.89},
        {"lambda_max": Fraction(16, 3), "ci": ci, "cr": ci / Fraction("0.89")},
        CIRCULANT,
    )
    ci = Fraction(11, 16)
    yield (
        "ring_of_five_saaty_1980",
        "ahp_cr",
        {"matrix": [written(row) for row in full(RING_5)], "ri": 1.12},
        {"lambda_max": 7.75, "ci": ci, "cr": ci / Fraction("1.12"), "weights": [0.2] * 5},
        CIRCULANT,
    )
    ci = Fraction(1, 12)
    yield (
        "triad_with_t_three_halves",
        "ahp_cr",
        {"upper": TRIAD_3_2, "ri": 0.58},
        {"lambda_max": Fraction(19, 6), "ci": ci, "cr": ci / Fraction("0.58")},
        TRIAD,
    )
    given = [8, 4, 2, 1]
    yield (
        "powers_of_two",
        "ahp_any",
        {"n": 4, "upper": written(upper_of(given))},
        {"weights": shares(list(map(Fraction, given))), "cr": 0},
        CONSISTENT,
    )
    yield (
        "five_three_two_as_pairs",
        "ahp_any",
        {"n": 3, "known": {"0,1": "5/3", "0,2": "5/2", "1,2": "3/2"}},
        {"weights": [0.5, 0.3, 0.2], "cr": 0, "w1": 0.5},
        CONSISTENT,
    )


def spreadsheets():
    matrix = full([2, 4, 3])
    weights, value = column_means(matrix)
    ci = (value - 3) / 2
    yield (
        "column_means_of_three",
        "ahp_column_normalisation",
        {"upper": [2, 4, 3], "ri": 0.58},
        {"weights": weights, "lambda_avg": value, "ci": ci, "cr": ci / Fraction("0.58")},
        "definition of the column-mean approximation, in exact fractions",
    )
    matrix = full(RING_4)
    yield (
        "column_means_of_a_ring",
        "ahp_column_normalisation",
        {"matrix": [written(row) for row in matrix], "ri": 0.9},
        {"weights": [QUARTER] * 4, "lambda_avg": Fraction(16, 3), "cr": Fraction(4, 9) / Fraction("0.9")},
        "closed form: equal column sums make the approximation exact",
    )


def reviews():
    broken = full(upper_of([16, 8, 4, 2, 1]))
    broken[1][3], broken[3][1] = Fraction(9), Fraction(1, 9)
    value, weights = principal(broken)
    yield (
        "one_answer_too_strong",
        "ahp_evm_revise",
        {
            "labels": ["poor", "urgent", "ready", "people", "land"],
            "matrix": [written(row) for row in broken],
            "ri": 1.11,
        },
        {
            "weights": weights,
            "lambda_max": value,
            "revise_pair": furthest(broken),
            "revise_labels": ["urgent", "people"],
        },
        ITERATED + "; the pair of Saaty (2003)",
    )
    broken = full(upper_of([9, 3, 3, 1]))
    broken[0][3], broken[3][0] = Fraction(1, 2), Fraction(2)
    yield (
        "one_answer_turned_round",
        "ahp_evm_revise",
        {"upper": written([broken[i][j] for i, j in combinations(range(4), 2)]), "n": 4, "ri": 0.89},
        {"lambda_max": principal(broken)[0], "revise_pair": furthest(broken)},
        ITERATED + "; the pair of Saaty (2003), the item judged too strongly first",
    )
    yield (
        "a_ring_of_preferences",
        "cop_check",
        {"upper": [2, "1/2", 2], "n": 3, "ri": 0.52},
        {"weights": [THIRD] * 3, "cr_ok": False, "cop_violated": True},
        CIRCULANT + "; whoever is preferred has no larger weight (Bana e Costa & Vansnick 2008)",
    )
    yield (
        "consistent_keeps_every_order",
        "cop_check",
        {"upper": written(upper_of([6, 3, 2, 1])), "n": 4, "ri": 0.89},
        {"cr_ok": True, "cop_violated": False},
        CONSISTENT,
    )
    matrix = full([3, 6, 9, 2, 4, 5])
    value, weights = principal(matrix)
    order, strength = orders_broken(matrix, weights)
    assert strength, "this case is meant to break an order of strength"
    assert not order, "this case is meant to keep the order of items"
    yield (
        "strength_broken_though_nearly_consistent",
        "cop_check",
        {"upper": [3, 6, 9, 2, 4, 5], "n": 4, "ri": 0.89},
        {"weights": weights, "cr_ok": bool((value - 4) / 3 <= Fraction("0.089")), "cop_violated": strength},
        ITERATED + "; every pair of pairs compared (Bana e Costa & Vansnick 2008)",
    )


def hierarchies():
    goal, below = [Fraction(3, 4), QUARTER], [[6, 3, 1], [1, 2, 1]]
    local = [shares(list(map(Fraction, row))) for row in below]
    target = [sum(w * row[place] for w, row in zip(goal, local, strict=True)) for place in range(3)]
    yield (
        "two_criteria_three_villages",
        "ahp_hierarchy",
        {
            "criteria": ["Need", "Readiness"],
            "goal": [3],
            "alts": ["Arum", "Bening", "Cempaka"],
            "Need": written(upper_of(below[0])),
            "Readiness": written(upper_of(below[1])),
        },
        {"criteria": goal, "target": target, "cr_goal": 0},
        CONSISTENT,
    )
    local = [[Fraction(5, 6), Fraction(1, 6)], [HALF, HALF], [QUARTER, 3 * QUARTER]]
    yield (
        "ring_of_criteria",
        "ahp_hierarchy",
        {
            "names": ["Need", "Cost", "Land"],
            "goal": [2, "1/2", 2],
            "alts": ["road", "well"],
            "Need": [5],
            "Cost": [1],
            "Land": ["1/3"],
            "ri": 0.52,
        },
        {
            "criteria": [THIRD] * 3,
            "target": [sum(row[place] for row in local) / 3 for place in range(2)],
            "cr_goal": QUARTER / Fraction("0.52"),
        },
        CIRCULANT,
    )
    yield (
        "weighed_criteria_given_priorities",
        "ahp_hierarchy_wsm",
        {"goal": [2, 6, 3], "alternative_priorities": [[0.2, 0.8], [0.5, 0.5], [1, 0]]},
        {"criteria": [0.6, 0.3, 0.1], "target": [0.37, 0.63]},
        CONSISTENT,
    )
    yield (
        "ring_of_criteria_given_priorities",
        "ahp_hierarchy_wsm",
        {
            "goal": [2, "1/2", 2],
            "alternative_priorities": [[0.2, 0.3, 0.5], [0.6, 0.2, 0.2], [0.1, 0.1, 0.8]],
        },
        {"criteria": [THIRD] * 3, "target": [0.3, 0.2, 0.5]},
        CIRCULANT,
    )


def cases():
    for group in (weighing, spreadsheets, reviews, hierarchies):
        yield from group()
