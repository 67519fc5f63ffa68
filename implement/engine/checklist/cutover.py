"""The steps of a cutover and of its way back, as they are proposed to every rollout."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text


@dataclass(frozen=True)
class ProposedStep:
    """One step with its stable id; `is_way_back` ones undo the cutover."""

    id: str
    demands: tuple[str, ...]
    text: Text
    is_way_back: bool


def load_cutover(path: Path) -> tuple[ProposedStep, ...]:
    """Read the steps in order, those of the way back last; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    steps = tuple(_read_step(entry, is_way_back=False) for entry in sheet.entries("steps"))
    back = tuple(_read_step(entry, is_way_back=True) for entry in sheet.entries("way_back"))
    sheet.finish()
    raise_faults(sheet)
    return steps + back


def _read_step(entry: Entry, *, is_way_back: bool) -> ProposedStep:
    step = ProposedStep(entry.begin(), entry.demands(), entry.text("text"), is_way_back)
    entry.finish()
    return step
