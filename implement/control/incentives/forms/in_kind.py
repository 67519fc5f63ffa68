"""What is typed in about rewards in kind: a rule, a grant."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length, NumberRange

from implement.web.forms import BaseForm, DayField, WholeField
from implement.web.texts import lazy


class RewardRuleForm(BaseForm):
    """So many well-kept records for one reward."""

    reward = StringField(
        lazy("Reward"), [InputRequired(), Length(max=200)],
        description=lazy("For instance a free lunch, or ten extra minutes of break."),
    )  # fmt: skip
    records_per_reward = WholeField(lazy("Well-kept records for one"), [InputRequired(), NumberRange(1, 10_000)])
    starts_on = DayField(lazy("From"), [InputRequired()])


class GrantForm(BaseForm):
    """So many rewards, with a reason where they are taken back."""

    reward_count = WholeField(
        lazy("How many"), [InputRequired(), NumberRange(-1_000, 1_000)],
        description=lazy("A number below 0 takes back what was granted by mistake."),
    )  # fmt: skip
    reason = StringField(lazy("Reason"), [Length(max=300)])
