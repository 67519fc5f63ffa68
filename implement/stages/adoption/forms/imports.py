"""Forms of the adoption room: files, what their tables are, a decision about a user id."""

from collections.abc import Iterable, Sequence
from typing import cast

from flask_wtf.file import MultipleFileField
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import FileInput

from implement.engine.exchange.vocabulary import REQUIRED_COLUMNS
from implement.stages.adoption.found_tables import TAKEN_KINDS, FoundTable, columns_of
from implement.stages.adoption.service.uploads import Chosen
from implement.stages.adoption.words import COLUMN_LABELS, KIND_LABELS
from implement.web.forms import BaseForm
from implement.web.texts import lazy

USAGE_FILES = (
    ".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
    ".sqlite", ".db",
)  # fmt: skip
SHOWN_FIRST = (
    "user", "ts", "from", "to", "date", "object", "action", "record_id", "team", "weekday", "hour", "order_id",
    "crm_deal_id", "client", "direction", "channel", "count",
)  # fmt: skip


def offer(pairs: Iterable[tuple[str | int, object]]) -> list[SelectChoice]:
    """Values with their labels, as selects take them."""
    return [SelectChoice(value, label) for value, label in pairs]


class SeveralFilesInput(FileInput):
    """A box that takes several files of the known kinds."""

    def __call__(self, field: Field, **attributes: object) -> Markup:
        """The box."""
        return Markup(super().__call__(field, multiple=True, accept=",".join(USAGE_FILES), **attributes))


class UsageFilesForm(BaseForm):
    """Files with usage, days away, people, holidays, meetings or orders."""

    files = MultipleFileField(lazy("Files"), [InputRequired()], widget=SeveralFilesInput())

    @property
    def handed_in(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [file for file in self.files.data or [] if file and file.filename]


class DecisionForm(BaseForm):
    """Whether a user id counts, and why."""

    crm_user = StringField(lazy("User id in the CRM"), [InputRequired(), Length(max=200)])
    decision = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=[
            SelectChoice("leave_out", lazy("leave out")),
            SelectChoice("count", lazy("let count")),
            SelectChoice("undecided", lazy("as the rules say")),
        ],
        default="leave_out",
    )
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=1000)])


class TablesForm(BaseForm):
    """What each table of an upload is; its fields are made by `make_tables_form`."""

    tables = HiddenField()
    found: Sequence[FoundTable] = ()

    def rows(self) -> list[tuple[FoundTable, Field, list[Field], list[Field]]]:
        """Each table with the field of its kind, the columns that matter most, and the others."""
        return [self._row(place, table) for place, table in enumerate(self.found)]

    def chosen(self) -> list[Chosen]:
        """What was chosen for each table."""
        return [self._chosen(place, table) for place, table in enumerate(self.found)]

    def _row(self, place: int, table: FoundTable) -> tuple[FoundTable, Field, list[Field], list[Field]]:
        kind = str(self[f"kind_{place}"].data or "")
        fields = {ours: self[f"column_{place}_{ours}"] for ours in (columns_of(kind) if kind else ())}
        for ours in REQUIRED_COLUMNS.get(kind, ()):
            fields[ours].flags.required = True
        first = [field for ours, field in fields.items() if ours in SHOWN_FIRST or field.data]
        return table, self[f"kind_{place}"], first, [field for field in fields.values() if field not in first]

    def _chosen(self, place: int, table: FoundTable) -> Chosen:
        kind = str(self[f"kind_{place}"].data or "")
        asked = {ours: self[f"column_{place}_{ours}"].data for ours in (columns_of(kind) if kind else ())}
        return Chosen(table.name, kind, {ours: str(theirs) for ours, theirs in asked.items() if theirs})


def make_tables_form(found: Sequence[FoundTable]) -> TablesForm:
    """A form with a field for the kind of each table and for each column it may have."""
    fields: dict[str, object] = {"found": tuple(found)}
    for place, table in enumerate(found):
        kinds = offer([("", lazy("not used")), *((kind, KIND_LABELS[kind]) for kind in TAKEN_KINDS)])
        fields[f"kind_{place}"] = SelectField(lazy("What it holds"), choices=kinds, default=table.kind)
        theirs = offer([("", lazy("not in this file")), *((name, _show_column(table, name)) for name in table.header)])
        for ours in dict.fromkeys(column for kind in TAKEN_KINDS for column in columns_of(kind)):
            proposed = (table.columns or {}).get(ours, "")
            fields[f"column_{place}_{ours}"] = SelectField(COLUMN_LABELS[ours], choices=theirs, default=proposed)
    return cast(TablesForm, type("TablesForm", (TablesForm,), fields)())


def _show_column(table: FoundTable, name: str) -> str:
    example = table.examples.get(name, "")
    return f"{name} ({example[:40]})" if example else name
