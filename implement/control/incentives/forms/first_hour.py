"""What is handed in for a simulation: one sheet, and which column holds what."""

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from implement.engine.pay.sheet import FIELDS
from implement.web.forms import BaseForm, UploadField
from implement.web.texts import lazy

SHEET_LABELS = {
    "person": lazy("Person"),
    "number": lazy("Personnel number"),
    "target": lazy("Target"),
    "actual": lazy("Actual"),
    "variable": lazy("Variable amount at full target"),
    "paid": lazy("Paid until now"),
}
SHEET_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".gz", ".parquet", ".json", ".jsonl")


class SheetFileForm(BaseForm):
    """A sheet as HR has it."""

    file = UploadField(
        lazy("Sheet"), [InputRequired()], accept=SHEET_FILES, limit_mb=20,
        description=lazy("One row for each target: person, target, actual, variable amount; perhaps what was paid."),
    )  # fmt: skip


class SheetColumnsForm(BaseForm):
    """Which column holds what; the file itself is named by the ticket of the first step."""

    ticket = HiddenField(validators=[InputRequired()])
    name = HiddenField(validators=[InputRequired()])


for _field in FIELDS:
    setattr(SheetColumnsForm, f"column_{_field}", SelectField(SHEET_LABELS[_field], validate_choice=False))
