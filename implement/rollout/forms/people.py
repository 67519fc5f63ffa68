"""Forms of people: a staff file, its columns, a team's wave."""

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from implement.engine.staff import FIELDS
from implement.web.forms import BaseForm, UploadField
from implement.web.texts import lazy

FIELD_LABELS = {
    "number": lazy("Number"),
    "name": lazy("Name"),
    "first_name": lazy("First name"),
    "last_name": lazy("Last name"),
    "email": lazy("E-mail address"),
    "crm_user": lazy("User in the CRM"),
    "role": lazy("Function"),
    "team": lazy("Team"),
    "head": lazy("Head of the team"),
    "wave": lazy("Wave"),
    "fte": lazy("Share of full time"),
    "work_days": lazy("Working days"),
    "hired": lazy("Hired on"),
    "left": lazy("Left on"),
}
STAFF_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".gz", ".parquet", ".json", ".jsonl")


class StaffFileForm(BaseForm):
    """A staff list as the firm has it."""

    file = UploadField(lazy("Staff list"), [InputRequired()], accept=STAFF_FILES, limit_mb=50)


class StaffColumnsForm(BaseForm):
    """Which column holds what; the file itself is named by the ticket of the first step."""

    ticket = HiddenField(validators=[InputRequired()])
    name = HiddenField(validators=[InputRequired()])


for _field in FIELDS:
    setattr(StaffColumnsForm, f"column_{_field}", SelectField(FIELD_LABELS[_field], validate_choice=False))
