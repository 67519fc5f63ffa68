"""The side effects of a rollout and what has helped against each (M25–M29)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

WAYS = ("reward", "show_value", "lesson", "support", "simplify", "arbiter", "automate", "repair")
SHORTEST_DAYS, LONGEST_DAYS = 14, 28


@dataclass(frozen=True)
class Remedy:
    """What has helped: in which way it works, and after how many days its effect is judged; never a sanction."""

    id: str
    way: str
    days: int
    text: Text


@dataclass(frozen=True)
class SideEffect:
    """One side effect: the kinds of evidence that tell it, the signs by which people know it, its likely cause, and
    remedies, the first one first.
    """

    id: str
    demands: tuple[str, ...]
    kinds: tuple[str, ...]
    title: Text
    signs: tuple[Text, ...]
    cause: Text
    remedies: tuple[Remedy, ...]


def load_side_effects(path: Path) -> tuple[SideEffect, ...]:
    """Read the side effects in order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    effects = tuple(_read_side_effect(entry) for entry in sheet.entries("side_effects"))
    for name in ("kinds", "remedies"):
        _refuse_twins(sheet, effects, name)
    sheet.finish()
    raise_faults(sheet)
    return effects


def _read_side_effect(entry: Entry) -> SideEffect:
    effect = SideEffect(
        id=entry.begin(),
        demands=entry.demands(),
        kinds=entry.words("kinds"),
        title=entry.text("title"),
        signs=entry.texts("signs"),
        cause=entry.text("cause"),
        remedies=tuple(_read_remedy(each) for each in entry.entries("remedies")),
    )
    entry.finish()
    return effect


def _read_remedy(entry: Entry) -> Remedy:
    remedy = Remedy(
        id=entry.id(),
        way=entry.one_of("way", WAYS),
        days=entry.whole("days", SHORTEST_DAYS, LONGEST_DAYS),
        text=entry.text("text"),
    )
    entry.finish()
    return remedy


def _refuse_twins(sheet: Entry, effects: tuple[SideEffect, ...], name: str) -> None:
    """A kind leads to one side effect, and a remedy is told apart by its id."""
    said = [getattr(one, "id", one) for effect in effects for one in getattr(effect, name)]
    for twin in sorted({one for one in said if said.count(one) > 1}):
        sheet.fault("side_effects", "same_id", twin)
