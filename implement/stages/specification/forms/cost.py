"""What is typed in to price a rollout."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.engine.choice import System
from implement.engine.cost import Factor, FactorKind
from implement.rollout.service.rollouts import get_rollout
from implement.stages.specification.cost_page import LEAD_LABELS, UNIT_LABELS, WAY_LABELS
from implement.stages.specification.forms.choice import FieldsForm
from implement.stages.specification.service.cost.capacity import CallsSaid
from implement.stages.specification.service.cost.exchange import ExchangeSaid
from implement.stages.specification.service.cost.figures import THOUSANDTHS, Figure, OfferSaid
from implement.stages.specification.service.cost.savings import SavingSaid
from implement.stages.specification.tables.cost import SavingLine
from implement.web.access import standing
from implement.web.forms import BaseForm, DayField, LocalDecimalField, MoneyField, ShareField, WholeField
from implement.web.texts import _, language, lazy

POINTS = ("low", "likely", "high")
POINT_LABELS = {"low": lazy("Low"), "likely": lazy("Likely"), "high": lazy("High")}
LARGEST = 10**9


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(standing().rollout_id).currency


class OfferForm(BaseForm):
    """An offer: of which system, whose word it is, of which day."""

    system_key = SelectField(lazy("CRM system"), default="")
    name = StringField(
        lazy("Offer"),
        [InputRequired(), Length(max=200)],
        description=lazy("System and way to buy it, for example “Bitrix24, 40 seats, hosted”."),
    )
    source = StringField(
        lazy("Whose word it is"),
        [InputRequired(), Length(max=300)],
        description=lazy("For example “Offer 2317 of the vendor, by mail”, or “list price on the vendor's page”."),
    )
    offered_on = DayField(
        lazy("Day of the offer"), [InputRequired()], description=lazy("After a year the product asks for a new one.")
    )

    def offer(self, systems: Sequence[System], system_key: str = "") -> "OfferForm":
        """Let choose from these systems, one of them chosen."""
        none = SelectChoice("", lazy("none of the catalogue"))
        self.system_key.choices = [none, *(SelectChoice(one.id, one.name) for one in systems)]
        if not self.is_submitted() and system_key:
            self.system_key.data = system_key
        return self

    def said(self) -> OfferSaid:
        """What was typed."""
        return OfferSaid(self.name.data, self.system_key.data or "", self.source.data, self.offered_on.data)


class SavingForm(BaseForm):
    """A saving with the figure somebody collects."""

    title = StringField(lazy("What is saved"), [InputRequired(), Length(max=200)])
    unit = StringField(
        lazy("Counted in"), [InputRequired(), Length(max=80)], description=lazy("For example hours a year.")
    )
    low = LocalDecimalField(lazy("A year, low"), [InputRequired(), NumberRange(0, LARGEST)])
    likely = LocalDecimalField(lazy("A year, likely"), [InputRequired(), NumberRange(0, LARGEST)])
    high = LocalDecimalField(lazy("A year, high"), [InputRequired(), NumberRange(0, LARGEST)])
    piece_minor = MoneyField(lazy("Money for one"), [InputRequired(), NumberRange(0, 10**12)], currency=own_currency)
    first_month = WholeField(lazy("From month"), [InputRequired(), NumberRange(1, 36)], default=4)
    collected_by = StringField(lazy("Who collects the figure"), [InputRequired(), Length(max=200)])
    due = DayField(lazy("Until"), [Optional()])
    collected_on = DayField(lazy("Collected on"), [Optional()])
    evidence = TextAreaField(lazy("How it was counted"), [Length(max=2000)])

    def show(self, row: SavingLine) -> "SavingForm":
        """Show the pieces of a saving as they are counted, not in thousandths."""
        if not self.is_submitted():
            for name in POINTS:
                self[name].data = Decimal(getattr(row, name)) / THOUSANDTHS
        return self

    def said(self) -> SavingSaid:
        """What was typed."""
        low, likely, high = (to_thousandths(self[name].data) for name in POINTS)
        return SavingSaid(
            self.title.data, self.unit.data, low, likely, high, to_whole(self.piece_minor.data),
            to_whole(self.first_month.data), self.collected_by.data, self.due.data, self.collected_on.data,
            self.evidence.data or "",
        )  # fmt: skip


class CallsForm(BaseForm):
    """Calls of a day, and who answers them."""

    calls = WholeField(lazy("Calls a day, answered or not"), [InputRequired(), NumberRange(0, 10**7)])
    repeated = ShareField(
        lazy("Of them people who try again"), [InputRequired(), NumberRange(0, 1)], default=Decimal(0)
    )
    day = LocalDecimalField(lazy("Hours a day"), [InputRequired(), NumberRange(Decimal("0.1"), 24)], default=Decimal(8))
    busiest = ShareField(lazy("Share of the busiest hour"), [InputRequired(), NumberRange(Decimal("0.001"), 1)],
                         default=Decimal("0.15"))  # fmt: skip
    call = LocalDecimalField(lazy("Minutes a call takes, with writing it down"),
                             [InputRequired(), NumberRange(Decimal("0.1"), 600)], default=Decimal(4))  # fmt: skip
    people = WholeField(lazy("People who answer at once"), [InputRequired(), NumberRange(1, 20_000)])

    def show(self, said: CallsSaid | None) -> "CallsForm":
        """Show what was said before."""
        if said is not None and not self.is_submitted():
            self.calls.data, self.people.data = said.calls, said.people
            for name in ("repeated", "day", "busiest", "call"):
                self[name].data = Decimal(getattr(said, f"{name}_thousandths")) / THOUSANDTHS
        return self

    def said(self) -> CallsSaid:
        """What was typed."""
        parts = {
            f"{name}_thousandths": to_thousandths(self[name].data) for name in ("repeated", "day", "busiest", "call")
        }
        return CallsSaid(calls=to_whole(self.calls.data), people=to_whole(self.people.data), **parts)


class ExchangeForm(BaseForm):
    """Something that passes between CRM and accounting."""

    what = StringField(lazy("What passes"), [InputRequired(), Length(max=120)])
    leads = SelectField(lazy("Which system leads"), choices=[SelectChoice(k, v) for k, v in LEAD_LABELS.items()])
    way = SelectField(lazy("On which way"), choices=[SelectChoice(k, v) for k, v in WAY_LABELS.items()])
    records_a_week = WholeField(lazy("Records a week"), [InputRequired(), NumberRange(0, 10**7)])
    seconds_each = WholeField(lazy("Seconds to type one"), [InputRequired(), NumberRange(0, 36_000)], default=90)
    tested_on = DayField(lazy("Tried with ten records on"), [Optional()])

    def said(self) -> ExchangeSaid:
        """What was typed."""
        work = to_whole(self.records_a_week.data), to_whole(self.seconds_each.data)
        return ExchangeSaid(self.what.data, self.leads.data, self.way.data, *work, self.tested_on.data)


def make_figures_form(
    factors: Sequence[Factor], known: Mapping[str, Figure], propose: Callable[[Factor], Figure | None], source: str = ""
) -> FieldsForm:
    """Low, likely, high and source of each factor; what is not said yet is proposed from the audit.

    `source` stands there for figures that have none yet.
    """
    fields: dict[str, Field] = {}
    for one in factors:
        figure = known.get(one.id) or propose(one)
        for name in POINTS:
            fields[f"{name}_{one.id}"] = _make_field(one, name, getattr(figure, name) if figure else None)
        word = figure.source if figure else source
        fields[f"source_{one.id}"] = StringField(lazy("Source"), [Length(max=300)], default=word)
    form: FieldsForm = type("MadeForm", (FieldsForm,), fields)()
    return form


def read_figures(form: FieldsForm, factors: Sequence[Factor]) -> dict[str, Figure | None] | None:
    """The figures as they were typed in; None, with the fault by its field, where one is out of order."""
    said: dict[str, Figure | None] = {}
    for one in factors:
        typed = [form.value(f"{name}_{one.id}") for name in POINTS]
        given = [value for value in typed if value is not None]
        if not given:
            said[one.id] = None
            continue
        low, likely, high = (_to_unit(one, value) for value in _fill(typed, given))
        if not 0 <= low <= likely <= high:
            form[f"likely_{one.id}"].errors = [_("Low, likely and high must stand in this order.")]
        said[one.id] = Figure(low, likely, high, str(form.value(f"source_{one.id}") or "").strip())
    return None if form.errors else said


def to_whole(value: object) -> int:
    """A whole number as a field gives it."""
    return int(str(value))


def to_thousandths(value: object) -> int:
    """A number in whole thousandths."""
    return int((Decimal(str(value)) * THOUSANDTHS).to_integral_value())


def offer_names(factors: Sequence[Factor]) -> dict[str, str]:
    """The factors by their names and units."""
    return {one.id: " ".join(filter(None, (one.text.in_language(language()), _unit(one)))) for one in factors}


def _unit(one: Factor) -> str:
    unit = own_currency() if one.kind is FactorKind.MONEY else str(UNIT_LABELS[one.kind])
    return f"({unit})" if unit else ""


def _fill(typed: Sequence[object], given: Sequence[object]) -> list[object]:
    """One figure alone is a point; low and high without a likely have their likely at the low."""
    low, likely, high = typed
    middle = likely if likely is not None else given[0]
    return [low if low is not None else middle, middle, high if high is not None else middle]


def _make_field(one: Factor, name: str, value: int | None) -> Field:
    label, limits = POINT_LABELS[name], [Optional(), NumberRange(0, 10**12)]
    if one.kind is FactorKind.MONEY:
        return MoneyField(label, limits, currency=own_currency, default=value)
    default = None if value is None else Decimal(value) / THOUSANDTHS
    kind = ShareField if one.kind is FactorKind.SHARE else LocalDecimalField
    return kind(label, [Optional(), NumberRange(0, 10 if one.kind is FactorKind.SHARE else LARGEST)], default=default)


def _to_unit(one: Factor, value: object) -> int:
    return int(str(value)) if one.kind is FactorKind.MONEY else to_thousandths(value)
