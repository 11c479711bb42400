"""Reference cases of judgements with gaps, of groups and of copies: closed forms and 40-digit iterations."""

from fractions import Fraction
from math import prod
from statistics import stdev

from selftest_arithmetic import (
    column_means,
    completed,
    decimal,
    full,
    power,
    principal,
    shares,
    upper_of,
    written,
)

TREE = "theorem: answers that form a tree have one consistent completion (Bozoki, Fulop & Ronyai 2010)"
LINKED = "theorem: weights exist if and only if the answers link all items (Bozoki, Fulop & Ronyai 2010)"
EQUAL = "theorem: with row geometric means both ways of joining coincide (Barzilai & Golany 1994)"
CONSISTENT = "closed form: consistent judgements among the alternatives, in exact fractions"


def gaps():
    yield (
        "gap_closed_by_its_path",
        "incomplete_evm_optimal",
        {"n": 3, "known": {"0,1": 3, "1,2": 2}, "ri": 0.52},
        {"completed": {"0,2": 6}, "weights": shares([Fraction(one) for one in (6, 2, 1)]), "cr": 0},
        TREE,
        1e-7,
    )
    # Two ways lead from 2 to 3: over 0, 6/4, and over 1, (1/2)/3; their geometric mean is 1/2.
    matrix = full([2, 4, 6, 3, "1/2", "1/2"])
    assert abs(completed(matrix, (2, 3)) - 0.5) < 1e-4, "the search and the closed form differ"
    value, weights = principal(matrix)
    yield (
        "one_gap_of_four_items",
        "incomplete_evm_optimal",
        {"n": 4, "known": {"0,1": 2, "0,2": 4, "0,3": 6, "1,2": 3, "1,3": "1/2"}, "ri": 0.83},
        {
            "completed": {"2,3": 0.5},
            "weights": weights,
            "lambda_max": value,
            "cr": (value - 4) / 3 / decimal(Fraction("0.83")),
        },
        "closed form: the gap of four items is the geometric mean of its two paths; 40-digit iteration",
        1e-6,
    )
    chain = shares([Fraction(one) for one in (6, 3, 1, 2)])
    yield (
        "chain_of_four",
        "incomplete_harker",
        {"n": 4, "known": {"0,1": 2, "1,2": 3, "2,3": "1/2"}},
        {"harker": chain, "lambda_max": 4, "llsm": chain},
        TREE,
    )
    yield (
        "ring_without_diagonals",
        "incomplete_harker",
        {"n": 4, "upper": [2, None, "1/2", 2, None, 2]},
        {"harker": [0.25] * 4, "lambda_max": 4.5},
        "closed form: the rows 2, 2, 0, 1/2 of Harker's matrix sum to 4.5 (Harker 1987)",
    )
    yield (
        "star_with_fractions",
        "incomplete_llsm",
        {"n": 4, "known": {"0,1": "1/2", "0,2": "1/3", "0,3": "1/4"}},
        {"weights": [0.1, 0.2, 0.3, 0.4], "ci": 0},
        TREE,
    )
    # Around the ring the logarithms miss closing by 3 ln 2; least squares gives each answer a quarter of it.
    yield (
        "ring_that_does_not_close",
        "incomplete_llsm",
        {"n": 4, "known": {"0,1": 2, "1,2": 2, "2,3": 2, "0,3": 1}},
        {"weights": shares([power(2, Fraction(step, 4)) for step in (3, 2, 1, 0)])},
        "closed form: least squares spread the gap of a ring evenly (Bozoki, Fulop & Ronyai 2010)",
    )
    yield (
        "three_islands",
        "incomplete_error",
        {"n": 5, "known": {"0,1": 2, "2,3": 3}},
        {"error": "disconnected", "components": 3},
        LINKED,
        0,
    )
    yield (
        "nobody_answered",
        "incomplete_error",
        {"n": 3, "known": {}},
        {"error": "disconnected", "components": 3},
        LINKED,
        0,
    )


def joined():
    yield (
        "two_equal_voices",
        "aij",
        {"uppers": [[4, 2, "1/2"], [9, 8, 2]]},
        {"a12": 6, "a13": 4, "a23": 1, "a21": Fraction(1, 6)},
        "closed form geometric mean",
    )
    yield (
        "three_voices_against_one",
        "aij",
        {"upper": [[16], [1]], "stakeholder_weights": [3, 1]},
        {"a12": 8, "weights": [Fraction(8, 9), Fraction(1, 9)]},
        "closed form weighted geometric mean: 16^(3/4)",
    )
    yield (
        "opposed_on_the_third",
        "aij_aip_equality",
        {"uppers": [[2, 8, 4], [8, 2, "1/4"]]},
        {"weights": [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)], "equal": True},
        EQUAL + "; the group says 4, 4, 1",
    )
    people = [[3, 5, "1/2"], [1, 7, 6], ["1/4", 2, 9]]
    rows = zip(*map(full, people), strict=True)
    weights = shares([power(prod(map(prod, own)), Fraction(1, 9)) for own in rows])
    yield (
        "three_people_both_ways",
        "aij_aip_equality",
        {"uppers": people},
        {"weights": weights, "aij": weights, "aip": weights, "equal": True},
        EQUAL,
    )


def surveys():
    codes = [[-2, -4, -2], [2, 4, 2], [-9, 9, -9]]
    uppers = [[2, 4, 2], ["1/2", "1/4", "1/2"], [9, "1/9", 9]]
    people = [column_means(full(upper))[0] for upper in uppers]
    third = Fraction(1, 3)
    yield (
        "three_people_three_criteria",
        "group_200",
        {
            "attributes": ["need", "ready", "land"],
            "coding": "positive k means the second is k times more important, negative means the first",
            "judgements": codes,
            "ri": 0.52,
        },
        {
            "aip_arithmetic_of_column_mean": [sum(one) / 3 for one in zip(*people, strict=True)],
            "sd": [stdev(map(float, one)) for one in zip(*people, strict=True)],
            "aij_upper": [power(9, third), power(Fraction(1, 9), third), power(9, third)],
            "accepted_cr_0.10": 2,
        },
        "exact fractions: two consistent people and a ring (4/7, 2/7, 1/7; 1/7, 2/7, 4/7; 1/3 each)",
    )
    yield (
        "two_people_two_criteria",
        "group_200",
        {"attributes": ["need", "ready"], "judgements": [[-3], [1]], "ri": 0},
        {"aip_arithmetic_of_column_mean": [0.625, 0.375], "aij_upper": [power(3, Fraction(1, 2))]},
        "closed form: 3/4 and 1/2",
    )


def paradoxes():
    people = [[9, "1/3", 2, 9, 9, 7], ["1/4", "1/2", 8, "1/3", "1/7", 1]]
    matrices = list(map(full, people))
    pooled = [
        [power(one * other, Fraction(1, 2)) for one, other in zip(*rows, strict=True)]
        for rows in zip(*matrices, strict=True)
    ]
    firsts = [place_of_largest(principal(one)[1]) for one in (*matrices, pooled)]
    assert firsts == [0, 0, 2], "this case is meant to overturn a unanimous first place"
    yield (
        "unanimous_first_overturned",
        "group_paradox",
        {"uppers": people},
        {
            "first_person_1": firsts[0],
            "first_person_2": firsts[1],
            "first_group_evm": firsts[2],
            "first_group_llsm_is_never_overturned": True,
        },
        "phenomenon: Perez & Mokotoff (2016); own instance, power iteration in 40 digits",
        0,
    )
    yield (
        "consistent_people_agree",
        "group_paradox",
        {"uppers": [written(upper_of([1, 6, 3])), written(upper_of([2, 8, 4]))]},
        {
            "first_person_1": 1,
            "first_person_2": 1,
            "first_group_evm": 1,
            "first_group_llsm_is_never_overturned": True,
        },
        "theorem: means of consistent judgements are consistent, and no order shared by all is lost",
        0,
    )


def place_of_largest(weights):
    return max(range(len(weights)), key=weights.__getitem__)


def joined_by(weights, local):
    return [
        sum(w * row[place] for w, row in zip(weights, local, strict=True)) for place in range(len(local[0]))
    ]


def copies():
    weights = [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    given = [[1, 8, 1], [9, 1, 1], [7, 8, 1]]
    yield reversal("copy_turns_the_winner", "A_B_C", weights, given, 1)
    yield reversal("copy_of_the_last_changes_nothing", "road_well_lamp", [Fraction(1)], [[4, 2, 1]], 2)


def reversal(name, key, weights, given, copied):
    rows = [list(map(Fraction, row)) for row in given]
    longer = [[*row, row[copied]] for row in rows]
    answer = {"ideal_winner_before": 0, "ideal_winner_after": 0}
    for moment, table in (("before", rows), ("after", longer)):
        found = joined_by(weights, [shares(row) for row in table])
        answer[f"distributive_{moment}"], answer[f"winner_{moment}"] = found, place_of_largest(found)
        ideal = joined_by(weights, [[one / max(row) for one in row] for row in table])
        answer[f"ideal_winner_{moment}"] = place_of_largest(ideal)
    matrices = [[written([one / other for other in row]) for one in row] for row in rows]
    inputs = {
        "criteria_weights": [float(one) for one in weights],
        key: matrices,
        "added": f"Z, a copy of {key.split('_')[copied]}",
    }
    return name, "rank_reversal", inputs, answer, CONSISTENT + " (phenomenon: Belton & Gear 1983)"


def cases():
    for group in (gaps, joined, surveys, paradoxes, copies):
        yield from group()
