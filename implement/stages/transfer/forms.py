"""Forms of the transfer room: files of a side, a mapping file, a case."""

from collections.abc import Iterable

from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from implement.web.forms import BaseForm, DayField, UploadField
from implement.web.forms.fields import SizedFileInput
from implement.web.texts import LANGUAGES, _, lazy

TRANSFER_FILES = (
    ".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
    ".sqlite", ".sqlite3", ".db",
)  # fmt: skip


def offer_choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Values with their labels, as selects and radio buttons take them."""
    return [SelectChoice(value, label) for value, label in pairs]


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
