"""What is typed for a diary: its groups and days, and the minutes of a day."""

import re

from wtforms import BooleanField, Field, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from implement.web.forms import BaseForm, DayField, WholeField
from implement.web.texts import _, lazy

GROUP = re.compile(r"(?P<name>.*\D)\s*(?P<count>\d{1,3})")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CHOICES = (0, 5, 15, 30, 60, 90, 120)


class DiaryForm(BaseForm):
    """A week of diary for some groups."""

    groups = TextAreaField(
        lazy("Groups, one a line with the number of people"),
        [InputRequired(), Length(max=2000)],
        description=lazy("For example “Sales North 8”. Each person gets a link; nobody notes who gets which."),
    )
    addresses = TextAreaField(
        lazy("E-mail addresses to remind, one a line"),
        [Length(max=20000)],
        description=lazy("Kept until the diary closes. Nobody knows who has written, so everybody is reminded."),
    )
    first_day = DayField(lazy("First day"), [InputRequired()])
    days = WholeField(lazy("Days"), [InputRequired(), NumberRange(1, 31)], default=7)

    def validate_groups(self, field: Field) -> None:
        """Read the lines; the first that cannot be read is named."""
        self.read: dict[str, int] = {}
        for line in (one.strip() for one in (field.data or "").splitlines()):
            found = GROUP.fullmatch(line) if line else None
            if found is None and line:
                raise ValidationError(_("“%(line)s” is no name with a number of people.", line=line[:60]))
            if found is not None:
                name = found["name"].strip(" :;,\t")
                self.read[name] = self.read.get(name, 0) + int(found["count"])

    def validate_addresses(self, field: Field) -> None:
        """Take the lines apart; the first that is no address is named."""
        self.to_remind = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        for line in self.to_remind:
            if not ADDRESS.fullmatch(line):
                raise ValidationError(_("“%(line)s” is no e-mail address.", line=line[:60]))


class LostLinkForm(BaseForm):
    """A link that somebody lost, by group and number."""

    group = SelectField(lazy("Group"), [InputRequired()])
    number = WholeField(lazy("Number of the link"), [InputRequired(), NumberRange(1, 500)])


class DayForm(BaseForm):
    """A day of the diary."""

    day = SelectField(lazy("Day"), [InputRequired()])
    did_not_work = BooleanField(lazy("I did not work that day"))

    @staticmethod
    def offer(days: list[tuple[str, str]]) -> list[SelectChoice]:
        """The days with their labels."""
        return [SelectChoice(value, label) for value, label in days]
