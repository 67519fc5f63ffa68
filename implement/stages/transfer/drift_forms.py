"""The form of drift: a later export of the CRM, and what it is compared with."""

from werkzeug.datastructures import FileStorage
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from implement.db import utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.transfer.forms import TRANSFER_FILES, SeveralUploadsField
from implement.stages.transfer.service.comparison import list_finished_runs
from implement.stages.transfer.service.drift import choose_run
from implement.web.forms import BaseForm
from implement.web.forms.fields import DayField
from implement.web.texts import _, lazy


class DriftForm(BaseForm):
    """A later export of the CRM."""

    files = SeveralUploadsField(
        lazy("Later export of the CRM"), [InputRequired()], accept=TRANSFER_FILES, limit_mb=500
    )
    exported_on = DayField(lazy("Exported on"), [InputRequired()])
    number = SelectField(lazy("Compared with the CRM as it was in"), [InputRequired()], coerce=int)

    @classmethod
    def offer(cls, rollout_id: int) -> "DriftForm":
        """The form with all finished runs; the one that the cutover was decided on is chosen."""
        form = cls(number=choose_run(rollout_id), exported_on=local_day(rollout_id, utc_now()))
        runs = list_finished_runs(rollout_id)
        form.number.choices = [SelectChoice(run, _("Run %(number)s", number=run)) for run in runs]
        return form

    @property
    def uploads(self) -> list[FileStorage]:
        """The files that were chosen."""
        return list(self.files.raw_data or [])
