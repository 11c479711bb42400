"""Tables for spreadsheets: numbers as numbers, formulas to recompute, and no text that runs."""
