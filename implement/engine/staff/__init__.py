"""Staff lists: who works in which team, headed by whom, from any spreadsheet of people."""

from implement.engine.staff.columns import FIELDS, propose_staff_columns
from implement.engine.staff.reading import STAFF_FAULT_TEXTS, StaffFault, StaffList, StaffRow, read_staff

__all__ = [
    "FIELDS",
    "STAFF_FAULT_TEXTS",
    "StaffFault",
    "StaffList",
    "StaffRow",
    "propose_staff_columns",
    "read_staff",
]
