"""Small plain computations behind the shipped reference cases: fractions, 40 digits, every possibility.

Nothing here knows the product or NumPy: where the engine takes an eigenvalue routine this file iterates,
where the engine searches this file lists everything.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, permutations
from math import prod

DIGITS = 40


def plain(value):
    """Return what JSON holds: integers as they are, anything finer to ten decimals."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return round(float(value), 10) if isinstance(value, (Fraction, Decimal)) else value


def decimal(value):
    with localcontext(prec=DIGITS):
        value = Fraction(value)
        return Decimal(value.numerator) / Decimal(value.denominator)


def ln(value):
    with localcontext(prec=DIGITS):
        return decimal(value).ln() if not isinstance(value, Decimal) else value.ln()


def power(value, exponent):
    """Return value ** exponent for a positive value and a fraction as exponent."""
    with localcontext(prec=DIGITS):
        return (ln(value) * decimal(exponent)).exp()


def full(upper):
    """Return the reciprocal matrix of the judgements above the diagonal, row by row."""
    n = next(size for size in range(2, 20) if size * (size - 1) // 2 == len(upper))
    matrix = [[Fraction(1)] * n for _ in range(n)]
    for (i, j), value in zip(combinations(range(n), 2), upper, strict=True):
        matrix[i][j], matrix[j][i] = Fraction(value), 1 / Fraction(value)
    return matrix


def upper_of(weights):
    """Return the judgements that say exactly these weights."""
    return [Fraction(one) / other for one, other in combinations(weights, 2)]


def written(judgements):
    """Write judgements as people do: 3, or 1/3 as text."""
    return [int(one) if one.denominator == 1 else f"{one.numerator}/{one.denominator}" for one in judgements]


def shares(weights):
    total = sum(weights)
    return [one / total for one in weights]


def principal(matrix, rounds=600):
    """Return eigenvalue and weights by power iteration in 40 digits."""
    with localcontext(prec=DIGITS):
        cells = [[one if isinstance(one, Decimal) else decimal(one) for one in row] for row in matrix]
        weights = [Decimal(1) / len(cells)] * len(cells)
        for _ in range(rounds):
            image = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in cells]
            weights = shares(image)
        ratios = [
            sum(a * w for a, w in zip(row, weights, strict=True)) / own
            for row, own in zip(cells, weights, strict=True)
        ]
        assert max(ratios) - min(ratios) < Decimal("1e-20"), "the iteration has not settled"
        return sum(ratios) / len(ratios), weights


def geometric(matrix):
    """Return the weights by row geometric means."""
    with localcontext(prec=DIGITS):
        return shares([power(prod(map(Fraction, row)), Fraction(1, len(matrix))) for row in matrix])


def column_means(matrix):
    """Return the weights by means of normalised columns, and the mean of (A w)_i / w_i."""
    n = len(matrix)
    sums = [sum(row[j] for row in matrix) for j in range(n)]
    weights = [sum(row[j] / sums[j] for j in range(n)) / n for row in matrix]
    ratios = [
        sum(a * w for a, w in zip(row, weights, strict=True)) / weights[i] for i, row in enumerate(matrix)
    ]
    return weights, sum(ratios) / n


def furthest(matrix):
    """Return the pair with the largest a_ij w_j / w_i under the principal eigenvector."""
    weights = principal(matrix)[1]
    with localcontext(prec=DIGITS):
        return list(
            max(
                permutations(range(len(matrix)), 2),
                key=lambda pair: decimal(matrix[pair[0]][pair[1]]) * weights[pair[1]] / weights[pair[0]],
            )
        )


def orders_broken(matrix, weights):
    """Say whether a preference meets no larger weight, and a stronger one no larger ratio of weights."""
    pairs = [(i, j) for i, j in permutations(range(len(matrix)), 2) if matrix[i][j] > 1]
    slack = Decimal("1e-15")
    plain_order = any(weights[i] <= weights[j] * (1 + slack) for i, j in pairs)
    strength = any(
        matrix[i][j] > matrix[k][m] and weights[i] / weights[j] <= weights[k] / weights[m] * (1 + slack)
        for i, j in pairs
        for k, m in pairs
    )
    return plain_order, strength


def triad_measures(matrix):
    """Return congruence, dissonance (Siraj, Mikhailov & Keane 2015) and Koczkodaj's measure (1993)."""
    n = len(matrix)
    gaps, opposed = Decimal(0), 0
    for i, j in combinations(range(n), 2):
        for k in set(range(n)) - {i, j}:
            way = matrix[i][k] * matrix[k][j]
            gaps += abs(ln(way / matrix[i][j]))
            opposed += ln(way) * ln(matrix[i][j]) < 0
    triads = [matrix[i][j] * matrix[j][k] / matrix[i][k] for i, j, k in combinations(range(n), 3)]
    count = n * (n - 1) // 2 * (n - 2)
    return gaps / count, Fraction(opposed, count), max(1 - min(one, 1 / one) for one in triads)


def completed(matrix, gap):
    """Return the value for one gap that makes the principal eigenvalue smallest, by thirds of an interval."""
    i, j = gap
    low, high = Fraction(1, 9), Fraction(9)
    for _ in range(30):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        values = []
        for value in (one, other):
            tried = [list(row) for row in matrix]
            tried[i][j], tried[j][i] = value, 1 / value
            values.append(principal(tried, rounds=500)[0])
        low, high = (low, other) if values[0] < values[1] else (one, high)
        low, high = low.limit_denominator(10**12), high.limit_denominator(10**12)
    return float(low + high) / 2
