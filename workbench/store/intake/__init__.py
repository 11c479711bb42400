"""Lists that people made for themselves: any spreadsheet, read as far as it can be, everything odd named.

The strict readers of a session folder stand in `workbench.store.raw_tables`; what stands here looks for the
header, tells totals from rows, and knows the layouts that offices use.
"""
