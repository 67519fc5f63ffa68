"""A mapping as plain lists and dictionaries, to be stored or edited, and read back with every fault found."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, asdict, dataclass, fields
from typing import TypeVar

from implement.engine.intake import Fault
from implement.engine.mapping.plan import (
    LISTED,
    Also,
    ColumnMapping,
    Joined,
    LookedUp,
    Mapping,
    Reference,
    TableMapping,
    Writing,
)
from implement.engine.mapping.writings.id_lists import read_ids
from implement.engine.mapping.writings.look_ups import PATTERNS
from implement.engine.mapping.writings.zones import is_zone

Plain = dict[str, object]
Part = TypeVar("Part")
Known = TableMapping | ColumnMapping | Reference | Writing | Also | LookedUp
MOST_SHIFT, LAST_YEAR, LONGEST_ID = 6, 9999, 200
KINDS = frozenset({"text", "number", "date", "loose", "words", "listed"})


class MappingFault(ValueError):
    """A mapping that cannot be used; `faults` says where (as `column`, a path of settings) and why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.column}: {fault.text}" for fault in self.faults))


def mapping_fault(where: str, code: str, *values: object, row: int | None = None) -> Fault:
    """One thing that is wrong with a mapping."""
    return Fault("mapping", row, where, code, tuple(str(value) for value in values))


def find_lists(values: Iterable[tuple[str, str]], where: str) -> list[Fault]:
    """Which replaced values are several, be it of what they became: in a list single ones are replaced."""
    several = (one for pair in values for one in pair if len(read_ids(one)) > 1)
    return [mapping_fault(where, "mapping_values_list", one) for one in several]


def mapping_to_plain(mapping: Mapping) -> Plain:
    """Write a mapping as plain values; what stands at its default is left out."""
    return {
        "tables": [_table_to_plain(table) for table in mapping.tables],
        "only_in_target": list(mapping.only_in_target),
    }


def _table_to_plain(table: TableMapping) -> Plain:
    plain = _shorten(table, keep=("source", "target", "sure"))
    plain["key"] = dict(table.key)
    if table.target_rows:
        plain["target_rows"] = dict(table.target_rows)
    for name in ("source_id", "target_id", "only_in_target"):
        plain[name] = list(getattr(table, name))
    plain["columns"] = [_column_to_plain(column) for column in table.columns]
    if table.joined:
        plain["joined"] = [_joined_to_plain(one) for one in table.joined]
    if table.also:
        plain["also"] = [{"target": one.target, "columns": dict(one.columns)} for one in table.also]
    plain["references"] = [asdict(reference) for reference in table.references]
    if table.listed:
        plain["listed"] = [asdict(reference) for reference in table.listed]
    if table.looked_up:
        plain["looked_up"] = [asdict(one) for one in table.looked_up]
    return plain


def _joined_to_plain(joined: Joined) -> Plain:
    plain: Plain = {"source": list(joined.source), "target": list(joined.target)}
    plain |= {"values": dict(joined.values)} if joined.values else {}
    return plain | ({"entry": joined.entry} if joined.entry else {})


def _column_to_plain(column: ColumnMapping) -> Plain:
    plain = _shorten(column, keep=("source", "target", "kind", "sure"))
    for side in ("source_writing", "target_writing"):
        if side in plain:
            plain[side] = _shorten(getattr(column, side), keep=())
    if column.values:
        plain["values"] = dict(column.values)
    return plain


def _shorten(thing: TableMapping | ColumnMapping | Writing, keep: tuple[str, ...]) -> Plain:
    return {
        field.name: getattr(thing, field.name)
        for field in fields(thing)
        if field.name in keep or (field.default is MISSING or getattr(thing, field.name) != field.default)
    }


def mapping_from_plain(plain: object) -> Mapping:
    """Read a mapping from plain values; raises MappingFault with everything that is wrong."""
    reader = _Reader([])
    top = reader.expect_dict(plain, "mapping")
    tables = tuple(
        reader.read_table(item, place) for place, item in enumerate(reader.expect_list(top.get("tables"), "tables"))
    )
    only = tuple(str(name) for name in reader.expect_list(top.get("only_in_target"), "only_in_target"))
    for name in sorted({t.source for t in tables if sum(o.source == t.source for o in tables) > 1}):
        reader.faults.append(mapping_fault("tables", "mapping_table_twice", name))
    if reader.faults:
        raise MappingFault(reader.faults)
    return Mapping(tables, only)


@dataclass
class _Reader:
    faults: list[Fault]

    def expect_dict(self, value: object, where: str) -> dict[str, object]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.faults.append(mapping_fault(where, "mapping_not_names", repr(value)))
            return {}
        return {str(key): item for key, item in value.items()}

    def expect_list(self, value: object, where: str) -> list[object]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.faults.append(mapping_fault(where, "mapping_not_list", repr(value)))
            return []
        return value

    def read_table(self, value: object, place: int) -> TableMapping:
        plain = self.expect_dict(value, f"tables[{place + 1}]")
        source = self._name(plain, "source", f"tables[{place + 1}]")
        here = source or f"tables[{place + 1}]"
        self._known(plain, TableMapping, here)
        key, rows = (self.expect_dict(plain.get(name), f"{here}.{name}") for name in ("key", "target_rows"))
        names = {
            name: tuple(str(item) for item in self.expect_list(plain.get(name), f"{here}.{name}"))
            for name in ("source_id", "target_id", "only_in_target")
        }
        return TableMapping(
            source,
            self._optional(plain, "target"),
            tuple((one, str(other)) for one, other in key.items()),
            columns=self._each(plain, "columns", here, self._read_column),
            references=self._each(plain, "references", here, self._read_reference),
            joined=self._each(plain, "joined", here, self._read_joined),
            sure=self._share(plain, here),
            note=str(plain.get("note") or ""),
            left_behind=str(plain.get("left_behind") or ""),
            target_rows=tuple((one, str(other)) for one, other in rows.items()),
            also=self._each(plain, "also", here, self._read_also),
            listed=self._each(plain, "listed", here, self._read_reference),
            looked_up=self._each(plain, "looked_up", here, self._read_looked_up),
            **names,
        )

    def _each(
        self, plain: dict[str, object], name: str, here: str, read: Callable[[object, str], Part]
    ) -> tuple[Part, ...]:
        items = self.expect_list(plain.get(name), f"{here}.{name}")
        return tuple(read(item, f"{here}.{name}[{place + 1}]") for place, item in enumerate(items))

    def _read_column(self, value: object, where: str) -> ColumnMapping:
        plain = self.expect_dict(value, where)
        self._known(plain, ColumnMapping, where)
        kind = str(plain.get("kind") or "text")
        if kind not in KINDS:
            self.faults.append(mapping_fault(where, "mapping_kind", ", ".join(sorted(KINDS)), kind))
        values = self.expect_dict(plain.get("values"), f"{where}.values")
        replaced = tuple((one, str(other)) for one, other in values.items())
        if kind == LISTED:
            self.faults += find_lists(replaced, f"{where}.values")
        return ColumnMapping(
            self._name(plain, "source", where),
            self._optional(plain, "target"),
            kind,
            self._writing(plain.get("source_writing"), where),
            self._writing(plain.get("target_writing"), where),
            bool(plain.get("rewritten")),
            replaced,
            self._share(plain, where),
            str(plain.get("note") or ""),
            str(plain.get("left_behind") or ""),
        )

    def _read_reference(self, value: object, where: str) -> Reference:
        plain = self.expect_dict(value, where)
        self._known(plain, Reference, where)
        names = [self._name(plain, name, where) for name in ("column", "parent", "parent_column")]
        return Reference(names[0], names[1], names[2], self._optional(plain, "target_parent_column"))

    def _read_also(self, value: object, where: str) -> Also:
        plain = self.expect_dict(value, where)
        self._known(plain, Also, where)
        columns = self.expect_dict(plain.get("columns"), f"{where}.columns")
        return Also(self._name(plain, "target", where), tuple((one, str(other)) for one, other in columns.items()))

    def _read_looked_up(self, value: object, where: str) -> LookedUp:
        plain = self.expect_dict(value, where)
        self._known(plain, LookedUp, where)
        column, table, key = (self._name(plain, name, where) for name in ("column", "table", "key"))
        return LookedUp(column, table, key)

    def _read_joined(self, value: object, where: str) -> Joined:
        plain = self.expect_dict(value, where)
        sides = [tuple(map(str, self.expect_list(plain.get(name), f"{where}.{name}"))) for name in ("source", "target")]
        for name, columns in zip(("source", "target"), sides, strict=True):
            if not columns:
                self.faults.append(mapping_fault(where, "mapping_missing", name))
        values = self.expect_dict(plain.get("values"), f"{where}.values")
        replaced = tuple((one, str(other)) for one, other in values.items())
        return Joined(sides[0], sides[1], replaced, str(plain.get("entry") or ""))

    def _writing(self, value: object, where: str) -> Writing:
        plain = self.expect_dict(value, where)
        self._known(plain, Writing, where)
        named = ("order", "layout", "prefixes", "mark", "zone", "entry", "id_at")
        texts = {name: str(plain.get(name) or "") for name in named}
        if texts["zone"] and not is_zone(texts["zone"]):
            self.faults.append(mapping_fault(f"{where}.zone", "mapping_setting", texts["zone"]))
        if not texts["prefixes"].replace("|", "0").isalnum() and texts["prefixes"]:
            self.faults.append(mapping_fault(f"{where}.prefixes", "mapping_setting", texts["prefixes"]))
        if texts["id_at"] and texts["id_at"] not in PATTERNS:
            self.faults.append(mapping_fault(f"{where}.id_at", "mapping_setting", texts["id_at"]))
        shift = self._whole(plain, "shift", where, MOST_SHIFT)
        first_year = self._whole(plain, "first_year", where, LAST_YEAR)
        cut = self._whole(plain, "cut", where, LONGEST_ID, least=0)
        comma, to_minute = bool(plain.get("comma")), bool(plain.get("to_minute"))
        return Writing(comma, **texts, to_minute=to_minute, shift=shift, first_year=first_year, cut=cut)

    def _whole(self, plain: dict[str, object], name: str, where: str, most: int, *, least: int | None = None) -> int:
        number = plain.get(name) or 0
        if isinstance(number, int) and (-most if least is None else least) <= number <= most:
            return number
        self.faults.append(mapping_fault(f"{where}.{name}", "mapping_setting", repr(number)))
        return 0

    def _name(self, plain: dict[str, object], name: str, where: str) -> str:
        if plain.get(name) in (None, ""):
            self.faults.append(mapping_fault(where, "mapping_missing", name))
        return str(plain.get(name) or "")

    @staticmethod
    def _optional(plain: dict[str, object], name: str) -> str | None:
        return str(plain[name]) if plain.get(name) not in (None, "") else None

    def _share(self, plain: dict[str, object], where: str) -> float:
        value = plain.get("sure", 1.0)
        if isinstance(value, int | float) and 0 <= value <= 1:
            return float(value)
        self.faults.append(mapping_fault(f"{where}.sure", "mapping_sure", repr(value)))
        return 0.0

    def _known(self, plain: dict[str, object], kind: type[Known], where: str) -> None:
        allowed = {field.name for field in fields(kind)}
        self.faults += [mapping_fault(where, "mapping_setting", name) for name in sorted(plain.keys() - allowed)]
