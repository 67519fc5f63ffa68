"""Forms of the cutover: a step, the decision, the way back; times are those of the firm."""

from collections.abc import Mapping
from datetime import datetime, time

from flask import request
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from implement.rollout.service.rollouts import zone_of
from implement.stages.transfer.forms import offer_choices
from implement.stages.transfer.service.cutover import GO, NO_GO, WAY_BACK, DecisionTerms, StepTerms
from implement.web.forms import BaseForm
from implement.web.forms.fields import DayField
from implement.web.texts import lazy

CLOCK = Regexp(r"^([01]?\d|2[0-3])[:.][0-5]\d$", message=lazy("Please write the time as 21:30."))
DECISION_LABELS = {GO: lazy("go"), NO_GO: lazy("no-go"), WAY_BACK: lazy("way back")}


def tell_apart(forms: Mapping[str, BaseForm]) -> Mapping[str, BaseForm]:
    """Give the fields of several forms on one page ids that no two share."""
    for key, form in forms.items():
        for one in form:
            one.id = f"{key}-{one.short_name}"
    return forms


class MomentForm(BaseForm):
    """A day and a time on the clock of the firm."""

    day = DayField(lazy("Day"), [Optional()])
    clock = StringField(lazy("Time"), [Optional(), CLOCK])

    def read_moment(self) -> datetime | None:
        """The instant; midnight where no time was given, None without a day."""
        if self.day.data is None:
            return None
        hour, minute = (self.clock.data or "0:00").replace(".", ":").split(":")
        zone = zone_of(int((request.view_args or {})["rollout_id"]))
        return datetime.combine(self.day.data, time(int(hour), int(minute)), zone)


class StepForm(MomentForm):
    """A step of the cutover."""

    title = StringField(lazy("What is to be done"), [Optional(), Length(max=500)])
    owner_name = StringField(lazy("Who does it"), [Optional(), Length(max=200)])
    is_way_back = BooleanField(lazy("belongs to the way back"))

    def read_terms(self) -> StepTerms:
        """What was said."""
        title, owner = (self.title.data or "").strip(), (self.owner_name.data or "").strip()
        return StepTerms(title, owner, self.read_moment(), self.is_way_back.data)


class GoForm(BaseForm):
    """Go or no-go."""

    kind = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=offer_choices([(GO, lazy("Go: from now on the CRM counts")), (NO_GO, lazy("No-go: not yet"))]),
    )
    name = StringField(lazy("Decided by"), [InputRequired(), Length(max=200)])
    role = StringField(lazy("As what"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=4000)])

    def read_terms(self) -> DecisionTerms:
        """What was said."""
        name, role, reason = (str(one.data).strip() for one in (self.name, self.role, self.reason))
        return DecisionTerms(self.kind.data, name, role, reason)


class WayBackForm(MomentForm):
    """Until when the way back is open, and who decides on it."""

    day = DayField(lazy("Open until: day"), [InputRequired()])
    name = StringField(lazy("Who decides on it"), [InputRequired(), Length(max=200)])
    role = StringField(lazy("As what"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(lazy("What closes it"), [InputRequired(), Length(max=4000)])

    def read_terms(self) -> DecisionTerms:
        """What was said."""
        name, role, reason = (str(one.data).strip() for one in (self.name, self.role, self.reason))
        return DecisionTerms(WAY_BACK, name, role, reason, ends_at=self.read_moment())
