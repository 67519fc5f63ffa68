"""Forms of the terms that machines read: grounds, KPIs, checks, meetings."""

from decimal import Decimal

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.control.regulations.forms.texts import BoxesField
from implement.control.regulations.words import ABOUT_LABELS, KIND_LABELS, RHYTHM_LABELS, WEEKDAY_LABELS
from implement.engine.law.terms import Plain
from implement.web.access import Role
from implement.web.forms import BaseForm, ShareField, WholeField
from implement.web.roles import ROLE_LABELS
from implement.web.texts import lazy

NAME_LENGTH = 60
SENTENCE_LENGTH = 500


def _plain(value: Decimal | int | None) -> str | None:
    return None if value is None else format(Decimal(value).normalize(), "f")


class GroundForm(BaseForm):
    """A ground on which the variable part falls, its size, and the terms (M114)."""

    ground_name = StringField(lazy("Short name"), [InputRequired(), Length(max=NAME_LENGTH)])
    ground = StringField(
        lazy("What happened, so that everybody can tell"), [InputRequired(), Length(max=SENTENCE_LENGTH)]
    )
    each = ShareField(lazy("Falls each time by, in % of the variable part"), [Optional()])
    cap = ShareField(lazy("At most in a month, in % of the variable part"), [Optional()])
    cap_of_pay = ShareField(lazy("At most in a month, in % of the whole pay"), [Optional()])
    terms = TextAreaField(
        lazy("Terms: when, who hears the person, until when to object"), [Optional(), Length(max=2000)],
        render_kw={"rows": 3},
    )  # fmt: skip
    takes_back = BooleanField(lazy("Takes back a bonus that was earned before"))

    def to_term(self) -> dict[str, Plain]:
        """The ground as it is kept."""
        return {
            "key": str(self.ground_name.data).strip(), "ground": str(self.ground.data).strip(),
            "terms": str(self.terms.data or "").strip(), "each": _plain(self.each.data), "cap": _plain(self.cap.data),
            "cap_of_pay": _plain(self.cap_of_pay.data), "takes_back": bool(self.takes_back.data),
        }  # fmt: skip


class KpiForm(BaseForm):
    """A figure that is read about people, with its purpose and source."""

    kpi_name = StringField(lazy("Name of the figure"), [InputRequired(), Length(max=NAME_LENGTH)])
    purpose = StringField(lazy("What it is for"), [Optional(), Length(max=SENTENCE_LENGTH)])
    source = StringField(lazy("Where it comes from and how it is counted"), [Optional(), Length(max=SENTENCE_LENGTH)])
    feeds_pay = BooleanField(lazy("Feeds the variable part of pay"))

    def to_term(self) -> dict[str, Plain]:
        """The KPI as it is kept."""
        return {
            "key": str(self.kpi_name.data).strip(), "purpose": str(self.purpose.data or "").strip(),
            "source": str(self.source.data or "").strip(), "feeds_pay": bool(self.feeds_pay.data),
        }  # fmt: skip


class CheckForm(BaseForm):
    """Who checks what, and how often (M115, M116)."""

    what = StringField(lazy("What is checked"), [InputRequired(), Length(max=SENTENCE_LENGTH)])
    about = SelectField(
        lazy("Process or result"), [InputRequired()], choices=[SelectChoice(*each) for each in ABOUT_LABELS.items()]
    )
    by_role = SelectField(
        lazy("By whom"), [InputRequired()],
        choices=[SelectChoice(role.value, ROLE_LABELS[role]) for role in Role if role is not Role.ADMIN],
    )  # fmt: skip
    every = SelectField(
        lazy("How often"), [InputRequired()], choices=[SelectChoice(*each) for each in RHYTHM_LABELS.items()]
    )

    def to_term(self) -> dict[str, Plain]:
        """The check as it is kept."""
        return {
            "what": str(self.what.data).strip(), "about": self.about.data, "by_role": self.by_role.data,
            "every": self.every.data,
        }  # fmt: skip


class MeetingForm(BaseForm):
    """When a weekly or daily meeting is held, and for how long (M120)."""

    kind = SelectField(
        lazy("Meeting"), [InputRequired()], choices=[SelectChoice(*each) for each in KIND_LABELS.items()]
    )
    weekdays = BoxesField(
        lazy("Weekdays"), [InputRequired()], choices=[SelectChoice(*each) for each in WEEKDAY_LABELS.items()]
    )
    begins = TimeField(lazy("Begins at"), [InputRequired()])
    minutes = WholeField(lazy("Minutes it takes"), [InputRequired(), NumberRange(min=1, max=480)])
    place = StringField(lazy("Place"), [Optional(), Length(max=120)])

    def to_term(self) -> dict[str, Plain]:
        """The meeting as it is kept."""
        begins = self.begins.data
        return {
            "kind": self.kind.data, "weekdays": "".join(sorted(self.weekdays.data)),
            "minute_of_day": begins.hour * 60 + begins.minute, "minutes": int(self.minutes.data or 0),
            "place": str(self.place.data or "").strip(),
        }  # fmt: skip
