"""What is typed in of a plan."""

from collections.abc import Mapping

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.rollout.stages import Stage
from implement.stages.specification.plan_page import STAGES
from implement.stages.specification.service.plan.steps import MOST_WAVES, StepSaid, read_templates
from implement.web.forms import BaseForm, DayField, TickList, WholeField
from implement.web.texts import language, lazy


class BeginForm(BaseForm):
    """Which plan, from when, for how many waves."""

    template = SelectField(lazy("Plan"), [InputRequired()])
    start = DayField(lazy("First day"), [InputRequired()])
    waves = WholeField(lazy("Waves"), [InputRequired(), NumberRange(1, MOST_WAVES)])

    def offer(self) -> "BeginForm":
        """Offer the plans that come with the product."""
        self.template.choices = [SelectChoice(one.id, one.title.in_language(language())) for one in read_templates()]
        return self


class StartForm(BaseForm):
    """Another first day."""

    start = DayField(lazy("First day"), [InputRequired()])


class StepForm(BaseForm):
    """One step, and what has become of it."""

    title = StringField(lazy("Step"), [Optional(), Length(max=200)])
    stage = SelectField(
        lazy("Stage"), choices=[SelectChoice(one.value, STAGES[one]) for one in Stage], default=Stage.PILOT.value
    )
    days = WholeField(lazy("Working days (0: a moment)"), [InputRequired(), NumberRange(0, 260)])
    after = TickList(lazy("Waits for"))
    began_on = DayField(lazy("Begun on"), [Optional()])
    ended_on = DayField(lazy("Over on"), [Optional()])
    done_percent = WholeField(lazy("Done, in percent"), [Optional(), NumberRange(0, 100)], default=0)

    def offer(self, names: Mapping[str, str], own: str = "") -> "StepForm":
        """Offer the other steps to wait for."""
        self.after.choices = [SelectChoice(key, name) for key, name in names.items() if key != own]
        return self

    def said(self) -> StepSaid:
        """What was typed."""
        days, done = int(str(self.days.data)), int(str(self.done_percent.data or 0))
        waits = tuple(self.after.data or ())
        return StepSaid(self.title.data or "", days, waits, self.began_on.data, self.ended_on.data, done)
