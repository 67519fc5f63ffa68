"""What is typed in of questions, answers and pages of the book of sales."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from implement.engine.mail_question import LONGEST_TEXT
from implement.stages.pilot.service.functions import OTHER
from implement.stages.pilot.service.support.book import KINDS, EntrySaid
from implement.stages.pilot.service.support.questions import LONGEST_TITLE
from implement.stages.pilot.tables.support import BookEntry
from implement.web.forms import BaseForm, DayField, UploadField
from implement.web.texts import lazy

MAIL_LIMIT_MB = 10


class AskForm(BaseForm):
    """A question of one's own."""

    text = TextAreaField(lazy("Your question"), [InputRequired(), Length(max=LONGEST_TEXT)])
    function = SelectField(lazy("What is it about?"), default=OTHER)

    def offer(self, functions: Mapping[str, str]) -> "AskForm":
        """Offer the functions."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        return self


class NoteForm(BaseForm):
    """A question that somebody of a team asked aloud."""

    text = TextAreaField(lazy("Question"), [InputRequired(), Length(max=LONGEST_TEXT)])
    function = SelectField(lazy("Function of the CRM"), default=OTHER)
    team_id = SelectField(lazy("Team"), coerce=int)
    asked_on = DayField(lazy("Asked on"), [InputRequired()])

    @property
    def asked_at(self) -> datetime:
        """Noon of that day."""
        assert self.asked_on.data is not None
        return datetime.combine(self.asked_on.data, time(12), UTC)

    def offer(self, functions: Mapping[str, str], teams: Mapping[int, str]) -> "NoteForm":
        """Offer functions and teams."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        self.team_id.choices = [SelectChoice(team_id, name) for team_id, name in teams.items()]
        return self


class MailForm(BaseForm):
    """A question that came by mail."""

    file = UploadField(lazy("Mail (.eml)"), [InputRequired()], accept=(".eml",), limit_mb=MAIL_LIMIT_MB)


class AnswerForm(BaseForm):
    """The answer, on which function it was, and whether it becomes a page of the book."""

    answer = TextAreaField(lazy("Answer"), [InputRequired(), Length(max=LONGEST_TEXT)])
    function = SelectField(lazy("Function of the CRM"))
    keep_as = StringField(
        lazy("Title in the book of sales"),
        [Length(max=LONGEST_TITLE)],
        description=lazy("With a title the answer becomes a page that everybody finds."),
    )

    def offer(self, functions: Mapping[str, str], *, is_kept: bool) -> "AnswerForm":
        """Offer the functions; an answer that is in the book already is not kept twice."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        if is_kept:
            del self.keep_as
        return self

    @property
    def title(self) -> str:
        """Under which title it is kept; empty for not at all."""
        return str(self.keep_as.data or "") if "keep_as" in self else ""


class PageForm(BaseForm):
    """A page of the book of sales."""

    kind = SelectField(lazy("Kind"), choices=[SelectChoice(key, label) for key, label in KINDS.items()])
    function = SelectField(lazy("Function of the CRM"), default=OTHER)
    title = StringField(lazy("Title"), [InputRequired(), Length(max=LONGEST_TITLE)])
    text = TextAreaField(lazy("Text"), [InputRequired(), Length(max=20_000)])

    def offer(self, functions: Mapping[str, str]) -> "PageForm":
        """Offer the functions."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        return self

    def fill(self, row: BookEntry) -> None:
        """Show the page as it stands."""
        self.kind.data, self.function.data = row.kind, row.function
        self.title.data, self.text.data, self.version.data = row.title, row.text, row.version

    def said(self) -> EntrySaid:
        """What was typed."""
        return EntrySaid(self.kind.data, self.function.data, self.title.data or "", self.text.data or "")
