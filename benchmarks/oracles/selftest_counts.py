"""Reference cases of votes, words, influence and rules of the ceiling, by counting every possibility."""

from fractions import Fraction
from itertools import combinations, permutations, product
from math import lcm, log2

TENNESSEE = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]
WORDS = ["poor", "fair", "good", "excellent"]
CITY_WORDS = {
    "Memphis": (("excellent", 42), ("fair", 26), ("poor", 32)),
    "Nashville": (("excellent", 26), ("fair", 74)),
    "Chattanooga": (("excellent", 15), ("good", 17), ("fair", 26), ("poor", 42)),
    "Knoxville": (("excellent", 17), ("good", 15), ("fair", 26), ("poor", 42)),
}
SCHULZE = [(5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"),
           (8, "EBADC")]  # fmt: skip


def voting():
    yield (
        "tennessee_capital",
        "voting",
        {"profile": TENNESSEE},
        {
            "borda": {"M": 126, "N": 194, "C": 173, "K": 107},
            "borda_order": "NCMK",
            "copeland_order": "NCKM",
            "condorcet_winner": "N",
            "condorcet_loser": "M",
            "kemeny_order": "NCKM",
            "kemeny_score": 393,
        },
        "textbook: the capital of Tennessee",
    )
    strengths = {"A": [28, 28, 30, 24], "B": [25, 28, 33, 24], "C": [25, 29, 29, 24], "D": [25, 28, 28, 24],
                 "E": [25, 28, 28, 31]}  # fmt: skip
    paths = {
        one: dict(zip((o for o in "ABCDE" if o != one), row, strict=True)) for one, row in strengths.items()
    }
    yield (
        "schulze_forty_five_voters",
        "voting_schulze",
        {"profile": SCHULZE},
        {"order": "EACBD", "winner": "E", "paths": paths},
        "Schulze (2011), A new monotonic, clone-independent, reversal symmetric method, example 1",
    )
    siegel = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
    expected = {"w_corrected": Fraction(12 * 51, 2 * 9 * 210)}
    yield (
        "three_officers_six_applicants",
        "kendall_w",
        {"rankings": siegel},
        expected,
        "Siegel (1956), W = 0.16",
    )
    reversed_ranks = [[7 - rank for rank in row] for row in siegel]
    yield (
        "all_orders_reversed_agree_as_much",
        "kendall_w",
        {"rankings": reversed_ranks},
        expected,
        "W is the same when every order is turned round",
    )
    yield (
        "the_room_twice_agrees_as_much",
        "kendall_w",
        {"rankings": siegel * 2},
        expected,
        "W is the same when everybody in the room stands there twice",
    )
    doubled = [(2 * count, order) for count, order in SCHULZE]
    yield (
        "the_room_twice_keeps_the_order",
        "voting_schulze",
        {"profile": doubled},
        {"order": "EACBD", "winner": "E"},
        "a room doubled changes no order",
    )
    yield from incomplete()


def incomplete():
    """Yield one profile with ties and gaps under both readings of what was not named."""
    profile = [(3, "A>B=C"), (2, "B>A"), (2, "C")]
    named = [(3, [["A"], ["B", "C"]]), (2, [["B"], ["A"]]), (2, [["C"]])]
    for reading in ("last", "silent"):
        support = dict.fromkeys(permutations("ABC", 2), 0)
        for count, places in named:
            level = {label: at for at, place in enumerate(places) for label in place}
            for one, other in support:
                missing = len(places) if reading == "last" else None
                first, second = level.get(one, missing), level.get(other, missing)
                if first is not None and second is not None and first < second:
                    support[one, other] += count
        wins = {one: sum(_duel(support[one, o], support[o, one]) for o in "ABC" if o != one) for one in "ABC"}
        best = max(
            (sum(support[pair] for pair in combinations(order, 2)), order) for order in permutations("ABC")
        )
        yield (
            f"ties_and_gaps_read_as_{reading}",
            "voting",
            {"profile": profile, "unranked": reading},
            {
                "pairwise": {one: {o: support[one, o] for o in "ABC" if o != one} for one in "ABC"},
                "copeland_wins": wins,
                "kemeny_score": best[0],
            },
            "counted by hand over all orders",
        )


def _duel(mine, theirs):
    return Fraction(1 + (mine > theirs) - (mine < theirs), 2)


def without_medians(grades):
    """Return the medians that come away one by one: the order of majority judgement."""
    left, taken = sorted(grades), []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def words():
    for name, columns in (
        ("tennessee_in_words", CITY_WORDS),
        ("one_loud_voice", {"well": (("excellent", 5), ("poor", 1)), "road": (("good", 6),)}),
        (
            "only_the_share_of_words_counts",
            {"well": (("good", 2), ("poor", 1)), "road": (("good", 4), ("poor", 2))},
        ),
    ):
        people = lcm(*(sum(count for _, count in given) for given in columns.values()))
        walks = {}
        for label, given in columns.items():
            times = people // sum(count for _, count in given)  # read as shares: everybody repeated
            answers = [WORDS.index(word) for word, count in given for _ in range(count * times)]
            walks[label] = without_medians(answers)
        distinct = sorted({tuple(walk) for walk in walks.values()}, reverse=True)
        groups = [[label for label, walk in walks.items() if tuple(walk) == one] for one in distinct]
        order = [group[0] if len(group) == 1 else group for group in groups]
        yield (
            name,
            "majority_judgement",
            {"grades": {label: dict(given) for label, given in columns.items()}, "words": WORDS},
            {
                "median": {label: WORDS[walk[0]] for label, walk in walks.items()},
                "order": order,
                "winner": order[0] if isinstance(order[0], str) else None,
            },
            "Balinski & Laraki: medians taken away one by one",
        )


def splits():
    def measured(counts, low, high):
        people = sum(counts.values())
        mean = Fraction(sum(value * count for value, count in counts.items()), people)
        return (
            1
            + sum(
                count * log2(1 - abs(value - mean) / (high - low)) for value, count in counts.items() if count
            )
            / people
        )

    for name, counts in (
        ("everything_equally_often", dict.fromkeys(range(1, 6), 4)),
        ("half_four_half_five", {4: 5, 5: 5}),
        ("one_against_nine", {1: 1, 5: 9}),
    ):
        answers = [value for value, count in counts.items() for _ in range(count)]
        middle = Fraction(answers[(len(answers) - 1) // 2] + answers[len(answers) // 2], 2)
        yield (
            name,
            "consensus_spread",
            {"counts": {str(value): count for value, count in counts.items()}, "scale": [1, 5]},
            {"consensus": measured(counts, 1, 5), "median": middle, "answers": len(answers)},
            "Tastle & Wierman (2007), formula 1",
        )
    yield (
        "half_at_either_end",
        "consensus_spread",
        {"ratings": [1, 1, 5, 5], "scale": [1, 5]},
        {"consensus": 0, "median": 3, "iqr": 4, "level": "varied"},
        "closed form: no consensus",
    )
    yield (
        "all_the_same_word",
        "consensus_spread",
        {"ratings": [2, 2, None, 2], "scale": [1, 5]},
        {"consensus": 1, "iqr": 0, "level": "uniform", "answers": 3},
        "closed form: full consensus",
    )


def influence():
    gloves = {"L,R1": 1, "L,R2": 1, "L,R1,R2": 1}
    yield (
        "one_left_glove_two_right",
        "shapley_value",
        {"players": ["L", "R1", "R2"], "worths": gloves},
        {"values": {"L": Fraction(2, 3), "R1": Fraction(1, 6), "R2": Fraction(1, 6)}, "total": 1},
        "textbook: the glove game",
    )
    costs = {"a": 8, "b": 11, "c": 13, "d": 18}
    worths = {
        ",".join(group): max(costs[one] for one in group)
        for size in range(1, 5)
        for group in combinations(costs, size)
    }
    yield (
        "airport_of_four",
        "shapley_value",
        {"players": list(costs), "worths": worths},
        {"values": {"a": 2, "b": 3, "c": 4, "d": 9}, "total": 18},
        "textbook: the airport game",
    )


def counted():
    labels = list("ABCDEFGH")
    choices = [["A", "B", "C"], ["A", "B", "D"], ["A", "C", "H"], ["B", "A", "C"]]
    points = {label: sum(label in chosen for chosen in choices) for label in labels}
    yield (
        "three_of_eight",
        "mad_vote",
        {"proposals": labels, "choices": choices},
        {"points": points, "required": 3, "ballots": 4, "winner": "A"},
        "counted by hand",
    )
    yield (
        "a_choice_made_twice_is_refused",
        "mad_vote",
        {"proposals": labels, "choices": [["A", "A", "C"]]},
        {"error": "invalid_ballots", "required": 3},
        "three different ones are asked for",
    )
    for people, proposals, required in ((3, 11, 5), (2, 18, 5), (2, 19, 7)):
        names = [f"U{number}" for number in range(1, proposals + 1)]
        chosen = [names[at : at + required] for at in range(people)]
        yield (
            f"{required}_of_{proposals}",
            "mad_vote",
            {"proposals": names, "choices": chosen},
            {
                "points": {name: sum(name in one for one in chosen) for name in names},
                "required": required,
                "ballots": people,
            },
            "up to 10 proposals 3 choices, up to 18 five, above seven",
        )
    yield (
        "three_two_one",
        "preference_vote",
        {"choices": [["A", "B", "C"], ["B", "A", "C"], ["C"]]},
        {"points": {"A": 5, "B": 5, "C": 5}, "order": [["A", "B", "C"]], "winner": None},
        "3, 2 and 1 points",
    )
    yield (
        "a_place_left_out_is_no_place",
        "preference_vote",
        {"choices": [["A", "B"], ["A"]], "proposals": ["A", "B", "C"]},
        {"points": {"A": 6, "B": 2, "C": 0}, "order": "ABC"},
        "3, 2 and 1 points",
    )
    yield (
        "dots_are_added",
        "dot_vote",
        {"dots": {"p": {"A": 3, "B": 2}, "q": {"B": 1}}, "each": 5},
        {"points": {"A": 3, "B": 3}, "order": [["A", "B"]], "ballots": 2},
        "counted by hand",
    )
    yield (
        "more_dots_than_handed_out",
        "dot_vote",
        {"dots": {"p": {"A": 4, "B": 2}}, "each": 5},
        {"error": "invalid_ballots"},
        "five were handed out",
    )
    yield (
        "plano_of_three_groups",
        "merged_orders",
        {"orders": {"g1": ["A", "B", "C"], "g2": ["B", "A", "C"], "g3": ["B", ["A", "C"]]}},
        {"sums": {"A": 5.5, "B": 4, "C": 8.5}, "order": "BAC"},
        "sum of ranks, smallest first; a tie shares the mean of its places",
    )
    yield (
        "plano_with_weights",
        "merged_orders",
        {"orders": {"g1": ["A", "B"], "g2": ["B", "A"]}, "weights": {"g1": 2, "g2": 1}},
        {"sums": {"A": 4, "B": 5}, "order": "AB"},
        "sum of ranks, each times the weight of its group",
    )
    yield (
        "plano_with_a_gap",
        "merged_orders",
        {"orders": {"g1": {"A": 1, "B": 2}, "g2": {"A": 1}}},
        {"error": "incomplete_group_order"},
        "every group ranks every proposal",
    )


COSTS = {"a": 60, "b": 40, "c": 30, "d": 20, "e": 50}
VALUES = {"a": 90, "b": 70, "c": 45, "d": 20, "e": 80}
VILLAGE = {"a": "north", "b": "north", "c": "south", "d": "south", "e": "north"}
MONEY = {"cost": COSTS, "value": VALUES, "budget": 120}


def subsets():
    return (group for size in range(len(COSTS) + 1) for group in combinations(COSTS, size))


def best(keeps=lambda _: True, budget=120):
    fitting = [g for g in subsets() if sum(COSTS[one] for one in g) <= budget and keeps(g)]
    return max(fitting, key=lambda g: sum(VALUES[one] for one in g), default=None)


def walked(order, budget, at_line):
    funded, left = [], budget
    for label in order:
        if COSTS[label] <= left:
            funded.append(label)
            left -= COSTS[label]
        elif at_line == "stop":
            break
    return funded, left


def at_the_line():
    order = sorted(VALUES, key=lambda label: -VALUES[label])
    for at_line in ("stop", "skip"):
        funded, left = walked(order, 120, at_line)
        yield (
            f"by_rank_{at_line}",
            "budget_rank",
            {**MONEY, "at_line": at_line},
            {"funded": funded, "left": left, "spent": 120 - left},
            "walked by hand",
        )
    kept = [one for one in order if sum(VILLAGE[o] == VILLAGE[one] for o in order[: order.index(one)]) < 1]
    funded, left = walked(kept, 120, "skip")
    yield (
        "one_of_each_village",
        "budget_rank",
        {**MONEY, "at_line": "skip", "groups": VILLAGE, "at_most": 1},
        {"funded": funded, "left": left, "over_quota": sorted(set(order) - set(kept))},
        "walked by hand",
    )
    yield (
        "a_tie_at_the_line_is_left_to_the_forum",
        "budget_rank",
        {"cost": {"a": 10, "b": 10}, "ranks": {"a": 1, "b": 1}, "budget": 10},
        {"tied_at_line": ["a", "b"], "left": 10, "spent": 0},
        "both share the rank and only one fits",
    )
    yield (
        "a_misspelt_key_is_refused",
        "budget_rank",
        {**MONEY, "at_lin": "skip"},
        {"error": "unknown_input", "unknown": ["at_lin"]},
        "what nothing reads could change the answer",
    )


def with_conditions():
    for name, condition, keeps in (
        ("two_of_the_south", {"count": {"min": 2}, "where": {"village": "south"}},
         lambda g: sum(VILLAGE[one] == "south" for one in g) >= 2),
        ("at_most_half_to_the_north", {"share": {"max": "1/2"}, "where": {"village": "north"}},
         lambda g: sum(COSTS[one] for one in g if VILLAGE[one] == "north") <= 60),
        ("most_of_what_is_spent_in_the_south",
         {"share": {"min": "6/10"}, "of": "spent", "where": {"village": "south"}},
         lambda g: 10 * sum(COSTS[o] for o in g if VILLAGE[o] == "south") >= 6 * sum(COSTS[o] for o in g)),
        ("a_needs_d", {"requires": ["e", "d"]}, lambda g: "e" not in g or "d" in g),
        ("only_one_of_two", {"only_one": ["b", "e"]}, lambda g: not {"b", "e"} <= set(g)),
        ("a_ceiling_of_its_own", {"ceiling": 50, "where": {"village": "north"}},
         lambda g: sum(COSTS[one] for one in g if VILLAGE[one] == "north") <= 50),
        ("money_that_must_go_south", {"floor": 50, "where": {"village": "south"}},
         lambda g: sum(COSTS[one] for one in g if VILLAGE[one] == "south") >= 50),
        ("half_of_the_funded_in_the_south", {"count_share": {"min": "1/2"}, "where": {"village": "south"}},
         lambda g: 2 * sum(VILLAGE[one] == "south" for one in g) >= len(g)),
    ):  # fmt: skip
        found = best(keeps)
        yield (
            name,
            "budget_conditions",
            {**MONEY, "groups": {"village": VILLAGE}, "conditions": [condition]},
            {
                "value": sum(VALUES[one] for one in found),
                "spent": sum(COSTS[one] for one in found),
                "proven": True,
            },
            "all 32 plans counted",
        )
    found = best(lambda g: "d" in g)
    yield (
        "what_was_promised_before",
        "budget_conditions",
        {**MONEY, "committed": ["d"]},
        {"value": sum(VALUES[one] for one in found), "funded": sorted(found)},
        "all 32 plans counted",
    )
    yield (
        "minimums_above_the_ceiling",
        "budget_conditions",
        {
            **MONEY,
            "groups": {"village": VILLAGE},
            "conditions": [{"floor": 130, "where": {"village": "north"}}],
        },
        {"error": "conditions_clash"},
        "130 do not fit under 120",
    )
    yield (
        "a_condition_that_asks_nothing",
        "budget_conditions",
        {**MONEY, "conditions": [{"name": "empty"}]},
        {"error": "condition_unclear", "condition": 1},
        "it would quietly hold always",
    )


def over_years():
    costs, values = {"a": 6, "b": 5, "c": 4}, {"a": 12, "b": 9, "c": 7}
    for leftovers, discount in product(("lapses", "carries_over"), (Fraction(1), Fraction(19, 20))):
        plans = []
        for years in product((None, 0, 1), repeat=3):
            spent = [
                sum(costs[one] for one, year in zip(costs, years, strict=True) if year == at) for at in (0, 1)
            ]
            first = spent[0] <= 8
            second = sum(spent) <= 15 if leftovers == "carries_over" else spent[1] <= 7
            if first and second:
                worth = sum(
                    values[one] * discount**year
                    for one, year in zip(costs, years, strict=True)
                    if year is not None
                )
                plans.append((worth, years))
        worth = max(plan[0] for plan in plans)
        best_plans = [planned for value, planned in plans if value == worth]
        if len(best_plans) != 1:
            continue
        year_of = {
            one: 2027 + year for one, year in zip(costs, best_plans[0], strict=True) if year is not None
        }
        yield (
            f"two_years_{leftovers}_{discount.numerator}",
            "budget_years",
            {
                "cost": costs,
                "value": values,
                "ceilings": {"2027": 8, "2028": 7},
                "discount": str(discount),
                "leftovers": leftovers,
            },
            {"year_of": {one: str(year) for one, year in year_of.items()}, "funded": list(year_of)},
            "all 27 plans counted",
        )


def why():
    order = sorted(VALUES, key=lambda label: -VALUES[label])  # a e b c d; 60 + 50 leave 10
    yield (
        "the_third_of_the_list",
        "budget_why_not",
        {**MONEY, "proposal": "b"},
        {"funded": False, "cost_less": 30, "ceiling_more": 30, "score_more": 11},
        f"by hand, in the order {' '.join(order)}: 10 are left for 40, and above e it fits beside a",
    )
    yield (
        "what_is_funded_needs_no_change",
        "budget_why_not",
        {**MONEY, "proposal": "a"},
        {"funded": True},
        "first of the list",
    )


def split():
    needs = {
        "north": {"area": 1, "poor": 30},
        "south": {"area": 2, "poor": 30},
        "west": {"area": 4, "poor": 0},
    }
    for name, weights, budget in (
        ("seven_parts_to_the_last_rupiah", {"area": 1, "poor": 1}, 1001),
        ("weights_in_any_unit", {"area": 30, "poor": 70}, 100_003),
    ):
        totals = {one: sum(Fraction(row[one]) for row in needs.values()) for one in weights}
        whole = sum(weights.values())
        exact = {
            label: budget * sum(Fraction(weights[one], whole) * row[one] / totals[one] for one in weights)
            for label, row in needs.items()
        }
        amounts = {label: int(part) for label, part in exact.items()}
        rest = budget - sum(amounts.values())
        for label in sorted(exact, key=lambda one: (-(exact[one] - int(exact[one])), one))[:rest]:
            amounts[label] += 1
        yield (
            name,
            "needs_split",
            {"needs": needs, "weights": weights, "budget": budget},
            {"amounts": amounts, "total": budget},
            "largest remainder (Hamilton), in exact fractions",
        )


def cases():
    for topic in (
        voting,
        words,
        splits,
        influence,
        counted,
        at_the_line,
        with_conditions,
        over_years,
        why,
        split,
    ):
        yield from topic()
