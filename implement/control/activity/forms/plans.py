"""Forms of periods, plans and targets."""

from collections.abc import Mapping
from decimal import Decimal

from wtforms import FieldList, Form, FormField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.control.activity.service.catalogue import KpiRow
from implement.control.activity.service.plans import MOST_KPIS, PlanItem, PlanRow
from implement.control.activity.service.targets import MOST_TARGET, Cell, Target
from implement.engine.activity.capacity import DaySettings
from implement.web.forms import BaseForm, DayField, NotReadable, ShareField, UploadField, WholeField, read_number
from implement.web.texts import _, language, lazy

WHOLE = 10_000


class PeriodForm(BaseForm):
    """A span of days to be planned."""

    first_day = DayField(lazy("First day"), [InputRequired()])
    last_day = DayField(lazy("Last day"), [InputRequired()])


class PlanRowForm(Form):
    """One KPI of a plan."""

    kpi = SelectField(lazy("Activity"), [Optional()])
    weight = ShareField(lazy("Weight in %"), [Optional(), NumberRange(min=0, max=1)])
    minutes = WholeField(lazy("Minutes of one"), [Optional(), NumberRange(min=0, max=480)])
    typing = WholeField(lazy("Minutes typing"), [Optional(), NumberRange(min=0, max=480)])


class PlanForm(BaseForm):
    """KPIs and weights of a function, and the firm's day against which the plan is checked."""

    minutes_a_day = WholeField(lazy("Minutes of a full working day"), [InputRequired(), NumberRange(min=60, max=720)])
    productive = ShareField(
        lazy("Productive part of the day in %"), [InputRequired(), NumberRange(min=Decimal("0.01"), max=1)]
    )
    most_typing = WholeField(lazy("Typing a day at most, in minutes"), [InputRequired(), NumberRange(min=0, max=720)])
    rows = FieldList(FormField(PlanRowForm), min_entries=MOST_KPIS, max_entries=MOST_KPIS)

    def choose(self, kpis: Mapping[str, KpiRow]) -> "PlanForm":
        """Offer the catalogue in every row."""
        choices = [SelectChoice("", "–"), *(SelectChoice(key, row.name) for key, row in kpis.items())]
        for row in self.rows:
            row.form.kpi.choices = choices
        return self

    def to_items(self, kpis: Mapping[str, KpiRow]) -> list[PlanItem]:
        """The rows that name a KPI; minutes left empty are those of the catalogue."""
        found = []
        for row in (row.form for row in self.rows if row.form.kpi.data):
            kpi = kpis[row.kpi.data].kpi
            minutes = kpi.minutes if row.minutes.data is None else int(row.minutes.data)
            typing = kpi.typing_minutes if row.typing.data is None else int(row.typing.data)
            found.append(PlanItem(kpi.key, int((row.weight.data or Decimal(0)) * WHOLE), minutes, typing))
        return found

    def to_settings(self) -> DaySettings:
        """The firm's day."""
        productive = int((self.productive.data or Decimal(0)) * WHOLE)
        return DaySettings(int(self.minutes_a_day.data or 0), productive, int(self.most_typing.data or 0))


def fill_plan(plan: PlanRow | None) -> dict[str, object]:
    """What the form of a plan begins with."""
    settings = plan.settings if plan else DaySettings()
    rows = [
        {
            "kpi": item.kpi_key, "weight": Decimal(item.weight_bp) / WHOLE, "minutes": item.minutes,
            "typing": item.typing_minutes,
        }
        for item in (plan.items if plan else ())
    ]  # fmt: skip
    day = {"minutes_a_day": settings.minutes_a_day, "most_typing": settings.most_typing_minutes}
    productive = Decimal(settings.productive_bp) / WHOLE
    return {"version": plan.version if plan else None, "productive": productive, "rows": rows, **day}


class ExceptionForm(BaseForm):
    """A KPI that does not apply to somebody, and why."""

    person_id = SelectField(lazy("Person"), [InputRequired()], coerce=int)
    kpi_key = SelectField(lazy("Activity"), [InputRequired()])
    reason = StringField(lazy("Why it does not apply"), [InputRequired(), Length(max=300)])


class TargetFileForm(BaseForm):
    """A file of targets: number, KPI, target."""

    file = UploadField(
        lazy("File of targets (CSV or XLSX: number, KPI, target)"), [InputRequired()], accept=(".csv", ".xlsx", ".txt"),
        limit_mb=10,
    )  # fmt: skip


def name_cell(cell: Cell) -> str:
    """The name of a target's box."""
    return f"target_{cell[0]}_{cell[1]}"


def read_cells(
    form: Mapping[str, str], cells: Mapping[Cell, Target | None]
) -> tuple[dict[Cell, Target], dict[Cell, str]]:
    """What was typed into the boxes: targets, and by box what cannot be read. An empty box changes nothing."""
    found, faults = {}, {}
    for cell in cells:
        typed = form.get(name_cell(cell), "").strip()
        if not typed:
            continue
        try:
            number = read_number(typed, language())
        except NotReadable:
            number = Decimal(0)
        if number != number.to_integral_value() or not 0 < number <= MOST_TARGET:
            faults[cell] = _("Please write a whole number above 0.")
        else:
            found[cell] = Target(int(number))
    return found, faults
