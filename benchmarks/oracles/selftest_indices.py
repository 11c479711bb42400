"""Reference cases of consistency, of random indices and of weights from an order, exactly."""

from fractions import Fraction
from itertools import product

from selftest_arithmetic import full, ln, power, triad_measures, written
from selftest_pairwise import CIRCULANT, GENERAL_4, QUARTER, RING_4, THIRD, TRIAD_2


def indices():
    congruence, dissonance, koczkodaj = triad_measures(full(TRIAD_2))
    assert koczkodaj == 1 - Fraction(1, 8)
    yield (
        "measures_of_a_triad",
        "consistency_indices",
        {"upper": TRIAD_2, "ri": 0.52},
        {
            "cr": QUARTER / Fraction("0.52"),
            "congruence": congruence,
            "dissonance": dissonance,
            "koczkodaj": koczkodaj,
            "gci": ln(8) ** 2 / 3,
        },
        "closed form: |ln 8|, 2/3, 1 - 1/8, (ln 8)^2 / 3",
    )
    congruence, dissonance, koczkodaj = triad_measures(full(GENERAL_4))
    yield (
        "measures_of_four_items",
        "consistency_indices",
        {"matrix": [written(row) for row in full(GENERAL_4)], "ri": 0.89},
        {"congruence": congruence, "dissonance": dissonance, "koczkodaj": koczkodaj},
        "definitions of Siraj, Mikhailov & Keane (2015) and Koczkodaj (1993), triad by triad",
    )
    yield (
        "ring_of_four_fitted",
        "cr_linear_fit",
        {"upper": RING_4},
        {"cr": Fraction(4, 3) / (Fraction("2.7699") * 4 - Fraction("4.3513") - 4)},
        CIRCULANT + "; fit of Alonso & Lamata (2006)",
    )
    yield (
        "five_items_from_lambda",
        "cr_linear_fit",
        {"lambda_max": 5.4, "n": 5},
        {"cr": Fraction("0.4") / (Fraction("2.7699") * 5 - Fraction("4.3513") - 5)},
        "formula of Alonso & Lamata (2006)",
    )
    yield (
        "gci_of_a_triad",
        "gci",
        {"upper": TRIAD_2, "n": 3},
        {"gci": ln(8) ** 2 / 3},
        "closed form (ln 8)^2 / 3",
    )
    yield (
        "gci_of_a_ring",
        "gci",
        {"matrix": [written(row) for row in full(RING_4)]},
        {"gci": ln(3) ** 2 * 4 / 3},
        "closed form: equal weights, four residuals of ln 3 (Crawford & Williams 1985)",
    )
    yield (
        "gci_threshold_of_four",
        "gci_threshold",
        {"n": 4, "ri": 0.882, "cr": 0.1},
        {"gci": 0.3526},
        "Aguaron & Moreno-Jimenez (2003) EJOR 147:137-145",
        2e-3,
    )
    yield (
        "gci_threshold_of_six",
        "gci_threshold",
        {"n": 6, "ri": 1.25, "cr": 0.05},
        {"gci": Fraction(12, 4) * Fraction("0.0625")},
        "near consistency GCI = 2n/(n-2) CI (Aguaron & Moreno-Jimenez 2003)",
    )


def random_indices():
    scale = [Fraction(value) for value in range(1, 10)] + [Fraction(1, value) for value in range(2, 10)]
    logs = [power(one * other / third, THIRD) for one, other, third in product(scale, repeat=3)]
    mean = sum(t + 1 / t for t in logs) / len(logs)
    yield (
        "every_matrix_of_three",
        "random_index",
        {"n": 3},
        {"ri": (mean - 2) / 2},
        "all 17^3 matrices of three items, each by the closed form (t + 1/t - 2) / 2",
    )
    yield (
        "two_items_are_consistent",
        "random_index",
        {"n": 2},
        {"ri": 0},
        "theorem: two items cannot contradict",
    )
    yield (
        "saaty_1980_seven",
        "random_index",
        {"n": 7, "table": "saaty_1980"},
        {"ri": 1.32},
        "Saaty (1980) The Analytic Hierarchy Process",
    )
    yield (
        "saaty_1980_three_to_ten",
        "random_index_table",
        {"n": [3, 4, 5, 6, 7, 8, 9, 10], "table": "saaty_1980"},
        {"ri": [0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]},
        "Saaty (1980) The Analytic Hierarchy Process",
    )
    yield (
        "own_table_small",
        "random_index_table",
        {"n": [1, 2, 3, 4]},
        {"ri": [0, 0, (mean - 2) / 2, 0.884]},
        "closed form for 1..3; Agoston & Csato (2022) for 4",
        5e-4,
    )
    for n in (2, 4):
        weights = [sum(Fraction(1, k) for k in range(i, n + 1)) / n for i in range(1, n + 1)]
        yield (
            f"centroids_of_{n}",
            "rank_order_centroid",
            {"n": n},
            {"weights": weights},
            "closed form (Barron & Barrett 1996)",
        )


def cases():
    for group in (indices, random_indices):
        yield from group()
