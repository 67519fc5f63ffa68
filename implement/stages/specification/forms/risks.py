"""What is typed in of risks, team, mandate, third parties and backups."""

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.rollout.service.people import list_members
from implement.stages.specification.forms.cost import own_currency
from implement.stages.specification.service.risks.register import STATES, RiskSaid
from implement.stages.specification.service.risks.safety import BackupSaid, PartySaid
from implement.stages.specification.service.risks.team import NO_MANDATE, PARTS, SIDES, PartSaid
from implement.web.forms import BaseForm, DayField, MoneyField, WholeField
from implement.web.texts import _, lazy

NOBODY = 0
SIZES = [SelectChoice(size, str(size)) for size in (1, 2, 3, 4)]


class RiskForm(BaseForm):
    """A risk with owner, prevention, trigger and budget."""

    title = StringField(lazy("Risk"), [Optional(), Length(max=300)])
    likelihood = SelectField(lazy("How likely, 1 to 4"), coerce=int, choices=SIZES, default=2)
    impact = SelectField(lazy("How grave, 1 to 4"), coerce=int, choices=SIZES, default=2)
    owner_id = SelectField(lazy("Owner"), coerce=int, default=NOBODY)
    prevention = TextAreaField(lazy("Prevention"), [Length(max=2000)])
    trigger = TextAreaField(lazy("Early sign"), [Length(max=2000)])
    budget_minor = MoneyField(lazy("Budget for it"), [Optional(), NumberRange(0, 10**12)], currency=own_currency)
    state = SelectField(lazy("State"), choices=[SelectChoice(key, label) for key, label in STATES.items()])

    def offer(self, rollout_id: int) -> "RiskForm":
        """Offer the members as owners."""
        members = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
        self.owner_id.choices = [SelectChoice(NOBODY, _("nobody yet"))]
        self.owner_id.choices += [SelectChoice(user_id, name) for user_id, name in members.items()]
        return self

    def said(self) -> RiskSaid:
        """What was typed."""
        budget = self.budget_minor.data
        return RiskSaid(
            self.title.data or "", self.prevention.data or "", self.trigger.data or "", self.likelihood.data,
            self.impact.data, self.owner_id.data or None, None if budget is None else int(str(budget)), self.state.data,
        )  # fmt: skip


class PartForm(BaseForm):
    """Somebody in the joint team."""

    part = SelectField(lazy("Part"), choices=[SelectChoice(key, label) for key, label in PARTS.items()])
    side = SelectField(lazy("Side"), choices=[SelectChoice(key, label) for key, label in SIDES.items()])
    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    duty = TextAreaField(lazy("Duty"), [InputRequired(), Length(max=1000)])
    gain = StringField(lazy("What they gain"), [Optional(), Length(max=1000)])
    hours_a_week = WholeField(lazy("Hours a week"), [Optional(), NumberRange(0, 60)])
    will_use = BooleanField(lazy("Will work in the CRM"))

    def said(self) -> PartSaid:
        """What was typed."""
        hours = self.hours_a_week.data
        return PartSaid(
            self.part.data, self.side.data, self.name.data, self.duty.data, self.gain.data or "",
            None if hours is None else int(str(hours)), bool(self.will_use.data),
        )  # fmt: skip


class LineForm(BaseForm):
    """A line of the mandate."""

    what = StringField(lazy("What is supplied"), [InputRequired(), Length(max=300)])
    supplier = StringField(lazy("By whom"), [InputRequired(), Length(max=200)])
    due = DayField(lazy("Until"), [InputRequired()])


class DeliveryForm(BaseForm):
    """When it was supplied, or why not yet."""

    delivered_on = DayField(lazy("Supplied on"), [Optional()])
    has_mandate = SelectField(
        lazy("Reason of a delay"),
        choices=[SelectChoice("", lazy("another")), SelectChoice(NO_MANDATE, lazy("no mandate"))],
    )
    reason = StringField(lazy("In words"), [Optional(), Length(max=300)])

    @property
    def delay_reason(self) -> str:
        """The reason as it is kept."""
        return NO_MANDATE if self.has_mandate.data == NO_MANDATE else self.reason.data or ""


class PartyForm(BaseForm):
    """A firm that holds records."""

    name = StringField(lazy("Firm"), [InputRequired(), Length(max=200)])
    holds = StringField(lazy("Holds"), [InputRequired(), Length(max=300)])
    country = StringField(lazy("Country"), [Optional(), Length(max=80)])
    contract = StringField(lazy("Contract"), [Optional(), Length(max=300)])
    until = DayField(lazy("Until"), [Optional()])

    def said(self) -> PartySaid:
        """What was typed."""
        words = self.country.data or "", self.contract.data or ""
        return PartySaid(self.name.data, self.holds.data, *words, self.until.data)


class BackupForm(BaseForm):
    """How the CRM is backed up."""

    interval_hours = WholeField(lazy("Hours between backups"), [Optional(), NumberRange(1, 10_000)])
    has_outside = BooleanField(lazy("A copy lies outside"))
    place = StringField(lazy("Where"), [Optional(), Length(max=300)])
    restored_on = DayField(lazy("Restore last tried on"), [Optional()])

    def said(self) -> BackupSaid:
        """What was typed."""
        hours = self.interval_hours.data
        whole = None if hours is None else int(str(hours))
        return BackupSaid(whole, bool(self.has_outside.data), self.place.data or "", self.restored_on.data)
