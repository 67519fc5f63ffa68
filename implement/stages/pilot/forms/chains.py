"""What is typed in of chains and their rehearsals."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.business_time import BusinessHours
from implement.engine.rehearsal import ChainStep, EventKind
from implement.stages.pilot.service.chains import ChainStart
from implement.stages.pilot.tables import OrderStep
from implement.web.forms import BaseForm, DayField, UploadField, WholeField
from implement.web.texts import _, lazy

MOST_ORDERS, LARGEST_SEED = 200, 1_000_000
KINDS = (".csv", ".xlsx", ".txt")
WEEKDAYS = (
    ("1", lazy("Monday")), ("2", lazy("Tuesday")), ("3", lazy("Wednesday")), ("4", lazy("Thursday")),
    ("5", lazy("Friday")), ("6", lazy("Saturday")), ("7", lazy("Sunday")),
)  # fmt: skip


class ChainForm(BaseForm):
    """A chain to begin: from what, under which name, of which team."""

    start = SelectField(lazy("Begin from"))
    name = StringField(lazy("Name"), [Optional(), Length(max=200)])
    team_id = SelectField(lazy("Team whose head is told"), coerce=int)

    def offer(self, starts: Sequence[ChainStart], teams: Sequence[tuple[int, str]]) -> "ChainForm":
        """Offer templates, drawn workflows and teams."""
        self.start.choices = [SelectChoice(one.key, one.title) for one in starts]
        self.start.choices.append(SelectChoice("empty", _("nothing: write the steps")))
        self.team_id.choices = [SelectChoice(0, _("whoever leads the rollout"))]
        self.team_id.choices += [SelectChoice(team_id, name) for team_id, name in teams]
        return self


class StepForm(BaseForm):
    """One step of a chain."""

    title = StringField(lazy("What is done"), [InputRequired(), Length(max=200)])
    role = StringField(lazy("Role"), [InputRequired(), Length(max=120)])
    minutes = WholeField(lazy("Open minutes it may take"), [InputRequired(), NumberRange(1, 10_000)], default=30)

    def said(self) -> ChainStep:
        """What was typed."""
        return ChainStep(str(self.title.data), str(self.role.data), int(str(self.minutes.data)))


class SimulationForm(BaseForm):
    """A rehearsal without people."""

    orders = WholeField(lazy("How many orders"), [InputRequired(), NumberRange(1, MOST_ORDERS)], default=40)
    seed = WholeField(
        lazy("Seed"), [InputRequired(), NumberRange(0, LARGEST_SEED)], default=1,
        description=lazy("The same seed gives the same rehearsal."),
    )  # fmt: skip
    first_day = DayField(lazy("First day"), [InputRequired()])


class RunsForm(BaseForm):
    """A file of what really happened."""

    file = UploadField(
        lazy("File with the columns order, step and at"), [InputRequired()], accept=KINDS, limit_mb=5,
        description=lazy("A row without a step is the request itself; a step is named by its number or its title."),
    )  # fmt: skip


class OrderForm(BaseForm):
    """A request that has come."""

    number = StringField(lazy("Number of the order"), [InputRequired(), Length(max=60)])


class EventsForm(BaseForm):
    """Which kind of event is the request, and which ends each step; from which day on orders are followed."""

    request = SelectField(lazy("The request has come"), [InputRequired()])
    first_day = DayField(
        lazy("Orders that came from"), [InputRequired()],
        description=lazy("What was late before today is shown; the head is told of what becomes late from now on."),
    )  # fmt: skip

    def fill(self, request: str, ends: Mapping[int, str]) -> "EventsForm":
        """Show what was chosen before."""
        self.request.data = request
        for step_id, key in ends.items():
            self[f"step_{step_id}"].data = key
        return self

    def said(self, kinds: Sequence[EventKind]) -> tuple[EventKind | None, dict[int, EventKind | None], date]:
        """What was chosen: for the request, by the step's id, and the first day."""
        assert self.first_day.data is not None
        steps = {int(name.removeprefix("step_")): self[name].data for name in self._fields if name.startswith("step_")}
        ends = {step: _choice(key, kinds) for step, key in steps.items()}
        return _choice(self.request.data, kinds), ends, self.first_day.data


def make_events_form(steps: Sequence[OrderStep], kinds: Mapping[str, str], **given: object) -> EventsForm:
    """A form with a choice for the request and one for each step; `kinds` are labels by key."""
    offered = [SelectChoice("", _("no event tells of it")), *(SelectChoice(*one) for one in kinds.items())]
    fields = {f"step_{step.id}": SelectField(step.title, choices=offered) for step in steps}
    form: EventsForm = type("OneEventsForm", (EventsForm,), fields)(**given)
    form.request.choices = [SelectChoice("", _("please choose")), *offered[1:]]
    return form


class HoursForm(BaseForm):
    """When the firm is open."""

    opens = TimeField(lazy("Opens at"), [InputRequired()])
    closes = TimeField(lazy("Closes at"), [InputRequired()])
    weekdays = SelectMultipleField(
        lazy("Open on"),
        [InputRequired()],
        choices=[SelectChoice(*one) for one in WEEKDAYS],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def fill(self, hours: BusinessHours) -> "HoursForm":
        """Show what holds now."""
        self.opens.data, self.closes.data = (_time(one) for one in (hours.opens_minute, hours.closes_minute))
        self.weekdays.data = [str(day) for day in sorted(hours.weekdays)]
        return self

    def said(self) -> tuple[int, int, str]:
        """What was typed: minutes of the day, and the weekdays in order."""
        return _minute(self.opens.data), _minute(self.closes.data), "".join(sorted(self.weekdays.data or []))


def _time(minute: int) -> time:
    return time(min(minute, 1439) // 60, min(minute, 1439) % 60)


def _minute(said: time | None) -> int:
    return 60 * said.hour + said.minute if said else 0


def _choice(key: str | None, kinds: Sequence[EventKind]) -> EventKind | None:
    return kinds[int(key)] if key and key.isdecimal() and int(key) < len(kinds) else None
