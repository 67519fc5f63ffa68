"""Forms of conflicts, misses and quotas."""

from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from implement.control.activity.service.quotas import SHORTFALLS, Quota
from implement.control.activity.service.reporting import MISSES
from implement.rollout.service.rollouts import get_rollout
from implement.web.access import standing
from implement.web.forms import BaseForm, MoneyField
from implement.web.texts import lazy


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(standing().rollout_id).currency


class SettleForm(BaseForm):
    """Which source holds, and why; the sums are those that were looked at."""

    holds = SelectField(
        lazy("Which one holds"), [InputRequired()],
        choices=[SelectChoice("crm", lazy("the CRM")), SelectChoice("report", lazy("the report"))],
    )  # fmt: skip
    reason = StringField(lazy("Why; the person can read it"), [InputRequired(), Length(max=300)])
    sums = HiddenField(validators=[InputRequired(), Length(max=40)])
    kpi_key = HiddenField(validators=[InputRequired(), Length(max=60)])

    def read_sums(self) -> tuple[int, int]:
        """The two sums; anything else than two numbers fits no conflict."""
        crm, _colon, reported = str(self.sums.data).partition(":")
        return (int(crm), int(reported)) if crm.isdecimal() and reported.isdecimal() else (-1, -1)


class MissForm(BaseForm):
    """Why a target was missed."""

    code = SelectField(lazy("Reason"), [InputRequired()], choices=[SelectChoice(*one) for one in MISSES.items()])
    words = StringField(lazy("In your words"), [Optional(), Length(max=300)])
    kpi_key = HiddenField(validators=[InputRequired(), Length(max=60)])


class QuotaForm(BaseForm):
    """The quota of a team or a person."""

    whose = SelectField(lazy("Team or person"), [InputRequired()])
    quota_minor = MoneyField(lazy("Quota"), [InputRequired()], currency=own_currency)
    sold_minor = MoneyField(lazy("Sold so far"), [Optional()], currency=own_currency)
    territory = StringField(lazy("Territory"), [Optional(), Length(max=200)])
    shortfall = SelectField(
        lazy("Reason for a shortfall"), [Optional()],
        choices=[SelectChoice("", "–"), *(SelectChoice(*one) for one in SHORTFALLS.items())],
    )  # fmt: skip

    def to_quota(self) -> Quota:
        """What is set."""
        sold = self.sold_minor.data
        words = (str(self.territory.data or ""), None if sold is None else int(sold), str(self.shortfall.data or ""))
        return Quota(int(self.quota_minor.data or 0), *words)
