"""What is typed about a list of deals: its files, which column says what, which stage is which."""

import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from flask_wtf.file import MultipleFileField
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import FileInput, TextInput

from implement.engine.funnel import FIELDS, Stage, State
from implement.stages.audit.service.list_plans import KeptPlan
from implement.stages.audit.service.list_reading import FoundTable
from implement.stages.audit.words import FIELD_LABELS, STATE_LABELS
from implement.web.forms import BaseForm, DayField, WholeField
from implement.web.texts import _, lazy

LIST_FILES = (
    ".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
    ".sqlite", ".sqlite3", ".db",
)  # fmt: skip
SHOWN_FIRST = ("deal", "client", "stage", "amount", "owner", "opened", "closed")
LONGEST_NORM_DAYS = 10_000
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<month2>\d{1,2})[./](?P<year2>\d{4})")


class ListFilesInput(FileInput):
    """A box that takes several files of the known kinds."""

    def __call__(self, field: Field, **attributes: object) -> Markup:
        """The box."""
        return Markup(super().__call__(field, multiple=True, accept=",".join(LIST_FILES), **attributes))


class ListForm(BaseForm):
    """The files of a list of deals."""

    files = MultipleFileField(lazy("Files"), [InputRequired()], widget=ListFilesInput())

    @property
    def uploads(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [file for file in self.files.data or [] if file and file.filename]

    def validate_files(self, field: Field) -> None:
        """Refuse other kinds of file by name."""
        for one in self.uploads:
            name = str(one.filename)
            if not name.lower().endswith(LIST_FILES):
                kinds = ", ".join(LIST_FILES)
                said = _("%(name)s is not one of the kinds taken here: %(kinds)s.", name=name, kinds=kinds)
                raise ValidationError(said)


class MonthBox(TextInput):
    """A box for a month, picked or typed."""

    input_type = "month"


class MonthField(StringField):
    """A month as 2024-03 or 03.2024; `.data` is its first day."""

    widget = MonthBox()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        self.data: date | None = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        found = MONTH.fullmatch(typed)
        try:
            self.data = _first_day(found) if found else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(_("Please write the month as 2024-03 or 03.2024."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:%Y-%m}"


class MonthListForm(ListForm):
    """The export of one month."""

    month = MonthField(lazy("Month"), [InputRequired()])


class WithdrawForm(BaseForm):
    """Why a list counts no more."""

    why = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=400)])


class ColumnsForm(BaseForm):
    """Which table is the list and which columns say what; its fields are made by `make_columns_form`."""

    table = SelectField(lazy("List of deals"), coerce=int)
    clients = SelectField(lazy("List of clients"), default="")
    client_name = SelectField(lazy("Client, in the list of clients"), default="")
    client_segment = SelectField(lazy("Segment, in the list of clients"), default="")

    @property
    def first(self) -> list[Field]:
        """The columns that matter most."""
        return [self[name] for name in SHOWN_FIRST]

    @property
    def others(self) -> list[Field]:
        """All other columns, those that were found before those that were not."""
        found = [self[name] for name in FIELDS if name not in SHOWN_FIRST]
        return sorted(found, key=lambda field: not field.data)

    def wish(self) -> KeptPlan:
        """What was chosen."""
        columns = tuple((name, str(self[name].data)) for name in FIELDS if self[name].data)
        has_clients = self.clients.data and self.client_name.data
        return KeptPlan(
            table=int(self.table.data),
            columns=columns,
            clients=int(self.clients.data) if has_clients else None,
            client=str(self.client_name.data or "") if has_clients else "",
            segment=str(self.client_segment.data or "") if has_clients else "",
        )


def make_columns_form(tables: Sequence[FoundTable], plan: KeptPlan, table: int | None = None) -> ColumnsForm:
    """A form that offers the columns of the table at hand, those proposed chosen."""
    at = plan.table if table is None or not 0 <= table < len(tables) else table
    chosen = dict(plan.columns) if at == plan.table else dict(tables[at].proposed)
    examples = dict(tables[at].examples)
    offered = [SelectChoice("", lazy("not in this list"))]
    offered += [SelectChoice(name, _show(name, examples.get(name, ""))) for name in tables[at].columns]
    fields = {name: SelectField(FIELD_LABELS[name], choices=offered, default=chosen.get(name, "")) for name in FIELDS}
    form = cast(ColumnsForm, type("ColumnsForm", (ColumnsForm,), fields)(table=at, **_client_defaults(plan)))
    form.table.choices = [SelectChoice(n, f"{one.name} ({one.file})") for n, one in enumerate(tables)]
    others = [(n, one) for n, one in enumerate(tables) if n != at]
    form.clients.choices = [SelectChoice("", lazy("none")), *(SelectChoice(str(n), one.name) for n, one in others)]
    names = dict.fromkeys(name for _n, one in others for name in one.columns)
    for field in (form.client_name, form.client_segment):
        field.choices = [SelectChoice("", lazy("not in this list")), *(SelectChoice(name, name) for name in names)]
    return form


class StagesForm(BaseForm):
    """What each stage says; its fields are made by `make_stages_form`."""

    as_of = DayField(
        lazy("Day of the list"),
        [InputRequired()],
        description=lazy("Open deals are as old as they were on this day; proposed is the newest day in the list."),
    )
    lost_in = SelectField(
        lazy("Lost deals that name no stage were lost in"),
        default="",
        description=lazy("Choose a stage only if the firm can say so; else they stand for themselves."),
    )
    names: tuple[str, ...] = ()

    def rows(self) -> list[tuple[str, Field, Field, Field]]:
        """Each stage with the fields of its state, place and norm."""
        return [
            (name, *(self[f"{what}_{n}"] for what in ("state", "place", "norm"))) for n, name in enumerate(self.names)
        ]

    def day_and_loss(self) -> tuple[date, str]:
        """The day of the list, and the stage in which lost deals stood that name none."""
        assert self.as_of.data is not None
        return self.as_of.data, str(self.lost_in.data or "")

    def stages(self) -> list[Stage]:
        """What was said of each stage."""
        return [
            Stage(name, State(state.data), int(place.data or 0), None if norm.data is None else int(norm.data))
            for name, state, place, norm in self.rows()
        ]


def make_stages_form(plan: KeptPlan) -> StagesForm:
    """A form with a row for each stage, as proposed or as it was confirmed before."""
    states = [SelectChoice(state.value, STATE_LABELS[state]) for state in State]
    ordered = sorted(plan.stages, key=lambda one: (one.state is not State.OPEN, one.place, one.name))
    fields: dict[str, object] = {"names": tuple(one.name for one in ordered)}
    for n, one in enumerate(ordered):
        named = one.name or lazy("(empty)")
        fields[f"state_{n}"] = SelectField(
            lazy("What %(stage)s means", stage=named), choices=states, default=one.state.value
        )
        fields[f"place_{n}"] = WholeField(
            lazy("Place of %(stage)s", stage=named), [Optional(), NumberRange(0, 999)], default=one.place or None
        )
        fields[f"norm_{n}"] = WholeField(
            lazy("Norm of %(stage)s in days", stage=named), [Optional(), NumberRange(0, LONGEST_NORM_DAYS)],
            default=one.norm_days,
        )  # fmt: skip
    form = cast(StagesForm, type("StagesForm", (StagesForm,), fields)(as_of=plan.as_of, lost_in=plan.lost_in))
    opened = [one.name for one in ordered if one.state is State.OPEN]
    form.lost_in.choices = [SelectChoice("", lazy("not known")), *(SelectChoice(name, name) for name in opened)]
    form.lost_in.validate_choice = False
    return form


def _first_day(found: re.Match[str]) -> date:
    return date(int(found["year"] or found["year2"]), int(found["month"] or found["month2"]), 1)


def _client_defaults(plan: KeptPlan) -> dict[str, str]:
    clients = "" if plan.clients is None else str(plan.clients)
    return {"clients": clients, "client_name": plan.client, "client_segment": plan.segment}


def _show(name: str, example: str) -> str:
    return f"{name} ({example[:40]})" if example else name
