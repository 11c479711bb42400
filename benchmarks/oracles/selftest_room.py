"""Reference cases of a room and of its money, by counting every possibility."""

from decimal import localcontext
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product

from selftest_arithmetic import DIGITS, decimal, ln

CONDORCET = [(23, "ABC"), (17, "BCA"), (2, "BAC"), (10, "CAB"), (8, "CBA")]
BORDA = [(1, "ABC"), (7, "ACB"), (7, "BCA"), (6, "CBA")]
FOUR = [(2, "ADCB"), (4, "BACD"), (5, "CBDA"), (2, "DBAC"), (2, "DCBA")]


def entropy(shares):
    with localcontext(prec=DIGITS):
        return -sum(decimal(one) * ln(one) for one in shares if one)


def consensus(rows, scale=9):
    """Return S* and its entropies, Goepel (2018): gamma_max is ln n."""
    with localcontext(prec=DIGITS):
        n = len(rows[0])
        alpha = sum(map(entropy, rows)) / len(rows)
        gamma = entropy([sum(column) / len(rows) for column in zip(*rows, strict=True)])
        one = Fraction(scale, n + scale - 1)
        least = entropy([one] + [Fraction(1, n + scale - 1)] * (n - 1))
        bound = least.exp() / n
        found = ((alpha - gamma).exp() - bound) / (1 - bound)
        return {"S": found, "alpha": alpha, "gamma": gamma, "beta": gamma - alpha}


def agreement():
    rows = [
        [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)],
        [Fraction(1, 6), Fraction(1, 2), Fraction(1, 3)],
    ]
    yield (
        "two_people_three_criteria",
        "consensus_shannon",
        {"priorities": [[str(one) for one in row] for row in rows], "form": "2018"},
        consensus(rows),
        "formula of Goepel (2018), entropies in 40 digits",
    )
    yield (
        "three_champions_opposed",
        "consensus_shannon",
        {
            "priorities": [[9, 1, 1], [1, 9, 1], [1, 1, 9]],
            "aij": [[9, 9, 1], ["1/9", 1, 9], [1, "1/9", "1/9"]],
        },
        {"S": 0, "gamma": ln(3), "aij_a12": 1, "aij_a13": 1, "aij_a23": 1},
        "closed form: the most opposed priorities that the scale allows",
    )
    yield concordance("three_people_with_ties", [[1, 2, 2, 4, 5], [2, 1, 3, 3, 3], [1, 1, 4, 3, 5]])
    yield concordance("four_people_without_ties", [[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4], [4, 2, 1, 3]])
    yield (
        "all_agree",
        "kendall_w",
        {"ratings_by_rater": [[3, 1, 2], [30, 10, 20]]},
        {"w_corrected": 1, "chi2": 4, "df": 2},
        "closed form",
    )
    yield (
        "two_people_opposed",
        "kendall_w",
        {"ratings_by_rater": [[1, 2, 3, 4], [4, 3, 2, 1]]},
        {"w_corrected": 0, "chi2": 0},
        "closed form",
    )


def middle_ranks(values):
    return [
        Fraction(2 * sum(other < one for other in values) + sum(other == one for other in values) + 1, 2)
        for one in values
    ]


def concordance(name, ratings):
    ranks, m, n = [middle_ranks(row) for row in ratings], len(ratings), len(ratings[0])
    totals = [sum(column) for column in zip(*ranks, strict=True)]
    spread = sum((total - Fraction(m * (n + 1), 2)) ** 2 for total in totals)
    ties = sum(row.count(one) ** 3 - row.count(one) for row in ratings for one in set(row))
    corrected = 12 * spread / (m * m * (n**3 - n) - m * ties)
    expected = {
        "w_corrected": corrected,
        "w_uncorrected": 12 * spread / (m * m * (n**3 - n)),
        "chi2": m * (n - 1) * corrected,
        "df": n - 1,
    }
    return (
        name,
        "kendall_w",
        {"ratings_by_rater": ratings},
        expected,
        "formula of Kendall & Babington Smith (1939), exact",
    )


def duels(profile):
    labels = sorted(profile[0][1])
    return {
        (one, other): sum(count for count, order in profile if order.index(one) < order.index(other))
        for one, other in permutations(labels, 2)
    }


def counted(profile):
    """Return Borda points, Copeland wins and the best order of all orders."""
    labels, wins = sorted(profile[0][1]), duels(profile)
    borda = {one: sum(wins[one, other] for other in labels if other != one) for one in labels}
    ahead = {
        one: sum(
            Fraction(1 + (wins[one, other] > wins[other, one]) - (wins[one, other] < wins[other, one]), 2)
            for other in labels
            if other != one
        )
        for one in labels
    }
    orders = {
        "".join(order): sum(wins[below, above] for above, below in combinations(order, 2))
        for order in permutations(labels)
    }
    least = min(orders.values())
    assert list(orders.values()).count(least) == 1, "this case is meant to have one best order"
    winner = next((one for one in labels if ahead[one] == len(labels) - 1), None)
    best = min(orders, key=orders.__getitem__)
    return {
        "borda": borda,
        "copeland_wins": ahead,
        "condorcet_winner": winner,
        "kemeny": best,
        "kemeny_distance": least,
    }


def beatpaths(profile):
    """Return Schulze's order from the widest of all simple paths."""
    labels, wins = sorted(profile[0][1]), duels(profile)

    def widest(one, other):
        between = [label for label in labels if label not in (one, other)]
        paths = [
            (one, *middle, other)
            for size in range(len(between) + 1)
            for middle in permutations(between, size)
        ]
        steps = [list(pairwise(path)) for path in paths]
        return max(min(wins[a, b] if wins[a, b] > wins[b, a] else 0 for a, b in path) for path in steps)

    beaten = {
        one: sum(widest(one, other) > widest(other, one) for other in labels if other != one)
        for one in labels
    }
    assert len(set(beaten.values())) == len(labels), "this case is meant to have no ties"
    return "".join(sorted(labels, key=lambda label: -beaten[label]))


def ballots(profile):
    return {"profile": [[count, list(order)] for count, order in profile]}


def voting():
    found = counted(CONDORCET)
    assert (found["kemeny"], found["kemeny_distance"]) == ("BCA", 180 - 104), (
        "Young (1988) finds BCA with 104"
    )
    yield (
        "condorcet_sixty_voters",
        "voting",
        ballots(CONDORCET),
        found,
        "Condorcet (1785); Young (1988) APSR 82:1231-1244: BCA, support 104",
        0,
    )
    found = counted(BORDA)
    assert (found["borda"], found["condorcet_winner"]) == ({"A": 16, "B": 21, "C": 26}, "C")
    yield (
        "borda_twenty_one_voters",
        "voting",
        ballots(BORDA),
        found,
        "Borda's example of 1770: plurality elects A, the loser of every duel",
        0,
    )
    yield (
        "four_proposals_every_order",
        "voting",
        ballots(FOUR),
        counted(FOUR),
        "definitions, all 24 orders counted",
        0,
    )
    yield (
        "condorcet_sixty_by_paths",
        "voting_schulze",
        ballots(CONDORCET),
        {"order": beatpaths(CONDORCET)},
        "definition (Schulze 2011), every simple path",
        0,
    )
    yield (
        "four_proposals_by_paths",
        "voting_schulze",
        ballots(FOUR),
        {"order": beatpaths(FOUR)},
        "definition (Schulze 2011), every simple path",
        0,
    )


def plans(cost, value, budget):
    """Return the best total and its only plan, from all subsets."""
    best, chosen = -1, []
    for flags in product((0, 1), repeat=len(cost)):
        spent = sum(one for one, flag in zip(cost, flags, strict=True) if flag)
        total = sum(one for one, flag in zip(value, flags, strict=True) if flag)
        if spent <= budget and total >= best:
            chosen = [*chosen, flags] if total == best else [flags]
            best = total
    assert len(chosen) == 1, "this case is meant to have one best plan"
    return best, list(chosen[0])


def walked(cost, value, budget):
    left, total = budget, 0
    for place in sorted(range(len(cost)), key=lambda one: -Fraction(value[one], cost[one])):
        if cost[place] <= left:
            left, total = left - cost[place], total + value[place]
    return total


def money():
    village = {"cost": [60, 45, 30, 25, 80], "value": [9, 7, 5, 3, 11], "budget": 140}
    best, chosen = plans(**village)
    yield (
        "five_needs_every_plan",
        "budget_knapsack",
        village,
        {"value": best, "chosen": chosen},
        "all 32 plans counted",
        0,
    )
    p07 = {
        "cost": [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
        "value": [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
        "budget": 750,
    }
    best, chosen = plans(**p07)
    assert best == 1458, "the published optimum"
    yield (
        "fifteen_items_of_kreher_and_stinson",
        "budget_knapsack",
        p07,
        {"value": best, "chosen": chosen},
        "Kreher & Stinson (1999) Combinatorial Algorithms; knapsack_01 benchmark p07",
        0,
    )
    for name, inputs in (
        ("one_large_beats_two_small", {"cost": [10, 90], "value": [2, 10], "budget": 90}),
        ("five_needs_walked", {"cost": [60, 45, 30, 25, 80], "value": [9, 7, 5, 3, 11], "budget": 105}),
    ):
        answer = {"greedy_by_ratio": walked(**inputs), "optimal": plans(**inputs)[0]}
        yield (name, "budget_greedy", inputs, answer, "definition, all plans counted", 0)
    yield (
        "all_share_one_pump",
        "budget_equal_shares",
        {
            "cost": {"road": 6, "well": 4, "pump": 6},
            "budget": 12,
            "approvals": [["road", "pump"], ["road", "pump"], ["well", "pump"]],
        },
        {"selected": "pump", "payments": [2, 2, 2], "spent": 6},
        "by hand (Peters & Skowron 2020): three pay 2 each for the pump; the rest buys nothing",
    )
    yield (
        "the_poorer_pays_what_is_left",
        "budget_equal_shares",
        {
            "cost": {"a": 9, "b": 7},
            "budget": 20,
            "approvals": [["a", "b"], ["a"], ["a"], ["b"]],
        },
        {"selected": "a,b", "payments": [5, 3, 3, 5], "spent": 16},
        "by hand (Peters & Skowron 2020): a for 3 each; then b for the 2 left of one and 5 of another",
    )


def cases():
    for group in (agreement, voting, money):
        yield from group()
