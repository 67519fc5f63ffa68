"""Forms of what is known before the transfer: sources, figures of the old system."""

from flask import request
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer.forms import offer_choices
from implement.stages.transfer.service.inventory import SourceTerms
from implement.stages.transfer.service.totals import TotalTerms
from implement.stages.transfer.tables import TransferSource
from implement.web.forms import BaseForm
from implement.web.forms.fields import DayField, MoneyField, WholeField
from implement.web.texts import _, lazy

DELAY_LABELS = {
    "": lazy("no reason given"),
    "no_mandate": lazy("no mandate: nobody was told to hand it over"),
    "not_ready": lazy("not ready yet"),
    "not_allowed": lazy("not allowed"),
    "other": lazy("another reason"),
}


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(int((request.view_args or {})["rollout_id"])).currency


class ApproveForm(BaseForm):
    """Which table or column stays behind, and the reason that was read."""

    table = HiddenField(validators=[InputRequired()])
    column = HiddenField()
    reason = HiddenField(validators=[InputRequired()])


class SourceForm(BaseForm):
    """Who answers for a source, and by when."""

    name = StringField(lazy("Name of the file"), [InputRequired(), Length(max=255)])
    owner_name = StringField(lazy("Who answers for it"), [InputRequired(), Length(max=200)])
    due = DayField(lazy("Due"), [Optional()])
    exported_on = DayField(lazy("Day of the export"), [Optional()])
    mandate = StringField(lazy("Mandate: where it says who hands it over"), [Optional(), Length(max=500)])
    delay = SelectField(lazy("Reason of a delay"), choices=offer_choices(DELAY_LABELS.items()))
    delay_note = StringField(lazy("More about the delay"), [Optional(), Length(max=500)])

    def read_terms(self) -> SourceTerms:
        """What was said."""
        texts = (self.name.data, self.owner_name.data, self.mandate.data, self.delay_note.data)
        name, owner, mandate, note = ((text or "").strip() for text in texts)
        return SourceTerms(name, owner, self.due.data, self.exported_on.data, mandate, self.delay.data or "", note)

    @classmethod
    def of(cls, source: TransferSource) -> "SourceForm":
        """The form with what is known."""
        return cls(obj=source)


class TotalForm(BaseForm):
    """A figure that the old system itself shows."""

    table_name = SelectField(lazy("Table"), [InputRequired()])
    column_name = StringField(lazy("Only where this column"), [Optional(), Length(max=200)])
    equals = StringField(lazy("holds"), [Optional(), Length(max=200)])
    row_count = WholeField(lazy("Number of records"), [Optional()])
    sum_column = StringField(lazy("or sum of this column"), [Optional(), Length(max=200)])
    amount_minor = MoneyField(lazy("Sum"), [Optional()], currency=own_currency)
    counted_by = StringField(lazy("Read by"), [InputRequired(), Length(max=200)])
    counted_on = DayField(lazy("Read on"), [InputRequired()])
    read_from = StringField(lazy("Screen or report"), [InputRequired(), Length(max=500)])

    def validate(self, extra_validators: object = None) -> bool:
        """Either a number of records, or a column with its sum."""
        is_sound = bool(super().validate(extra_validators))
        counted, summed = self.row_count.data is not None, self.amount_minor.data is not None
        if is_sound and (counted == summed or summed != bool((self.sum_column.data or "").strip())):
            self.row_count.errors = [_("Please give either a number of records, or a column and its sum.")]
            return False
        return is_sound

    def read_terms(self, currency: str) -> TotalTerms:
        """What was said."""
        texts = (self.column_name, self.equals, self.sum_column, self.counted_by, self.read_from)
        column, equals, summed, by, read_from = ((one.data or "").strip() for one in texts)
        assert self.counted_on.data is not None
        count, amount = self.row_count.data, self.amount_minor.data
        return TotalTerms(
            self.table_name.data, column, equals, None if count is None else int(count), summed,
            None if amount is None else int(amount), currency if summed else "", by, self.counted_on.data, read_from,
        )  # fmt: skip


class ReasonForm(BaseForm):
    """A name and a reason."""

    name = StringField(lazy("Decided by"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=4000)])
