"""The sample as a session folder that a person can open in Excel."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.domain.participants import IDENTITY_COLUMNS
from workbench.sample.generator import generate
from workbench.store.headers import load_headers
from workbench.store.manifest import Manifest, write_files
from workbench.store.session_writing import session_files
from workbench.store.writing import as_texts, csv_bytes

DEFAULT_SEED = 20250303


def write_sample(folder: Path, seed: int = DEFAULT_SEED) -> Manifest:
    """Write the fictional kabupaten of a seed: tables, rules, identity file and schematic geometry.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    seed : int
        The same seed gives the same bytes.
    """
    sample = generate(seed)
    headers = load_headers()
    people = as_texts(sample.tables["identities"], IDENTITY_COLUMNS, headers, "identities")
    files = session_files(sample.session(), sample.rules)
    files[f"{headers.tables['identities'].file}.csv"] = csv_bytes(people)
    files["peta_desa.geojson"] = _geojson(sample.geometry["villages"])
    files["peta_kecamatan.geojson"] = _geojson(sample.geometry["districts"])
    return write_files(folder, files, sample.edition)


def _geojson(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
