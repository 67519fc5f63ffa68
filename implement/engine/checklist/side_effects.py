"""The five side effects of a rollout and what has helped against each (M25–M29)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text


@dataclass(frozen=True)
class SideEffect:
    """One side effect: the signs by which it is known, its likely cause, and remedies; none of them a sanction."""

    id: str
    demands: tuple[str, ...]
    title: Text
    signs: tuple[Text, ...]
    cause: Text
    remedies: tuple[Text, ...]


def load_side_effects(path: Path) -> tuple[SideEffect, ...]:
    """Read the side effects in order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    effects = tuple(_read_side_effect(entry) for entry in sheet.entries("side_effects"))
    sheet.finish()
    raise_faults(sheet)
    return effects


def _read_side_effect(entry: Entry) -> SideEffect:
    effect = SideEffect(
        id=entry.begin(),
        demands=entry.demands(),
        title=entry.text("title"),
        signs=entry.texts("signs"),
        cause=entry.text("cause"),
        remedies=entry.texts("remedies"),
    )
    entry.finish()
    return effect
