"""What is typed in of lessons, quizzes and showings."""

from collections.abc import Mapping, Sequence

from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.checklist.lessons import LessonTemplate
from implement.engine.training import QuizFault, QuizQuestion, UnusableQuiz, read_quiz, write_quiz
from implement.stages.pilot.service.training.lessons import VIDEO_KINDS, VIDEO_LIMIT_MB, LessonSaid, LessonText
from implement.stages.pilot.tables.training import Lesson
from implement.web.forms import BaseForm, DayField, UploadField, WholeField
from implement.web.roles import name_function
from implement.web.texts import _, language, lazy

QUIZ_FAULTS = {
    "no_question": lazy("Line %(line)s: an option stands before the first question."),
    "no_option": lazy("Line %(line)s: after + or - an option is missing."),
    "few_options": lazy("Line %(line)s: this question has fewer than two options."),
    "one_right": lazy("Line %(line)s: this question needs exactly one option with +."),
}


class TakeOverForm(BaseForm):
    """Lessons of the product that are to be used here."""

    keys = SelectMultipleField(lazy("Lessons"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    for_role = SelectField(lazy("For whom"), default="")

    def offer(self, templates: Sequence[LessonTemplate], roles: Sequence[str]) -> "TakeOverForm":
        """Offer lessons and roles."""
        self.keys.choices = [SelectChoice(one.id, one.title.in_language(language())) for one in templates]
        self.for_role.choices = offer_roles(roles)
        return self


class LessonForm(BaseForm):
    """A lesson; of one that comes with the product only what may be changed here."""

    title = StringField(lazy("Title"), [Length(max=200)])
    function = SelectField(lazy("Function of the CRM"))
    for_role = SelectField(lazy("For whom"), default="")
    text = TextAreaField(lazy("What it is about"), [Length(max=10_000)])
    steps = TextAreaField(lazy("Steps, one a line"), [Length(max=10_000)])
    quiz = TextAreaField(
        lazy("Quiz"),
        [Length(max=10_000)],
        description=lazy("A line with the question, then one line each: + the right option, - a wrong one."),
    )
    pass_percent = WholeField(
        lazy("Right answers needed, in percent"), [InputRequired(), NumberRange(1, 100)], default=66
    )
    days = WholeField(lazy("To be learned within how many days"), [InputRequired(), NumberRange(1, 90)], default=7)
    video_url = StringField(lazy("Link to a video"), [Optional(), Length(max=500)])
    video = UploadField(lazy("Own video"), [Optional()], accept=tuple(VIDEO_KINDS), limit_mb=VIDEO_LIMIT_MB)

    def offer(self, functions: Mapping[str, str], roles: Sequence[str], row: Lesson | None = None) -> "LessonForm":
        """Offer functions and roles; leave out what the product's own lessons do not let one change."""
        if row is not None and row.template_key is not None:
            for name in ("title", "function", "text", "steps", "quiz"):
                delattr(self, name)
        else:
            self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        self.for_role.choices = offer_roles(roles)
        return self

    def fill(self, row: Lesson, said: LessonText) -> None:
        """Show the lesson as it stands."""
        if row.template_key is None:
            self.title.data, self.text.data, self.function.data = said.title, said.text, row.function
            self.steps.data, self.quiz.data = "\n".join(said.steps), write_quiz(said.quiz)
        self.for_role.data, self.days.data, self.pass_percent.data = row.for_role, row.days, row.pass_percent
        self.video_url.data, self.version.data = row.video_url, row.version

    def said(self) -> LessonSaid:
        """What was typed."""
        words = {name: self._typed(name) for name in ("function", "title", "text", "steps", "quiz")}
        steps = tuple(line.strip() for line in words["steps"].splitlines() if line.strip())
        return LessonSaid(
            words["function"], self.for_role.data or "", words["title"], words["text"], steps, read_quiz(words["quiz"]),
            int(str(self.days.data)), int(str(self.pass_percent.data)), (self.video_url.data or "").strip(),
        )  # fmt: skip

    def validate_quiz(self, field: Field) -> None:
        """Refuse a quiz that cannot be read, each fault with its line."""
        try:
            read_quiz(field.data or "")
        except UnusableQuiz as refusal:
            raise ValidationError(" ".join(_say_fault(one) for one in refusal.faults)) from refusal

    def _typed(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


class ShowingForm(BaseForm):
    """A function was shown to a team."""

    function = SelectField(lazy("Function of the CRM"))
    team_id = SelectField(lazy("Team"), coerce=int)
    shown_on = DayField(lazy("Shown on"), [InputRequired()])

    def offer(self, functions: Mapping[str, str], teams: Mapping[int, str]) -> "ShowingForm":
        """Offer functions and teams."""
        self.function.choices = [SelectChoice(key, name) for key, name in functions.items()]
        self.team_id.choices = [SelectChoice(team_id, name) for team_id, name in teams.items()]
        return self


class QuizForm(BaseForm):
    """The questions of one quiz; each needs an answer."""

    def answers(self) -> list[int]:
        """The chosen options, from 1."""
        return [int(field.data) for field in self.questions]

    @property
    def questions(self) -> list[Field]:
        """The fields in their order."""
        return [field for field in self if isinstance(field, RadioField)]


def make_quiz_form(quiz: Sequence[QuizQuestion]) -> QuizForm:
    """A form with one field for each question."""
    fields = {
        f"question_{place}": RadioField(
            one.text,
            [InputRequired(lazy("Please choose one."))],
            choices=[SelectChoice(str(number), option) for number, option in enumerate(one.options, start=1)],
        )
        for place, one in enumerate(quiz, start=1)
    }
    form: QuizForm = type("OneQuizForm", (QuizForm,), fields)()
    return form


def offer_roles(roles: Sequence[str]) -> list[SelectChoice]:
    """Everybody, or one role."""
    return [SelectChoice("", _("everybody on a team")), *(SelectChoice(role, name_function(role)) for role in roles)]


def _say_fault(fault: QuizFault) -> str:
    return str(QUIZ_FAULTS[fault.code]) % {"line": fault.line}
