"""The ceiling explained: the price of every rule, what survives them all, what more money buys, and why not.

Pure: reads a session and its outcome, changes neither.
"""

from workbench.budgeting.answers import Remedy, WhyNot
from workbench.budgeting.comparison import Comparison, PriceOfRule, compare_rules
from workbench.budgeting.contest import Contest, Support, contest_of
from workbench.budgeting.curve import Point, curve_of_money
from workbench.budgeting.readings import READINGS, Reading, read_rule, rules_compared
from workbench.budgeting.why import below_the_line, most_explained, most_on_slips, why_not

__all__ = [
    "READINGS",
    "Comparison",
    "Contest",
    "Point",
    "PriceOfRule",
    "Reading",
    "Remedy",
    "Support",
    "WhyNot",
    "below_the_line",
    "compare_rules",
    "contest_of",
    "curve_of_money",
    "most_explained",
    "most_on_slips",
    "read_rule",
    "rules_compared",
    "why_not",
]
