"""Forms of the mapping of a table: its counterpart, and how each of its columns is compared."""

import json
import re
from collections.abc import Callable, Sequence

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, ValidationError

from implement.engine.mapping import (
    LISTED,
    ColumnMapping,
    LookedUp,
    TableMapping,
    Writing,
    beginnings_from_text,
    beginnings_to_text,
    find_lists,
    is_zone,
)
from implement.stages.transfer.forms import offer_choices
from implement.stages.transfer.service.editing import (
    ColumnEdit,
    Parent,
    WritingEdit,
    parents_of,
    read_values,
    write_values,
)
from implement.stages.transfer.words import EDIT_FAULTS, KIND_LABELS, say_fault
from implement.web.forms import BaseForm
from implement.web.forms.fields import TickList
from implement.web.forms.messages import HouseMessages
from implement.web.texts import _, lazy

ORDERS = [("", lazy("as found")), ("YMD", lazy("year-month-day")), ("DMY", lazy("day.month.year")),
          ("MDY", lazy("month/day/year"))]  # fmt: skip
YEAR = re.compile(r"[1-9]\d{3}")


def name_parent(parent: Parent) -> str:
    """The columns that name the records of a parent, as the value of a choice."""
    return json.dumps(parent, ensure_ascii=False)


def name_place(table: str, key: str) -> str:
    """A table of the CRM and the column that names its rows, as the value of a choice."""
    return json.dumps((table, key), ensure_ascii=False)


class LineForm(Form):  # type: ignore[misc]
    """A part of a form that stands several times."""

    class Meta:
        """Messages in the reader's language."""

        def get_translations(self, form: Form) -> HouseMessages:
            """The texts of WTForms as the house says them."""
            return HouseMessages()


class ColumnForm(LineForm):
    """How one source column is compared."""

    source = HiddenField()
    target = SelectField(lazy("Column in the CRM"))
    is_key = BooleanField(lazy("joins the records (key)"))
    kind = SelectField(lazy("Compared"), choices=offer_choices(KIND_LABELS.items()))
    source_order = SelectField(lazy("Dates in the old system"), validate_choice=False)
    target_order = SelectField(lazy("Dates in the CRM"), validate_choice=False)
    source_first_year = StringField(lazy("First year that two digits mean in the old system"), [Length(max=20)])
    target_first_year = StringField(lazy("First year that two digits mean in the CRM"), [Length(max=20)])
    source_zone = StringField(lazy("Old system keeps UTC, the CRM the time of this zone"), [Length(max=60)])
    target_zone = StringField(lazy("CRM keeps UTC, the old system the time of this zone"), [Length(max=60)])
    source_comma = BooleanField(lazy("old system writes a decimal comma"))
    target_comma = BooleanField(lazy("CRM writes a decimal comma"))
    source_beginnings = StringField(lazy("Only the old system writes before the values"), [Length(max=200)])
    target_beginnings = StringField(lazy("Only the CRM writes before the values"), [Length(max=200)])
    parents = TickList(lazy("Names a record of"))
    values = TextAreaField(lazy("Replaced values, one “old = new” a line, a blank as \"\""), [Length(max=200_000)])
    left_behind = StringField(lazy("Left behind on purpose, because"), [Length(max=500)])

    @property
    def is_wrong_within(self) -> bool:
        """Say whether something behind "more" needs another look."""
        return any(one.errors for one in self if one.short_name not in ("target", "kind", "is_key"))

    def validate_values(self, field: TextAreaField) -> None:
        """Each line pairs an old value with a new one."""
        try:
            values = read_values(field.data or "")
        except ValueError as fault:
            raise ValidationError(_("This line is no pair “old = new”: %(line)s", line=str(fault))) from fault
        faults = find_lists(values, self.source.data or "") if self.kind.data == LISTED else []
        if faults:
            raise ValidationError(say_fault(faults[0]))

    def validate_source_first_year(self, field: StringField) -> None:
        """A year in four digits."""
        if _typed(field) and not YEAR.fullmatch(_typed(field)):
            raise ValidationError(_("Please write a year in four digits, for example 1930."))

    def validate_source_zone(self, field: StringField) -> None:
        """A zone with a name, or a steady step."""
        if _typed(field) and not is_zone(_typed(field)):
            said = _("There is no zone %(zone)s. Please write for example Europe/Berlin or +02:00.", zone=_typed(field))
            raise ValidationError(said)

    def validate_source_beginnings(self, field: StringField) -> None:
        """Letters or digits stand in each."""
        try:
            beginnings_from_text(_typed(field))
        except ValueError as fault:
            said = _("Letters and digits alone are compared; there are none in %(typed)s.", typed=str(fault))
            raise ValidationError(said) from fault

    validate_target_first_year: Callable[["ColumnForm", StringField], None] = validate_source_first_year
    validate_target_zone: Callable[["ColumnForm", StringField], None] = validate_source_zone
    validate_target_beginnings: Callable[["ColumnForm", StringField], None] = validate_source_beginnings

    def read_edit(self) -> ColumnEdit:
        """What the person says of the column."""
        return ColumnEdit(
            source=self.source.data,
            target=self.target.data or None,
            kind=self.kind.data,
            source_writing=self._read_writing("source"),
            target_writing=self._read_writing("target"),
            is_key=self.is_key.data,
            values=read_values(self.values.data or ""),
            parents=tuple((table, column, there) for table, column, there in map(json.loads, self.parents.data or [])),
            left_behind=_typed(self.left_behind),
        )

    def _read_writing(self, side: str) -> WritingEdit:
        return WritingEdit(
            order=self[f"{side}_order"].data or "",
            comma=self[f"{side}_comma"].data,
            zone=_typed(self[f"{side}_zone"]),
            first_year=int(_typed(self[f"{side}_first_year"]) or 0),
            beginnings=_typed(self[f"{side}_beginnings"]),
        )

    def say_faults(self, edit: ColumnEdit) -> bool:
        """Say at each setting what cannot be meant by it; True where there is any."""
        faults = edit.find_faults()
        for name, fault in faults.items():
            self[name].errors = [str(EDIT_FAULTS[fault])]
        return bool(faults)


class TableForm(BaseForm):
    """The mapping of some columns of a table; `version` is the mapping's number that the person saw."""

    columns = FieldList(FormField(ColumnForm))

    def offer(self, table: TableMapping, targets: Sequence[str], parents: Sequence[tuple[Parent, str]]) -> None:
        """Offer the target's columns and the parents' keys, with what they are called, in every line."""
        choices = offer_choices([("", _("no counterpart")), *((name, name) for name in targets)])
        named = offer_choices((name_parent(parent), label) for parent, label in parents)
        for entry in self.columns:
            line = entry.form
            ticked = frozenset(line.parents.data or ())
            line.target.choices = choices
            line.parents.choices = sorted(named, key=lambda one: one.value not in ticked)
            known = table.column(line.source.data or "")
            orders = {known.source_writing.order, known.target_writing.order} if known else set()
            offered = [*ORDERS, *((order, order) for order in sorted(orders - {key for key, _label in ORDERS}))]
            line.source_order.choices = line.target_order.choices = offer_choices(offered)

    def say_faults(self, edits: Sequence[ColumnEdit]) -> bool:
        """Say at each setting of each column what cannot be meant by it; True where there is any."""
        faulty = [entry.form.say_faults(edit) for entry, edit in zip(self.columns, edits, strict=True)]
        return any(faulty)


class MovedForm(LineForm):
    """A column of the CRM that names rows of another table there, which hold columns of the old table."""

    column = SelectField(lazy("Column in the CRM"))
    place = SelectField(lazy("names rows of"))

    def read_moved(self) -> LookedUp | None:
        """What was said, if anything was."""
        if not self.column.data or not self.place.data:
            return None
        return LookedUp(self.column.data, *json.loads(self.place.data))


class TargetForm(BaseForm):
    """Which table of the CRM holds what a table of the old system held."""

    target = SelectField(lazy("Table in the CRM"))
    left_behind = StringField(lazy("Left behind on purpose, because"), [Length(max=500)])
    rows_column = SelectField(lazy("Column that marks its rows"), validate_choice=False)
    rows_word = StringField(lazy("Word in that column"), [Length(max=200)])
    further = TickList(lazy("Further tables of the CRM that hold some of its records"))
    moved = FieldList(FormField(MovedForm))

    def offer_parts(self, columns: Sequence[str], further: Sequence[str]) -> None:
        """Offer what may mark the rows, and the other tables."""
        nothing = ("", _("none: each row counts for the table it fits best"))
        self.rows_column.choices = offer_choices([nothing, *((name, name) for name in columns)])
        self.further.choices = offer_choices((name, name) for name in further)

    def offer_moved(self, columns: Sequence[str], places: Sequence[tuple[str, str]]) -> None:
        """Offer the columns that may name rows of other tables, and the columns by which."""
        named = offer_choices([("", _("nothing")), *((name, name) for name in columns)])
        there = offer_choices([("", _("nothing")), *((name_place(*one), ".".join(one)) for one in places)])
        for entry in self.moved:
            entry.form.column.choices, entry.form.place.choices = named, there


def _typed(field: StringField) -> str:
    return (field.data or "").strip()


def describe_column(table: TableMapping, column: ColumnMapping) -> dict[str, object]:
    """A column's mapping as its line in the form shows it."""
    return {
        "source": column.source,
        "target": column.target or "",
        "is_key": (column.source, column.target) in table.key,
        "kind": column.kind,
        "parents": [name_parent(one) for one in parents_of(table, column.source)],
        "values": write_values(column.values),
        "left_behind": column.left_behind,
        **_describe_writing("source", column.source_writing),
        **_describe_writing("target", column.target_writing),
    }


def _describe_writing(side: str, writing: Writing) -> dict[str, object]:
    return {
        f"{side}_order": writing.order,
        f"{side}_comma": writing.comma,
        f"{side}_zone": writing.zone,
        f"{side}_first_year": str(writing.first_year or ""),
        f"{side}_beginnings": beginnings_to_text(writing),
    }


def describe_moved(table: TableMapping) -> list[dict[str, object]]:
    """The columns that name rows of other tables as the form shows them, and a line for one more."""
    lines: list[dict[str, object]] = [
        {"column": one.column, "place": name_place(one.table, one.key)} for one in table.looked_up
    ]
    return [*lines, {"column": "", "place": ""}]
