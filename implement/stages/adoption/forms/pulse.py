"""What is typed in for the pulse survey: how long a round lasts, and the answers."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, NumberRange

from implement.engine.checklist.pulse import PulseItem
from implement.engine.pulse import ANSWERS
from implement.web.forms import BaseForm, WholeField
from implement.web.texts import lazy


class RoundForm(BaseForm):
    """A new round."""

    days = WholeField(lazy("Open for so many days"), [InputRequired(), NumberRange(1, 30)], default=7)


class AnswersForm(FlaskForm):
    """The answers of one person. It carries no key by which the request would be remembered with an account."""


def read_ballot(items: Sequence[PulseItem], typed: Mapping[str, str]) -> dict[str, int]:
    """The answer to each statement that has one; anything but 1 to 5 is none."""
    allowed = {str(answer): answer for answer in ANSWERS}
    found = {item.id: allowed.get(typed.get(item.id, "")) for item in items}
    return {item: answer for item, answer in found.items() if answer is not None}
