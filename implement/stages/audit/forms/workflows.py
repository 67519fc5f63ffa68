"""A workflow and its steps, as they are written down while people tell them."""

from decimal import Decimal

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.service.workflows import StepText, WorkflowText
from implement.stages.audit.tables import WorkflowStep
from implement.web.access import standing
from implement.web.forms import BaseForm, LocalDecimalField, MoneyField, WholeField
from implement.web.texts import lazy

MOST_MINUTES = 100_000
MOST_RUNS = 1_000_000
MINUTES_OF_AN_HOUR = 60
TODAY, WANTED = "today", "wanted"


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(standing().rollout_id).currency


class WorkflowForm(BaseForm):
    """A workflow: what it is called, how often it runs, what an hour of it costs."""

    name = StringField(
        lazy("Workflow"), [InputRequired(), Length(max=120)], description=lazy("For example “From request to order”.")
    )
    aspect = SelectField(
        lazy("What you write down"),
        choices=[SelectChoice(TODAY, lazy("how it runs today")), SelectChoice(WANTED, lazy("how it should run"))],
    )
    runs_per_month = WholeField(lazy("Times a month"), [Optional(), NumberRange(0, MOST_RUNS)])
    hour_cost_minor = MoneyField(lazy("Cost of a working hour"), [Optional(), NumberRange(0)], currency=own_currency)

    def text(self) -> WorkflowText:
        """What was written."""
        return WorkflowText(
            name=self.name.data or "",
            is_wanted=self.aspect.data == WANTED,
            runs_per_month=_whole(self.runs_per_month),
            hour_cost_minor=_whole(self.hour_cost_minor),
        )


class StepForm(BaseForm):
    """One step: what, who, where, how long."""

    title = StringField(lazy("What is done"), [InputRequired(), Length(max=200)])
    who = StringField(
        lazy("Who does it"), [InputRequired(), Length(max=120)], render_kw={"list": "who-does", "autocomplete": "off"}
    )
    place = StringField(
        lazy("Where: program, paper, mailbox"), [Length(max=120)], render_kw={"list": "places", "autocomplete": "off"}
    )
    work_minutes = WholeField(
        lazy("Minutes of work"), [Optional(), NumberRange(0, MOST_MINUTES)], description=lazy("Empty: nobody knows.")
    )
    waiting_hours = LocalDecimalField(
        lazy("Hours of waiting before it"), [Optional(), NumberRange(0, MOST_MINUTES // MINUTES_OF_AN_HOUR)]
    )
    is_unclear = BooleanField(lazy("Unclear: people do it differently, or nobody can say how"))

    def show(self, step: WorkflowStep) -> "StepForm":
        """Show the waiting of a kept step in hours."""
        if self.waiting_hours.raw_data is None and step.waiting_minutes is not None:
            self.waiting_hours.data = Decimal(step.waiting_minutes) / MINUTES_OF_AN_HOUR
        return self

    def text(self) -> StepText:
        """What was written."""
        waiting = self.waiting_hours.data
        return StepText(
            title=self.title.data or "",
            who=self.who.data or "",
            place=self.place.data or "",
            work_minutes=_whole(self.work_minutes),
            waiting_minutes=None if waiting is None else round(waiting * MINUTES_OF_AN_HOUR),
            is_unclear=bool(self.is_unclear.data),
        )


class UnclearForm(BaseForm):
    """Why a workflow has to be put in order first; empty: it is clear."""

    because = TextAreaField(lazy("What is unclear about it"), [InputRequired(), Length(max=600)])


def _whole(field: LocalDecimalField) -> int | None:
    return None if field.data is None else int(field.data)
