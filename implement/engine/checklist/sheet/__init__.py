"""Strict reading of the YAML files that hold checklists, gates and remedies."""

from implement.engine.checklist.sheet.entry import Entry
from implement.engine.checklist.sheet.faults import FAULT_TEXTS, SheetFault, UnusableSheet
from implement.engine.checklist.sheet.opening import open_sheet, raise_faults, read_sheet_file

__all__ = ["FAULT_TEXTS", "Entry", "SheetFault", "UnusableSheet", "open_sheet", "raise_faults", "read_sheet_file"]
