"""What the pages of the mapping show and offer."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace

from implement.engine.mapping import Joined, Mapping, TableMapping, columns_there, compared_parts, is_composite
from implement.rollout.service.errors import NotFound
from implement.stages.transfer.forms import offer_choices
from implement.stages.transfer.mapping_forms import TableForm, TargetForm, describe_column, describe_moved
from implement.stages.transfer.parent_words import list_keys, list_ways, say_ways
from implement.stages.transfer.service.editing import (
    choose_parts,
    choose_target,
    complete_columns,
    edit_columns,
    find_pairing_faults,
)
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.mappings import (
    VersionRow,
    find_unknown_names,
    get_version,
    list_versions,
    load_mapping,
)
from implement.stages.transfer.service.moving import choose_moved, find_moving_faults
from implement.stages.transfer.service.planned import PlanHeld, hold_plan
from implement.stages.transfer.service.sides import describe_side, list_tables_at_hand
from implement.stages.transfer.words import EDIT_FAULTS
from implement.store import Store
from implement.web.texts import _, lazy

COLUMNS_AT_ONCE = 60


@dataclass(frozen=True)
class MappingPage:
    """The newest mapping with its tables, the versions before it, and what of it the files at hand do not have."""

    versions: list[VersionRow]
    mapping: Mapping | None
    unknown: list[str]
    is_ready: bool
    plan: PlanHeld

    @classmethod
    def open(cls, rollout_id: int, store: Store) -> "MappingPage":
        """Read the newest version and the tables at hand."""
        tables = list_tables_at_hand(rollout_id)
        is_ready = all(describe_side(tables, side) for side in (SOURCE, TARGET))
        versions, plan = list_versions(rollout_id), hold_plan(rollout_id, tables)
        if not versions:
            return cls([], None, [], is_ready, plan)
        mapping = load_mapping(get_version(rollout_id, versions[0].number), store=store)
        return cls(versions, mapping, find_unknown_names(mapping, tables), is_ready, plan)

    @property
    def without_counterpart(self) -> int:
        """Tables that went nowhere, not on purpose."""
        return sum(not one.target and not one.left_behind for one in self.mapping.tables) if self.mapping else 0

    def say_parts(self, table: TableMapping) -> str:
        """How a table was united with others, or divided."""
        return say_parts(table, list_united(self.mapping, table)) if self.mapping else ""


def count_compared(table: TableMapping) -> int:
    """How many columns of the source are compared, by themselves or together with others."""
    held = {name for one in table.held_together for name in one.source} | compared_parts(table).keys()
    return len(({column.source for column in table.compared} | held) - _wholes(table))


def _wholes(table: TableMapping) -> set[str]:
    """The names that only put columns together."""
    return {column.source for column in compared_parts(table).values()}


def say_parts(table: TableMapping, united: Sequence[str]) -> str:
    """Which tables share the counterpart, or in which several tables the records are; empty for ordinary pairs."""
    if table.also:
        names = ", ".join([table.target or "", *(one.target for one in table.also)])
        return _("Its records are in several tables: %(names)s.", names=names)
    if table.looked_up and not united:
        names = ", ".join(f"{one.table} ({one.column})" for one in table.looked_up)
        return _("Columns of it are now in other tables that its records name: %(names)s.", names=names)
    if not united:
        return ""
    said = {"target": table.target, "others": ", ".join(united)}
    if not table.target_rows:
        return _("%(target)s also holds %(others)s; each row counts for the table it fits best.", **said)
    column, word = table.target_rows[0]
    return _(
        "%(target)s also holds %(others)s; the rows of this table say %(word)s under %(column)s.",
        column=column, word=word, **said,
    )  # fmt: skip


def list_united(mapping: Mapping, table: TableMapping) -> tuple[str, ...]:
    """The other old tables in the same table of the CRM."""
    return tuple(one.source for one in mapping.united_with(table) if one.source != table.source)


def _say_together(joined: Joined) -> str:
    ones, others = " + ".join(joined.source), " + ".join(joined.target)
    return _("Compared together: %(ones)s with %(others)s.", ones=ones, others=others)


@dataclass(frozen=True)
class TablePage:
    """One table of a mapping version, with the columns of both sides, a stretch of which is shown at a time."""

    rollout_id: int
    number: int
    position: int
    mapping: Mapping
    table: TableMapping
    sources: Map[str, tuple[str, ...]]
    targets: Map[str, tuple[str, ...]]
    united: tuple[str, ...]
    first: int

    @classmethod
    def open(cls, rollout_id: int, number: int, position: int, query: Map[str, str], store: Store) -> "TablePage":
        """Read a table of a mapping version; positions count from 1."""
        mapping = load_mapping(get_version(rollout_id, number), store=store)
        if not 1 <= position <= len(mapping.tables):
            raise NotFound(lazy("There is no such table in the mapping."))
        tables = list_tables_at_hand(rollout_id)
        sources, targets = describe_side(tables, SOURCE), describe_side(tables, TARGET)
        known = mapping.tables[position - 1]
        table, united = complete_columns(known, sources.get(known.source, ())), list_united(mapping, known)
        first = int(query["first"]) if query.get("first", "").isdecimal() and len(query["first"]) < 6 else 0
        first = min(first, max(0, len(table.columns) - 1))
        return cls(rollout_id, number, position, mapping, table, sources, targets, united, first)

    @property
    def shown(self) -> TableMapping:
        """The table with only the columns of this stretch."""
        return replace(self.table, columns=self.table.columns[self.first : self.first + COLUMNS_AT_ONCE])

    @property
    def next_first(self) -> int | None:
        """Where the next stretch begins, or None at the end."""
        after = self.first + COLUMNS_AT_ONCE
        return after if after < len(self.table.columns) else None

    @property
    def previous_first(self) -> int | None:
        """Where the stretch before begins, or None at the beginning."""
        return max(0, self.first - COLUMNS_AT_ONCE) if self.first else None

    @property
    def target_columns(self) -> tuple[str, ...]:
        """The columns a source column may have become, and those that name a record together."""
        there = columns_there(self.table, self.targets)
        together = [c.target or "" for c in self.table.compared if is_composite(c.target or "", there)]
        return (*there, *(name for name in together if name not in there))

    @property
    def parts(self) -> str:
        """How the table was united with others, or divided."""
        return say_parts(self.table, self.united)

    @property
    def together(self) -> dict[str, str]:
        """For each source column that is compared together with others a sentence that names them all."""
        parts = {name: Joined((one.source,), (one.target or "",)) for name, one in compared_parts(self.table).items()}
        joined = {name: one for one in self.table.held_together for name in one.source}
        return {name: _say_together(one) for name, one in (parts | joined).items()}

    def make_form(self, *, posted: bool = False) -> TableForm:
        """The form of this stretch, filled from the mapping, or from what was sent."""
        lines = [describe_column(self.table, column) for column in self.shown.columns]
        form = TableForm() if posted else TableForm(formdata=None, columns=lines, version=self.number)
        form.offer(self.table, self.target_columns, say_ways(list_ways(self.mapping, self.sources), self.mapping))
        return form

    def make_target_form(self, *, posted: bool = False) -> TargetForm:
        """The form that chooses the counterpart, filled from the mapping, or from what was sent."""
        form = TargetForm() if posted else TargetForm(formdata=None, **self._describe_target())
        there = self.targets.get(self.table.target or "", ())
        form.offer_parts(there, [name for name in self.targets if name != self.table.target])
        form.offer_moved(there, list_keys(self.targets, [(one.table, one.key) for one in self.table.looked_up]))
        offered = [("", _("no counterpart")), *((name, name) for name in self.targets)]
        form.target.choices = offer_choices(offered)
        return form

    def _describe_target(self) -> dict[str, object]:
        column, word = self.table.target_rows[0] if self.table.target_rows else ("", "")
        return {
            "target": self.table.target or "",
            "left_behind": self.table.left_behind,
            "rows_column": column,
            "rows_word": word,
            "further": [one.target for one in self.table.also],
            "moved": describe_moved(self.table),
        }

    def choose_target(self, form: TargetForm) -> TableMapping | None:
        """The table with the counterpart that was chosen, or None where what was moved cannot be meant so."""
        target = form.target.data or None
        columns = self.targets.get(target or "", ())
        chosen = choose_target(self.table, target, (form.left_behind.data or "").strip(), columns)
        same = target == self.table.target
        marks = (form.rows_column.data or "", (form.rows_word.data or "").strip()) if same else ("", "")
        chosen = choose_parts(chosen, *marks, form.further.data or [])
        return self._choose_moved(form, chosen, columns) if same else chosen

    def _choose_moved(self, form: TargetForm, table: TableMapping, columns: Sequence[str]) -> TableMapping | None:
        said = [(entry.form, one) for entry in form.moved if (one := entry.form.read_moved())]
        moved = [one for _form, one in said]
        faults = find_moving_faults(moved, columns)
        for place, fault in faults.items():
            said[place][0].column.errors = [str(EDIT_FAULTS[fault])]
        return None if faults else choose_moved(table, moved, self.targets)

    def read_edits(self, form: TableForm) -> TableMapping | None:
        """The table as corrected, or None where a line cannot be meant; the form then says which."""
        edits = [entry.form.read_edit() for entry in form.columns]
        faults = find_pairing_faults(edits)
        said = {"twice": _("Two columns claim this one."), "key": _("A key needs a counterpart.")}
        for entry in form.columns:
            if entry.form.source.data in faults:
                entry.form.target.errors = [said[faults[entry.form.source.data]]]
        is_faulty = form.say_faults(edits) or faults
        return None if is_faulty else edit_columns(self.table, edits, self.target_columns)
