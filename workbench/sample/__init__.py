"""A fictional kabupaten, generated from a seed: invented places, people, proposals, cards and geometry.

Every output of it carries the mark ``facts.data_mark``. The Indonesian words live in the TOML files beside
the modules; the shape follows real lists of proposals, no row of which is copied.
"""

from __future__ import annotations

from workbench.sample.generator import DEFAULT_SEED, generate
from workbench.sample.sample import Sample

__all__ = ["DEFAULT_SEED", "Sample", "generate"]
