"""What the room thinks together, and who is not heard: `deliberate(session, rules, outcome) -> Deliberation`.

It stands beside the outcome and changes nothing in it. `decided_list` lays the forum's own decisions over
it. No result holds a person's answer; every figure about
a part of the room has at least five people behind it, and so has every difference of such figures (see
`workbench.deliberation.blocks`).
"""

from workbench.deliberation.attendance import Attendance
from workbench.deliberation.concordance import WHOLE_ROOM, UnitAgreement
from workbench.deliberation.decided import DecidedList, Status, decided_list
from workbench.deliberation.deliberation import Deliberation, deliberate
from workbench.deliberation.groupings import UNSTATED
from workbench.deliberation.readings import GROUP, LEAST_HEARD, PERSON, TOP, Distinction, GroupReading
from workbench.deliberation.rounds import Disputed, RoundChanges, delphi_rule, disputed, round_changes
from workbench.deliberation.spreads import Spreads
from workbench.deliberation.voices import Flips, GroupVoices, Voices, whose_voice

__all__ = [
    "GROUP",
    "LEAST_HEARD",
    "PERSON",
    "TOP",
    "UNSTATED",
    "WHOLE_ROOM",
    "Attendance",
    "DecidedList",
    "Deliberation",
    "Disputed",
    "Distinction",
    "Flips",
    "GroupReading",
    "GroupVoices",
    "RoundChanges",
    "Spreads",
    "Status",
    "UnitAgreement",
    "Voices",
    "decided_list",
    "deliberate",
    "delphi_rule",
    "disputed",
    "round_changes",
    "whose_voice",
]
