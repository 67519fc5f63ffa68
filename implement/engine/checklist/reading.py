"""Checklist packs read from YAML; a pack with any fault is refused with all of its faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.checking import check_pack
from implement.engine.checklist.money import Assumption
from implement.engine.checklist.pack import (
    HIGHEST_LEVEL,
    AnswerKind,
    Item,
    Level,
    Option,
    Pack,
    Role,
    Section,
    Unit,
)
from implement.engine.checklist.ruling import read_rules
from implement.engine.checklist.sheet import Entry, open_sheet, raise_faults
from implement.engine.checklist.text import Text

HEAVIEST_WEIGHT = 5
_NO_TEXT = Text("", "", "", "")


@dataclass(frozen=True)
class Shared:
    """What several questions of a pack use by its name: units, lists of options, lists of levels."""

    units: dict[str, Unit]
    choices: dict[str, tuple[Option, ...]]
    scales: dict[str, tuple[Level, ...]]


def load_pack(path: Path) -> Pack:
    """Read a pack from a file; raises UnusableSheet with file, line, id of the item and key of every fault."""
    return read_pack(path.read_bytes(), path.name)


def read_pack(source: bytes, file: str) -> Pack:
    """Read a pack from the bytes of a file, so that an audit can keep and reopen the very version it was made with."""
    sheet = open_sheet(source, file)
    pack_id = sheet.id()
    shared = _read_shared(sheet)
    assumptions = tuple(
        Assumption(name, entry.number("value"), entry.text("text"))
        for name, entry in _finished(sheet.named("assumptions"))
    )
    pack = Pack(
        id=pack_id,
        version=sheet.word("version"),
        title=sheet.text("title"),
        intro=sheet.text("intro"),
        sections=tuple(_read_section(entry, pack_id, shared) for entry in sheet.entries("sections")),
        assumptions=assumptions,
    )
    sheet.finish()
    raise_faults(sheet)
    check_pack(pack, sheet)
    raise_faults(sheet)
    return pack


def _finished(named: dict[str, Entry]) -> Iterator[tuple[str, Entry]]:
    for name, entry in named.items():
        yield name, entry
        entry.finish()


def _read_shared(sheet: Entry) -> Shared:
    units = {code: Unit(code, entry.text("text")) for code, entry in _finished(sheet.named("units"))}
    choices = {name: _read_options(entry, name) for name, entry in _lists(sheet, "choices")}
    scales = {name: _read_levels(entry, name) for name, entry in _lists(sheet, "scales")}
    return Shared(units, choices, scales)


def _lists(sheet: Entry, key: str) -> Iterator[tuple[str, Entry]]:
    outer = sheet.entry(key) if sheet.holds(key) else None
    if outer is not None:
        yield from ((name, outer) for name in outer.nodes)


def _read_section(entry: Entry, pack_id: str, shared: Shared) -> Section:
    section_id = entry.id()
    items = tuple(_read_item(item, pack_id, section_id, shared) for item in entry.entries("items"))
    section = Section(section_id, entry.text("title"), items)
    entry.finish()
    return section


def _read_item(entry: Entry, pack_id: str, section_id: str, shared: Shared) -> Item:
    item_id = entry.begin()
    kind = AnswerKind(entry.one_of("kind", list(AnswerKind)))
    demands = entry.demands()
    item = Item(
        id=item_id,
        section_id=section_id,
        kind=kind,
        label=entry.text("label"),
        text=entry.text("text"),
        why=entry.text("why"),
        role=Role(entry.one_of("role", list(Role))),
        weight=entry.whole("weight", 1, HEAVIEST_WEIGHT),
        demands=demands,
        evidence=entry.optional_text("evidence"),
        multiple=kind is AnswerKind.CHOICE and entry.one_of("multiple", ("false", "true"), "false") == "true",
        options=_pick_options(entry, shared) if kind is AnswerKind.CHOICE else (),
        levels=_pick_levels(entry, shared) if kind is AnswerKind.SCALE else (),
        unit=_read_unit(entry, shared.units) if kind is AnswerKind.NUMBER else None,
        minimum=entry.optional_number("minimum") if kind is AnswerKind.NUMBER else None,
        maximum=entry.optional_number("maximum") if kind is AnswerKind.NUMBER else None,
        rules=read_rules(entry, pack_id, demands),
    )
    entry.finish()
    return item


def _pick_options(entry: Entry, shared: Shared) -> tuple[Option, ...]:
    if not entry.names("options"):
        return _read_options(entry, "options")
    name = entry.word("options")
    if name not in shared.choices:
        entry.fault("options", "unknown_list", name)
    return shared.choices.get(name, ())


def _pick_levels(entry: Entry, shared: Shared) -> tuple[Level, ...]:
    if not entry.names("levels"):
        return _read_levels(entry, "levels")
    name = entry.word("levels")
    if name not in shared.scales:
        entry.fault("levels", "unknown_list", name)
    return shared.scales.get(name, ())


def _read_options(entry: Entry, key: str) -> tuple[Option, ...]:
    options = []
    for part in entry.entries(key):
        score = part.optional_number("score")
        if score is not None and not 0 <= score <= 1:
            part.fault("score", "out_of_range", str(score), "0", "1")
        options.append(Option(part.id(), part.text("text"), score))
        part.finish()
    if len(options) < 2:
        entry.fault(key, "too_few_options")
    if len({option.id for option in options}) < len(options):
        entry.fault(key, "same_id", ", ".join(option.id for option in options))
    return tuple(options)


def _read_levels(entry: Entry, key: str) -> tuple[Level, ...]:
    levels = []
    for part in entry.entries(key):
        levels.append(Level(part.whole("level", 0, HIGHEST_LEVEL), part.text("text")))
        part.finish()
    if [level.level for level in levels] != list(range(HIGHEST_LEVEL + 1)):
        entry.fault(key, "not_five_levels")
    return tuple(levels)


def _read_unit(entry: Entry, units: dict[str, Unit]) -> Unit:
    code = entry.word("unit")
    if code not in units:
        entry.fault("unit", "unknown_unit", code)
    return units.get(code, Unit(code, _NO_TEXT))
