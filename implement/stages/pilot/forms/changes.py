"""What is typed in of wishes, decisions, conflicts and value messages."""

from collections.abc import Mapping, Sequence

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from implement.engine.before_after import Timing
from implement.stages.pilot.forms.training import offer_roles
from implement.stages.pilot.service.changes import DECISIONS, STATES, Decision, Told, Wish
from implement.stages.pilot.service.conflicts.register import ConflictSaid, Party, Verdict
from implement.stages.pilot.service.functions import OTHER
from implement.stages.pilot.service.values import SIDES, ValueSaid
from implement.web.forms import BaseForm, DayField, WholeField
from implement.web.texts import _, lazy

NONE = 0


class WishForm(BaseForm):
    """A wished change of the system."""

    title = StringField(lazy("What should be different?"), [InputRequired(), Length(max=200)])
    why = TextAreaField(lazy("Why"), [InputRequired(), Length(max=5000)])
    requirement_id = SelectField(lazy("Requirement it serves"), coerce=int, default=NONE)

    def offer(self, requirements: Sequence[tuple[int, str]]) -> "WishForm":
        """Offer the requirements; whoever may not read them names none."""
        self.requirement_id.choices = [SelectChoice(NONE, _("none that is written down"))]
        self.requirement_id.choices += [SelectChoice(key, line) for key, line in requirements]
        if not requirements:
            del self.requirement_id
        return self

    def said(self) -> Wish:
        """What was typed."""
        serves = (self.requirement_id.data or None) if "requirement_id" in self else None
        return Wish(self.title.data or "", self.why.data or "", serves)


class DecisionForm(BaseForm):
    """Yes or no, and why."""

    state = SelectField(lazy("Decision"), choices=[SelectChoice(key, STATES[key]) for key in DECISIONS])
    words = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=5000)])
    planned_for = DayField(lazy("Planned for"), [Optional()])

    def said(self) -> Decision:
        """What was decided."""
        return Decision(self.state.data, self.words.data or "", self.planned_for.data)


class DoneForm(BaseForm):
    """The change is there: since when, what is new, for whom."""

    done_on = DayField(lazy("Since"), [InputRequired()])
    words = TextAreaField(lazy("What is new, in the words of those who use it"), [InputRequired(), Length(max=5000)])
    for_role = SelectField(lazy("For whom"), default="")
    for_team_id = SelectField(lazy("Team"), coerce=int, default=NONE)

    def offer(self, roles: Sequence[str], teams: Mapping[int, str]) -> "DoneForm":
        """Offer roles and teams."""
        self.for_role.choices = offer_roles(roles)
        self.for_team_id.choices = [SelectChoice(NONE, _("all teams"))]
        self.for_team_id.choices += [SelectChoice(team_id, name) for team_id, name in teams.items()]
        return self

    def said(self) -> Told:
        """What is told to whom."""
        assert self.done_on.data is not None
        return Told(self.done_on.data, self.words.data or "", self.for_role.data, self.for_team_id.data or None)


class ConflictForm(BaseForm):
    """A conflict about who does what."""

    task = StringField(lazy("Which task is it about?"), [InputRequired(), Length(max=200)])
    function = SelectField(lazy("Function of the CRM"), default=OTHER)
    first = SelectField(lazy("One side"))
    other = SelectField(lazy("Other side"))
    what_happened = TextAreaField(lazy("What happened"), [Length(max=5000)])
    arbiter_id = SelectField(lazy("Arbiter"), coerce=int)
    due = DayField(lazy("To be decided until"), [InputRequired()])

    def offer(
        self, functions: Mapping[str, str], sides: Sequence[tuple[str, str]], arbiters: Sequence[tuple[int, str]]
    ) -> "ConflictForm":
        """Offer functions, teams and people, and who may arbitrate."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        self.first.choices = [SelectChoice(key, name) for key, name in sides]
        self.other.choices = [SelectChoice("", _("not known yet")), *self.first.choices]
        self.arbiter_id.choices = [SelectChoice(user_id, name) for user_id, name in arbiters]
        return self

    def said(self) -> ConflictSaid:
        """What was typed."""
        assert self.due.data is not None
        return ConflictSaid(
            self.task.data or "", self.function.data, Party.read(self.first.data), Party.read(self.other.data),
            self.what_happened.data or "", self.arbiter_id.data, self.due.data,
        )  # fmt: skip


class OtherSideForm(BaseForm):
    """Who the other side is."""

    other = SelectField(lazy("Other side"))

    def offer(self, sides: Sequence[tuple[str, str]]) -> "OtherSideForm":
        """Offer teams and people."""
        self.other.choices = [SelectChoice(key, name) for key, name in sides]
        return self


class VerdictForm(BaseForm):
    """Cause and decision of a conflict."""

    cause = TextAreaField(lazy("Cause"), [InputRequired(), Length(max=5000)])
    decision = TextAreaField(lazy("Who does what from now on"), [InputRequired(), Length(max=5000)])
    wish = StringField(
        lazy("Automation to ask for"),
        [Optional(), Length(max=200)],
        description=lazy("With a title it goes to the wishes as a change of the system."),
    )

    def said(self) -> Verdict:
        """What was decided."""
        return Verdict(self.cause.data or "", self.decision.data or "", self.wish.data or "")


class ValueForm(BaseForm):
    """A task of a role, and what its doing faster means for people."""

    task = StringField(lazy("Task"), [InputRequired(), Length(max=200)])
    for_role = SelectField(lazy("For whom"), default="")
    gain = TextAreaField(lazy("What it means for whoever does it"), [InputRequired(), Length(max=2000)])
    clicks = WholeField(lazy("Clicks in the CRM"), [Optional(), NumberRange(1, 500)])

    def offer(self, roles: Sequence[str]) -> "ValueForm":
        """Offer the roles."""
        self.for_role.choices = offer_roles(roles)
        return self

    def said(self) -> ValueSaid:
        """What was typed."""
        clicks = self.clicks.data
        whole = None if clicks is None else int(str(clicks))
        return ValueSaid(self.for_role.data, self.task.data or "", self.gain.data or "", whole)


class TimingForm(BaseForm):
    """One measured doing."""

    side = SelectField(lazy("How it was done"), choices=[SelectChoice(key, label) for key, label in SIDES.items()])
    minutes = WholeField(lazy("Minutes it took"), [Optional(), NumberRange(0, 1439)])
    seconds = WholeField(lazy("Seconds"), [InputRequired(), NumberRange(0, 59)])
    measured_on = DayField(lazy("Measured on"), [InputRequired()])

    def validate_seconds(self, field: Field) -> None:
        """Refuse a doing that took no time."""
        if not self.all_seconds:
            raise ValidationError(_("Please say how long it took."))

    @property
    def timing(self) -> Timing:
        """What was measured."""
        assert self.measured_on.data is not None
        return Timing(self.all_seconds, self.measured_on.data)

    @property
    def all_seconds(self) -> int:
        """Minutes and seconds together."""
        return 60 * int(str(self.minutes.data or 0)) + int(str(self.seconds.data or 0))
