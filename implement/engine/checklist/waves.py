"""What a wave must fulfil before its people start, and before it has passed its first weeks, read strictly."""

from pathlib import Path

from implement.engine.checklist.gates import GateCriterion, read_criterion
from implement.engine.checklist.sheet import raise_faults, read_sheet_file

MOMENTS = ("entry", "exit")


def load_wave_criteria(path: Path) -> dict[str, tuple[GateCriterion, ...]]:
    """The criteria by moment, in their order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    moments = sheet.entry("moments")
    found = {moment: tuple(read_criterion(one, moment) for one in moments.entries(moment)) for moment in MOMENTS}
    keys = [one.terms.key for criteria in found.values() for one in criteria]
    for key in {key for key in keys if keys.count(key) > 1}:
        moments.fault("key", "same_id", key)
    moments.finish()
    sheet.finish()
    raise_faults(sheet)
    return found
