"""Pure functions of the field: pairwise comparison, scoring, aggregation, agreement, allocation.

May import NumPy, pandas, SciPy, `workbench.domain` and `workbench.errors`. The steps (modules and packages of
this folder) do not import one another; `workbench.prioritisation` joins them.
"""
