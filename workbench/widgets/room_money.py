"""Money as people write it, in whole rupiah; what is only likely is shown back before it is taken."""

from __future__ import annotations

from workbench.domain.intake import Confidence
from workbench.errors import InvalidInput, Problem
from workbench.present.format import EMPTY
from workbench.present.problems import problem_sentence
from workbench.store.intake.cells_read import PLAINLY_RUPIAH
from workbench.store.intake.conversions import Value, read_amount
from workbench.widgets.room_desk import Desk


def tried_amount(field: str, text: str) -> int | None:
    """Return the rupiah of a text that only tries something out: the page shows what was read; None if empty.

    Raises
    ------
    InvalidInput
        What could be two amounts, or is none.

    Examples
    --------
    >>> tried_amount("Pagu", "1,5 M"), tried_amount("Pagu", " ")
    (1500000000, None)
    """
    if not text.strip():
        return None
    value = read_amount(text)
    if isinstance(value.value, int):
        return value.value
    raise InvalidInput([Problem(value.how, column=field, value=text.strip(), facts=value.facts)])


class MoneyDoor:
    """Let amounts in: as the importer reads them, and never a likely one that nobody saw read back.

    What has one meaning is taken at once. "55 juta", or an amount too small to be meant in rupiah, is said
    back in whole rupiah and taken when the same text is recorded again. What could be two amounts is refused
    with what to write instead.

    Parameters
    ----------
    desk : Desk
        Says what was read.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._read_back: tuple[str, ...] = ()

    def amount(self, field: str, text: str) -> int | None:
        """Return the rupiah of one text; None where the page has said why not yet."""
        found = self.amounts(field, [text])
        return None if found is None else found[0]

    def amounts(self, field: str, texts: list[str]) -> list[int] | None:
        """Return the rupiah of texts that stand in one field; None where the page has said why not yet."""
        values = {text.strip(): read_amount(text) for text in texts}
        wrong = [text for text, value in values.items() if not isinstance(value.value, int)]
        if wrong:
            self.desk.say("\n".join(self._refused(field, text, values[text]) for text in wrong), wrong=True)
            return None
        likely = tuple(text for text, value in values.items() if _only_likely(value))
        if likely and likely != self._read_back:
            self._read_back = likely
            self._say_back({text: int(str(values[text].value)) for text in likely})
            return None
        return [int(str(values[text.strip()].value)) for text in texts]

    def forget(self) -> None:
        """Read the next amount back again, after one was recorded."""
        self._read_back = ()

    def _refused(self, field: str, text: str, value: Value) -> str:
        if not text:
            return self.desk.t("prepare.not_money", value=EMPTY)
        return problem_sentence(Problem(value.how, column=field, value=text, facts=value.facts), self.desk.t)

    def _say_back(self, likely: dict[str, int]) -> None:
        t = self.desk.t
        parts = [t("money.read", text=text, amount=amount) for text, amount in likely.items()]
        self.desk.say(t("money.read_back", parts=parts), wrong=True)


def _only_likely(value: Value) -> bool:
    small = isinstance(value.value, int) and 0 < value.value < PLAINLY_RUPIAH
    return value.confidence is not Confidence.CERTAIN or small
