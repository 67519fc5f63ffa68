"""The form of an activity of the firm's own."""

from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from implement.control.activity.words import ABOUT_LABELS, ACTION_LABELS, OBJECT_LABELS, RULE_LABELS, SIDE_LABELS
from implement.engine.activity.kpis import REPORT, Kpi
from implement.web.forms import BaseForm, WholeField
from implement.web.texts import lazy

SENTENCE_LENGTH = 500
MOST_MINUTES = 480


class KpiForm(BaseForm):
    """What is counted, by which rule, and how it can be gamed."""

    name = StringField(lazy("Name of the activity"), [InputRequired(), Length(max=120)])
    how = TextAreaField(
        lazy("What counts, so that everybody can tell"), [InputRequired(), Length(max=SENTENCE_LENGTH)],
        render_kw={"rows": 2},
    )  # fmt: skip
    gamed = TextAreaField(
        lazy("How it could be gamed"), [InputRequired(), Length(max=SENTENCE_LENGTH)], render_kw={"rows": 2}
    )
    rule = SelectField(
        lazy("How it is counted"), [InputRequired()], choices=[SelectChoice(*one) for one in RULE_LABELS.items()]
    )
    record = SelectField(
        lazy("Records of the CRM"), [Optional()],
        choices=[SelectChoice("", "–"), *(SelectChoice(*one) for one in OBJECT_LABELS.items())],
    )  # fmt: skip
    actions = SelectMultipleField(
        lazy("What happened to them"), [Optional()], choices=[SelectChoice(*one) for one in ACTION_LABELS.items()],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    side = SelectField(
        lazy("Volume or quality"), [InputRequired()], choices=[SelectChoice(*one) for one in SIDE_LABELS.items()]
    )
    about = SelectField(
        lazy("Process or result"), [InputRequired()], choices=[SelectChoice(*one) for one in ABOUT_LABELS.items()]
    )
    lower_is_better = BooleanField(lazy("Less is better"))
    minutes = WholeField(lazy("Minutes one takes"), [InputRequired(), NumberRange(min=0, max=MOST_MINUTES)])
    typing_minutes = WholeField(
        lazy("of them spent typing into the CRM"), [InputRequired(), NumberRange(min=0, max=MOST_MINUTES)]
    )
    beside = SelectField(lazy("Stands beside"), [Optional()])

    def to_kpi(self) -> Kpi:
        """The activity without its words; its key is given by the catalogue."""
        is_counted = self.rule.data != REPORT
        return Kpi(
            "", self.side.data, self.about.data, self.rule.data, self.record.data if is_counted else "",
            tuple(self.actions.data or ()) if is_counted else (), bool(self.lower_is_better.data),
            int(self.minutes.data or 0), int(self.typing_minutes.data or 0), self.beside.data or "",
        )  # fmt: skip
