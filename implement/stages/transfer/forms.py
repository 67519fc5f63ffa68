"""Forms of the transfer room: files of a side, the mapping of a table, a mapping file, a case."""

import json
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.mapping import LISTED, ColumnMapping, TableMapping, find_lists
from implement.stages.transfer.service.editing import ColumnEdit, parents_of, read_values, write_values
from implement.stages.transfer.words import KIND_LABELS, say_fault
from implement.web.forms import BaseForm, DayField, UploadField
from implement.web.forms.fields import SizedFileInput
from implement.web.forms.messages import HouseMessages
from implement.web.texts import LANGUAGES, _, lazy

TRANSFER_FILES = (
    ".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
    ".sqlite", ".sqlite3", ".db",
)  # fmt: skip
ORDERS = [("", lazy("as found")), ("YMD", lazy("year-month-day")), ("DMY", lazy("day.month.year")),
          ("MDY", lazy("month/day/year"))]  # fmt: skip


def offer_choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Values with their labels, as selects and radio buttons take them."""
    return [SelectChoice(value, label) for value, label in pairs]


def name_parents(*parents: tuple[str, str]) -> str:
    """The columns that name the records of parents, as the value of a choice."""
    return json.dumps(parents, ensure_ascii=False)


class SeveralFilesInput(SizedFileInput):
    """A file box that takes several files."""

    def __call__(self, field: UploadField, **attributes: object) -> Markup:
        """The box."""
        return Markup(super().__call__(field, multiple=True, **attributes))


class SeveralUploadsField(UploadField):
    """Several files of the named kinds; `.data` is a list of werkzeug FileStorage."""

    widget = SeveralFilesInput()

    def process_formdata(self, valuelist: list[object]) -> None:
        """Keep what is a file."""
        files = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        self.data = self.raw_data = files  # type: ignore[assignment]

    def pre_validate(self, form: Form) -> None:
        """Refuse other kinds of file by name."""
        for one in self.raw_data or []:
            name = str(one.filename).lower()
            if not name.endswith(self.accept):
                kinds = ", ".join(self.accept)
                said = _("%(name)s is not one of the kinds taken here: %(kinds)s.", name=name, kinds=kinds)
                raise ValidationError(said)


class FilesForm(BaseForm):
    """Files of one side."""

    side = RadioField(
        lazy("Where the files come from"),
        [InputRequired()],
        choices=offer_choices([("source", lazy("the old system")), ("target", lazy("the CRM, after the transfer"))]),
        default="source",
    )
    files = SeveralUploadsField(lazy("Files"), [InputRequired()], accept=TRANSFER_FILES, limit_mb=500)

    @property
    def uploads(self) -> list[FileStorage]:
        """The files that were chosen."""
        return list(self.files.raw_data or [])


class MappingFileForm(BaseForm):
    """An edited mapping as a YAML file."""

    file = UploadField(lazy("Mapping (YAML)"), [InputRequired()], accept=(".yaml", ".yml"), limit_mb=5)


class MakeReportForm(BaseForm):
    """In which language the report is made that both sides sign."""

    language = SelectField(lazy("Language of the report"), choices=offer_choices(LANGUAGES.items()))


class SignForm(BaseForm):
    """The fingerprint of the bytes that the person had before them, and for which side they sign."""

    sha256 = HiddenField(validators=[InputRequired(), Length(min=64, max=64)])
    role = HiddenField(validators=[InputRequired()])


class VerifyForm(BaseForm):
    """A file that may be one of the reports."""

    file = UploadField(lazy("Report (HTML or PDF)"), [InputRequired()], accept=(".html", ".pdf"), limit_mb=20)


class AssignForm(BaseForm):
    """Who repairs a case, until when."""

    owner_id = SelectField(lazy("Owner"), [InputRequired()], coerce=int)
    due = DayField(lazy("Due"), [InputRequired()])


class SettleForm(BaseForm):
    """A case explained or waived, by name and with a reason."""

    kind = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=offer_choices(
            [
                ("explained", lazy("Explained: it had to be so")),
                ("waived", lazy("Waived: we accept the loss")),
            ]
        ),
    )
    name = StringField(lazy("Decided by"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=4000)])


class WithdrawForm(BaseForm):
    """An explanation or a waiver taken back."""

    name = StringField(lazy("Decided by"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=4000)])


class MessageForm(BaseForm):
    """A contribution to the discussion of a case."""

    text = TextAreaField(lazy("Your contribution"), [InputRequired(), Length(max=10_000)])


class ColumnForm(Form):
    """How one source column is compared."""

    class Meta:
        """Messages in the reader's language."""

        def get_translations(self, form: Form) -> HouseMessages:
            """The texts of WTForms as the house says them."""
            return HouseMessages()

    source = HiddenField()
    target = SelectField(lazy("Column in the CRM"))
    is_key = BooleanField(lazy("joins the records (key)"))
    kind = SelectField(lazy("Compared"), choices=offer_choices(KIND_LABELS.items()))
    source_order = SelectField(lazy("Dates in the old system"), validate_choice=False)
    target_order = SelectField(lazy("Dates in the CRM"), validate_choice=False)
    source_comma = BooleanField(lazy("old system writes a decimal comma"))
    target_comma = BooleanField(lazy("CRM writes a decimal comma"))
    parent = SelectField(lazy("Names a record of"))
    values = TextAreaField(lazy("Replaced values, one “old = new” a line, a blank as \"\""), [Length(max=200_000)])
    left_behind = StringField(lazy("Left behind on purpose, because"), [Length(max=500)])

    def validate_values(self, field: TextAreaField) -> None:
        """Each line pairs an old value with a new one."""
        try:
            values = read_values(field.data or "")
        except ValueError as fault:
            raise ValidationError(_("This line is no pair “old = new”: %(line)s", line=str(fault))) from fault
        faults = find_lists(values, self.source.data or "") if self.kind.data == LISTED else []
        if faults:
            raise ValidationError(say_fault(faults[0]))

    def read_edit(self) -> ColumnEdit:
        """What the person says of the column."""
        return ColumnEdit(
            source=self.source.data,
            target=self.target.data or None,
            kind=self.kind.data,
            source_order=self.source_order.data or "",
            target_order=self.target_order.data or "",
            source_comma=self.source_comma.data,
            target_comma=self.target_comma.data,
            is_key=self.is_key.data,
            values=read_values(self.values.data or ""),
            parents=tuple((table, column) for table, column in json.loads(self.parent.data or "[]")),
            left_behind=(self.left_behind.data or "").strip(),
        )


class TableForm(BaseForm):
    """The mapping of some columns of a table; `version` is the mapping's number that the person saw."""

    columns = FieldList(FormField(ColumnForm))

    def offer(self, table: TableMapping, targets: Sequence[str], parents: Sequence[tuple[str, str]]) -> None:
        """Offer the target's columns and the parents' keys in every line."""
        choices = [("", _("no counterpart")), *((name, name) for name in targets)]
        for entry in self.columns:
            line = entry.form
            several = parents_of(table, line.source.data or "")
            ways = [*([several] if len(several) > 1 else []), *((one,) for one in parents)]
            named = [("", _("nothing")), *((name_parents(*way), ", ".join(map(".".join, way))) for way in ways)]
            line.target.choices, line.parent.choices = offer_choices(choices), offer_choices(named)
            known = table.column(line.source.data or "")
            orders = {known.source_writing.order, known.target_writing.order} if known else set()
            offered = [*ORDERS, *((order, order) for order in sorted(orders - {key for key, _label in ORDERS}))]
            line.source_order.choices = line.target_order.choices = offer_choices(offered)


class TargetForm(BaseForm):
    """Which table of the CRM holds what a table of the old system held."""

    target = SelectField(lazy("Table in the CRM"))
    left_behind = StringField(lazy("Left behind on purpose, because"), [Length(max=500)])
    rows_column = SelectField(lazy("Column that marks its rows"), validate_choice=False)
    rows_word = StringField(lazy("Word in that column"), [Length(max=200)])
    further = SelectMultipleField(
        lazy("Further tables of the CRM that hold some of its records"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer_parts(self, columns: Sequence[str], further: Sequence[str]) -> None:
        """Offer what may mark the rows, and the other tables."""
        nothing = ("", _("none: each row counts for the table it fits best"))
        self.rows_column.choices = offer_choices([nothing, *((name, name) for name in columns)])
        self.further.choices = offer_choices((name, name) for name in further)


def describe_column(table: TableMapping, column: ColumnMapping) -> dict[str, object]:
    """A column's mapping as its line in the form shows it."""
    parents = parents_of(table, column.source)
    return {
        "source": column.source,
        "target": column.target or "",
        "is_key": (column.source, column.target) in table.key,
        "kind": column.kind,
        "source_order": column.source_writing.order,
        "target_order": column.target_writing.order,
        "source_comma": column.source_writing.comma,
        "target_comma": column.target_writing.comma,
        "parent": name_parents(*parents) if parents else "",
        "values": write_values(column.values),
        "left_behind": column.left_behind,
    }
