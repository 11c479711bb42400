"""The facts that a berita acara states, written out; what nobody recorded is a visible blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workbench.deliberation import Status
from workbench.deliberation.attendance import present_people
from workbench.domain.local_terms import forms_of, terms_of
from workbench.domain.minutes_text import FACTS, places_of
from workbench.domain.region_codes import Level, ancestor
from workbench.present.i18n import Translator
from workbench.present.minutes.material import Material
from workbench.present.spelled_numbers import day_name, month_name, spelled, spelled_rupiah

BLANK = ".........."


def minutes_facts(material: Material, t: Translator) -> Mapping[str, str]:
    """Return every fact of `workbench.domain.minutes_text.FACTS`; in capitals by its name in capitals.

    Parameters
    ----------
    material : Material
    t : Translator
        Indonesian: official paper has one language.
    """
    known = {
        **_forum(material),
        **_day(material.session.facts.date, t),
        **_regions(material),
        **_people(material),
        **_lists(material, t),
    }
    written = {name: known.get(name) or BLANK for name in FACTS}
    words = {
        place: text
        for term, word in terms_of(material.session.facts).items()
        for place, text in forms_of(term, word).items()
    }
    return words | written | {name.upper(): value.upper() for name, value in written.items()}


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its places filled.

    Examples
    --------
    >>> filled("Tahun {plan_year}, {place}", {"plan_year": "2027", "place": BLANK})
    'Tahun 2027, ..........'
    """
    return text.format(**{name: facts[name] for name in places_of(text)})


def _forum(material: Material) -> dict[str, str]:
    facts = material.session.facts
    return {
        "forum": _of_place(facts.forum, facts.region_name),
        "number": facts.minutes_number,
        "plan_year": str(facts.plan_year or ""),
        "start": facts.start,
        "end": facts.end,
        "zone": facts.zone,
        "place": facts.place,
        "address": facts.address,
        "legal_basis": facts.legal_basis,
        "chair": material.name_of("chair"),
    }


def _of_place(forum: str, place: str) -> str:
    """Return the name of a forum with its place: "Musrenbang Desa" of "Desa Sukamaju" says the word once."""
    if not forum or place.casefold() in forum.casefold():
        return forum
    kind, _, name = place.partition(" ")
    return f"{forum} {name if forum.casefold().split()[-1:] == [kind.casefold()] else place}"


def _day(written: str, t: Translator) -> dict[str, str]:
    """Return the day in figures and words; a text that is no date is repeated as it stands."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return {"date": written}
    return {
        "date": t.style.date(day).split(", ", 1)[1],
        "day": day_name(day),
        "date_spelled": spelled(day.day),
        "month": month_name(day),
        "year_spelled": spelled(day.year),
    }


def _regions(material: Material) -> dict[str, str]:
    session = material.session
    code = session.facts.region
    named = {"region": session.facts.region_name}
    for name, level in (
        ("province", Level.PROVINCE),
        ("regency", Level.REGENCY),
        ("district", Level.DISTRICT),
        ("village", Level.VILLAGE),
    ):
        above = ancestor(code, level)
        named[name] = session.regions.name(above) if above in session.regions else ""
    return named


def _people(material: Material) -> dict[str, str]:
    people = material.session.participants.frame
    invited = material.session.facts.invited
    found = {"invited": "" if invited is None else str(invited)}
    if people.empty:
        return found
    people = present_people(material.session)
    found |= {"present": str(len(people)), "present_spelled": spelled(len(people))}
    if (people["sex"] != "").all():
        women = int((people["sex"] == "female").sum())
        found |= {"women": str(women), "men": str(len(people) - women)}
    return found


def _lists(material: Material, t: Translator) -> dict[str, str]:
    lists = material.lists.values()

    def count(*statuses: Status) -> int:
        return sum(len(one.decided.with_status(*statuses)) for one in lists)

    proposals = sum(len(one.decided.table) for one in lists)
    funded, spent = count(Status.FUNDED), sum(one.decided.spent for one in lists)
    found = {
        "proposals": t.style.count(proposals),
        "proposals_spelled": spelled(proposals),
        "funded": t.style.count(funded),
        "funded_spelled": spelled(funded),
        "not_funded": t.style.count(count(Status.NOT_FUNDED, Status.RANKED)),
        "not_rankable": t.style.count(count(Status.NOT_RANKABLE)),
        "overridden": t.style.count(sum(int(one.decided.table["overridden"].sum()) for one in lists)),
        "spent": t.style.rupiah(spent),
        "spent_spelled": spelled_rupiah(spent),
    }
    ceilings = [one.outcome.ceiling for one in lists if one.outcome.ceiling is not None]
    if ceilings:
        rooms = [one.outcome.room for one in lists if one.outcome.room is not None]
        found |= {
            "ceiling": t.style.rupiah(sum(ceilings)),
            "ceiling_spelled": spelled_rupiah(sum(ceilings)),
            "room": t.style.rupiah(sum(rooms)),
            "left": t.style.rupiah(sum(rooms) - spent),
        }
    return found
