"""Household surveys of KoboToolbox and ODK: the form (XLSForm), the export, and what both give together."""
