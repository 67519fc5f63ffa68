"""The statements of the pulse survey, as every rollout asks them."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text


@dataclass(frozen=True)
class PulseItem:
    """One statement with its stable id and a short name; agreeing is better with each of them."""

    id: str
    demands: tuple[str, ...]
    name: Text
    text: Text


def load_pulse(path: Path) -> tuple[PulseItem, ...]:
    """Read the statements in order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    items = tuple(_read_item(entry) for entry in sheet.entries("items"))
    sheet.finish()
    raise_faults(sheet)
    return items


def _read_item(entry: Entry) -> PulseItem:
    item = PulseItem(entry.begin(), entry.demands(), entry.text("name"), entry.text("text"))
    entry.finish()
    return item
