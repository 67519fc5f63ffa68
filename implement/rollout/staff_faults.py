"""The faults of a staff list in the reader's words: row, column, reason."""

from implement.engine.intake import FAULT_TEXTS
from implement.engine.staff import STAFF_FAULT_TEXTS
from implement.rollout.service.staff_files import StaffFile
from implement.web.texts import _

MOST_SHOWN = 200


def say_faults(found: StaffFile) -> list[tuple[int | None, str | None, str]]:
    """Every fault as row, column and sentence; at most 200, with the count of the rest in the last line."""
    said = [(f.row, f.column, _fill(FAULT_TEXTS[f.code], f.values)) for f in found.unreadable]
    said += [(f.row, f.column, _fill(STAFF_FAULT_TEXTS[f.code], f.values)) for f in found.staff.faults]
    if found.too_many:
        said.append((None, None, _("A staff list may have at most 50,000 rows.")))
    if len(said) > MOST_SHOWN:
        rest = len(said) - MOST_SHOWN
        return [*said[:MOST_SHOWN], (None, None, _("and %(rest)d more", rest=rest))]
    return said


def _fill(text: str, values: tuple[str, ...]) -> str:
    return _(text).format(*values)
