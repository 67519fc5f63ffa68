"""Forms of rollouts: begin one, plan its waves."""

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy

LEGAL_PROFILES = [
    SelectChoice("DE", lazy("Germany")),
    SelectChoice("PL", lazy("Poland")),
    SelectChoice("RU", lazy("Russia")),
    SelectChoice("EU", lazy("another country of the EU")),
]


class RolloutForm(BaseForm):
    """Company, goal and tasks are enough to begin (M1, M2)."""

    company = StringField(lazy("Company"), [InputRequired(), Length(max=200)])
    name = StringField(lazy("Name of the rollout"), [InputRequired(), Length(max=200)], default=lazy("CRM rollout"))
    goal = TextAreaField(
        lazy("Goal"),
        [InputRequired(), Length(max=4000)],
        description=lazy("What should be better afterwards, and for whom?"),
    )
    aims = TextAreaField(
        lazy("Tasks the CRM must solve"),
        [Length(max=20_000)],
        description=lazy("One per line. They can be traced to the end."),
    )
    legal_profile = SelectField(lazy("Law that applies"), [InputRequired()], choices=LEGAL_PROFILES)
    currency = SelectField(
        lazy("Currency"),
        [InputRequired()],
        choices=[SelectChoice(code) for code in ("EUR", "PLN", "RUB", "USD", "GBP", "CHF")],
    )


class WaveForm(BaseForm):
    """A wave and its first day."""

    name = StringField(lazy("Name of the wave"), [InputRequired(), Length(max=120)])
    go_live = DayField(lazy("First day"), [Optional()])


class StartForm(BaseForm):
    """The first day of a wave; empty while it is not planned."""

    go_live = DayField(lazy("First day"), [Optional()])


class AimsForm(BaseForm):
    """More tasks the CRM must solve."""

    aims = TextAreaField(
        lazy("Tasks the CRM must solve"), [InputRequired(), Length(max=20_000)], description=lazy("One per line.")
    )
