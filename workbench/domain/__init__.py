"""Values and their invariants: what a musyawarah is about. Uses numpy, pandas and `workbench.errors` only."""
