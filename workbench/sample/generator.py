"""Generate the fictional sample kabupaten from one seed."""

from __future__ import annotations

from types import MappingProxyType

from workbench.domain.facts import LISTS, Facts
from workbench.domain.rules import Rules
from workbench.sample.ballots import ballot_table
from workbench.sample.criteria import criteria_table, points_table
from workbench.sample.gates import gate_table
from workbench.sample.geometry import draw_geometry
from workbench.sample.judgements import judgement_table
from workbench.sample.money import budget_table
from workbench.sample.people import delegates, identity_table, participant_table
from workbench.sample.places import districts, region_table
from workbench.sample.proposals import draw_proposals
from workbench.sample.sample import Sample
from workbench.sample.wordlists import read

DEFAULT_SEED = 20250303


def generate(seed: int = DEFAULT_SEED) -> Sample:
    """Generate the sample: equal seeds give equal tables on every machine.

    Parameters
    ----------
    seed : int
        Not negative. Names of places and the number of proposals of a district do not depend on it.

    Returns
    -------
    Sample
        Tables that pass every check of the domain, facts, rules and geometry.
    """
    places = districts(seed)
    drawn = draw_proposals(seed, places)
    participants = participant_table(seed, places)
    cards = delegates(participants, places)
    tables = {
        "proposals": drawn.table,
        "criteria": criteria_table(),
        "points": points_table(),
        "participants": participants,
        "ballots": ballot_table(seed, places, drawn.traits, participants),
        "judgements": judgement_table(seed),
        "gates": gate_table(seed, drawn.traits),
        "budget": budget_table(seed, places),
        "regions": region_table(places),
        "identities": identity_table(participants, cards),
    }
    words = read("words")
    return Sample(
        tables=MappingProxyType(tables),
        facts=_facts(seed, cards),
        rules=Rules(stage=words["stages"]["district"]),
        edition=words["marks"]["edition"],
        geometry=MappingProxyType(draw_geometry(seed, places)),
    )


def _facts(seed: int, cards: tuple[str, ...]) -> Facts:
    words, regency = read("words"), read("regions")["regency"]
    stated = dict(words["facts"])
    stated |= {name: tuple(stated[name]) for name in LISTS if name in stated}
    stated["data_source"] = stated["data_source"].format(seed=seed)
    return Facts(
        **stated,
        region=regency["code"],
        region_name=regency["name"],
        data_mark=words["marks"]["data"],
        delegates=cards,
    )
