"""Forms of the calendar: public holidays, closed days, meetings of teams."""

from collections.abc import Iterable

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from implement.engine.exchange.workforce import read_clock
from implement.rollout.service.calendar import CALENDARS
from implement.stages.adoption.forms.imports import offer
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy

COUNTRY_LABELS = {"DE": lazy("Germany"), "PL": lazy("Poland"), "RU": lazy("Russia")}
REGIONS = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen", "HE": "Hessen",
    "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}  # fmt: skip
WEEKDAY_LABELS = {
    1: lazy("Monday"), 2: lazy("Tuesday"), 3: lazy("Wednesday"), 4: lazy("Thursday"), 5: lazy("Friday"),
    6: lazy("Saturday"), 7: lazy("Sunday"),
}  # fmt: skip


def name_calendar(calendar: str) -> str:
    """A calendar in words."""
    country, _, region = calendar.partition("-")
    said = str(COUNTRY_LABELS[country])
    return f"{said}: {REGIONS[region]}" if region else said


class HolidaysForm(BaseForm):
    """Whose public holidays hold for whom; 0 is the whole rollout."""

    for_team = SelectField(lazy("For whom"), [InputRequired()], coerce=int)
    calendar = SelectField(lazy("Public holidays of"))

    def offer_teams(self, teams: Iterable[tuple[str | int, object]]) -> "HolidaysForm":
        """Let the teams and calendars be chosen."""
        self.for_team.choices = offer([(0, lazy("the whole rollout")), *teams])
        none = ("", lazy("none, or those of the rollout"))
        self.calendar.choices = offer([none, *((code, name_calendar(code)) for code in CALENDARS)])
        return self


class ClosedDayForm(BaseForm):
    """A day on which the firm does not work."""

    day = DayField(lazy("Day"), [InputRequired()])


class MeetingForm(BaseForm):
    """A regular meeting of a team."""

    team_id = SelectField(lazy("Team"), [InputRequired()], coerce=int)
    weekday = SelectField(
        lazy("Weekday"), [InputRequired()], coerce=int, choices=offer(list(WEEKDAY_LABELS.items()))
    )
    time = StringField(lazy("Time"), [InputRequired(), Length(max=8)], description=lazy("As 9:30."))

    def validate_time(self, field: StringField) -> None:
        """Refuse what is no time of the day."""
        if read_clock((field.data or "").strip()) is None:
            raise ValidationError(lazy("Please write the time as 9:30."))

    @property
    def minute_of_day(self) -> int:
        """The time that was typed."""
        return read_clock((self.time.data or "").strip()) or 0
