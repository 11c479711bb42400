"""What the room thinks together, and who is not heard: `deliberate(session, rules, outcome) -> Deliberation`.

It stands beside the outcome and changes nothing in it. `decided_list` lays the forum's own decisions over
it. No result holds a person's answer; every figure about
a part of the room has at least five people behind it, and so has every difference of such figures (see
`workbench.deliberation.blocks`).
"""

from workbench.deliberation.attendance import Attendance
from workbench.deliberation.collecting import Collected, Source, collected
from workbench.deliberation.concordance import WHOLE_ROOM, UnitAgreement
from workbench.deliberation.decided import DecidedList, Status, decided_list
from workbench.deliberation.deliberation import Deliberation, deliberate
from workbench.deliberation.disputes import Disputed, disputed
from workbench.deliberation.group_cards import FEWEST_GROUPS
from workbench.deliberation.groupings import UNSTATED
from workbench.deliberation.held_rounds import delphi_rule
from workbench.deliberation.methods import MethodOrders, MethodsFound, compare_methods, compare_orders
from workbench.deliberation.opinions import Opinion, OpinionsFound, find_opinions
from workbench.deliberation.plano import Plano, merged_orders, plano_of
from workbench.deliberation.priorities import PriorityConsensus, priority_consensus
from workbench.deliberation.readings import GROUP, LEAST_HEARD, PERSON, TOP, Distinction, GroupReading
from workbench.deliberation.rounds import RoundChanges, round_changes
from workbench.deliberation.spreads import Spreads
from workbench.deliberation.support import PairSupport, Supported, support_of
from workbench.deliberation.voices import Flips, GroupVoices, Voices, whose_voice
from workbench.deliberation.weighted import WeightedReading, weighted_reading

__all__ = [
    "FEWEST_GROUPS",
    "GROUP",
    "LEAST_HEARD",
    "PERSON",
    "TOP",
    "UNSTATED",
    "WHOLE_ROOM",
    "Attendance",
    "Collected",
    "DecidedList",
    "Deliberation",
    "Disputed",
    "Distinction",
    "Flips",
    "GroupReading",
    "GroupVoices",
    "MethodOrders",
    "MethodsFound",
    "Opinion",
    "OpinionsFound",
    "PairSupport",
    "Plano",
    "PriorityConsensus",
    "RoundChanges",
    "Source",
    "Spreads",
    "Status",
    "Supported",
    "UnitAgreement",
    "Voices",
    "WeightedReading",
    "collected",
    "compare_methods",
    "compare_orders",
    "decided_list",
    "deliberate",
    "delphi_rule",
    "disputed",
    "find_opinions",
    "merged_orders",
    "plano_of",
    "priority_consensus",
    "round_changes",
    "support_of",
    "weighted_reading",
    "whose_voice",
]
