"""One act in the room, as it stands in the journal: JSON alone, told apart by its request id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

CHANNELS = ("paper", "room", "phone", "tablet", "import", "form", "rehearsal")
"""How an act reached the room: a card keyed in, the operator's page, a device, a table, a filled form,
a simulation."""


@dataclass(frozen=True)
class Entry:
    """One act.

    Attributes
    ----------
    kind : str
        A name of `workbench.room.replay.ACTS`.
    body : mapping
        JSON values; which ones, the kind says.
    request : str
        Unique id of the delivery: the same id twice is the same act, counted once.
    operator : str
        Who keyed it in, by role ("operator 1"), never by name.
    channel : str
        One of `CHANNELS`.
    at : str
        Time as the edge gives it (ISO 8601), empty where unknown; nothing is computed from it.
    stamp : int
        Logical time: one more than all that its writer had seen. 0 until the journal gives it.
    origin : str
        The journal that first took it.

    Examples
    --------
    >>> Entry("step_entered", {"step": "result"}, "r-1").body["step"]
    'result'
    """

    kind: str
    body: Mapping[str, Any]
    request: str
    operator: str = ""
    channel: str = "room"
    at: str = ""
    stamp: int = 0
    origin: str = ""
    _content: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", MappingProxyType(dict(self.body)))

    @property
    def content(self) -> str:
        """What makes two deliveries the same act, as canonical JSON: all but time, stamp and origin."""
        if not self._content:
            parts = [self.kind, dict(self.body), self.operator, self.channel]
            object.__setattr__(self, "_content", canonical(parts))
        return self._content

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among all entries of all journals; ties of the logical time by origin and id."""
        return self.stamp, self.origin, self.request

    def placed(self, stamp: int, origin: str, at: str) -> Entry:
        """Return the entry with its place and time, its body as JSON gives it back.

        Raises
        ------
        ValueError, TypeError
            When the body holds what JSON cannot.
        """
        body = json.loads(canonical(dict(self.body)))
        return replace(self, body=body, stamp=stamp, origin=origin, at=self.at or at, _content="")


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no blanks: equal values give equal text.

    Raises
    ------
    ValueError, TypeError
        For what JSON cannot hold: NaN, infinities, other objects.

    Examples
    --------
    >>> canonical({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
