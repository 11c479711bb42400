"""Small rooms that weigh criteria, as sessions and as folders."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.domain.ballots import JUDGEMENT_COLUMNS, Judgements
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.preferences import COLUMNS as PREFERENCE_COLUMNS
from workbench.domain.preferences import Preferences
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.session import Session

FLAT = {"K1": "", "K2": "", "K3": ""}
TREE = {"G1": "", "G2": "", "K1": "G1", "K2": "G1", "K3": "G2", "K4": "G2", "K5": "G2"}


def criteria(parents: dict[str, str], weights: dict[str, object] | None = None) -> Criteria:
    """Return criteria by their parents; a weight may be a number or a text such as "30 %"."""
    groups = set(parents.values()) - {""}
    lines = []
    for label, parent in parents.items():
        given = (weights or {}).get(label)
        percent = isinstance(given, str)
        lines.append(
            {
                "criterion": label,
                "name": f"Kriteria {label}",
                "weight": float(given.rstrip(" %")) / 100 if percent else given,
                "weight_text": given if percent else "",
                "scale_min": None if label in groups else 1.0,
                "scale_max": None if label in groups else 5.0,
                "parent_criterion": parent,
            }
        )
    return Criteria.from_tables(pd.DataFrame(lines))


def room(
    comparisons: list[tuple[str, str, str, float | None]] = (),
    preferences: list[tuple[str, str, str, str, float | None]] = (),
    *,
    parents: dict[str, str] | None = None,
    weights: dict[str, object] | None = None,
    people: tuple[str, ...] | None = None,
) -> Session:
    """Return a session without proposals in which people answered about criteria."""
    listed = people or tuple(sorted({line[0] for line in (*comparisons, *preferences)} or {"1"}))
    judged = pd.DataFrame(comparisons, columns=[column.name for column in JUDGEMENT_COLUMNS])
    preferred = pd.DataFrame(preferences, columns=[column.name for column in PREFERENCE_COLUMNS])
    return Session(
        Facts(region="73.02.01"),
        Proposals.from_table(pd.DataFrame({"proposal": [], "activity": [], "region": [], "cost": []})),
        criteria(parents or FLAT, weights),
        Regions(pd.Series({"73.02.01": "Gantarang"}), "uji"),
        Participants.from_table(pd.DataFrame({"participant": list(listed)})),
        judgements=Judgements(conform(judged, JUDGEMENT_COLUMNS)),
        preferences=Preferences(conform(preferred, PREFERENCE_COLUMNS)),
    )


def folder(
    place: Path, *, comparisons: str = "", preferences: str = "", rules: str = "", criteria: str = ""
) -> Path:
    """Write a folder made by hand: two proposals, three criteria, three people."""
    files = {
        "usulan.csv": "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\n"
        "U-1;Jembatan;73.02.01.2001;100\nU-2;Sumur;73.02.01.2001;50\n",
        "kriteria.csv": criteria
        or "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;Mendesak;50 %;1;5\nK2;Manfaat;30 %;1;5\n"
        "K3;Lahan;20 %;1;5\n",
        "peserta.csv": "no_kartu;kode_wilayah\n001;73.02.01\n002;73.02.01\n003;73.02.01\n",
        "nilai.csv": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;001;U-1;K1;3\n1;001;U-2;K1;4\n",
        "wilayah.csv": "kode_wilayah;nama\n73;Sulawesi Selatan\n73.02;Bulukumba\n73.02.01;Gantarang\n"
        "73.02.01.2001;Desa Satu\n",
        "aturan.toml": rules,
        "perbandingan.csv": comparisons and "no_kartu;kriteria_1;kriteria_2;nilai\n" + comparisons,
        "pembobotan.csv": preferences and "no_kartu;cara;kode_kriteria;pembanding;nilai\n" + preferences,
    }
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        if text:
            (place / name).write_text(text, encoding="utf-8")
    return place
