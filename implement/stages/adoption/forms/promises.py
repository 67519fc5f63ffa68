"""What is typed in about the figures before the CRM and since."""

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.stages.adoption.promises_page import MEASURE_LABELS
from implement.stages.adoption.service.promises import FROM_LISTS
from implement.web.forms import BaseForm, LocalDecimalField, WholeField
from implement.web.texts import lazy

MEASURES = [SelectChoice(name, label) for name, label in MEASURE_LABELS.items()]
TYPED_MEASURES = [one for one in MEASURES if one.value not in (*FROM_LISTS, "timely_records")]


class BaselineForm(BaseForm):
    """A figure as it was before the CRM."""

    measure = SelectField(lazy("Measure"), [InputRequired()], choices=MEASURES)
    value = LocalDecimalField(
        lazy("Figure before the CRM"),
        [Optional(), NumberRange(0, 10**12)],
        description=lazy("Shares in percent. Left empty: computed from the old lists, where they tell."),
    )
    n = WholeField(lazy("How many it rests on"), [Optional(), NumberRange(1, 10**9)])
    note = StringField(lazy("Where it comes from"), [Optional(), Length(max=2000)])


class FigureForm(BaseForm):
    """A figure as it was taken now."""

    taken = SelectField(lazy("Measure taken"), [InputRequired()], choices=TYPED_MEASURES)
    figure = LocalDecimalField(lazy("Figure today"), [InputRequired(), NumberRange(0, 10**12)])
    timed = WholeField(lazy("How many were asked or timed"), [Optional(), NumberRange(1, 10**9)])
    how = StringField(lazy("How it was taken"), [Optional(), Length(max=2000)])
