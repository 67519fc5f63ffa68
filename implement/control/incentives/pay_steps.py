"""What the hall asks of people about pay: compute, check, approve, answer."""

from datetime import date, timedelta

from flask import url_for

from implement.control.incentives.service.disputes import list_disputes
from implement.control.incentives.service.runs import list_runs
from implement.control.incentives.service.statements import list_fresh
from implement.rollout.registries import NextStep
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, lazy, month

WAITING = {
    "draft": (Permission.RUN_PAY, lazy("Compute the pay of %(month)s")),
    "computed": (Permission.CHECK_PAY, lazy("Check the pay of %(month)s")),
    "checked": (Permission.APPROVE_PAY, lazy("Approve the pay of %(month)s")),
    "approved": (Permission.APPROVE_PAY, lazy("Hand the pay of %(month)s to payroll")),
}
WEIGHT, OBJECTIONS, OWN = 84, 86, 50
DAYS_FRESH = 14


def tell_of_statement(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """One's own newest statement, for two weeks after it was approved: so long it is news."""
    if standing.person_id is None:
        return []
    fresh = list_fresh(standing.rollout_id, standing.person_id, since=today - timedelta(days=DAYS_FRESH))
    url = "incentives.show_statement"
    return [
        NextStep(
            _("Read what you are paid for %(month)s, and why", month=month(day)),
            url_for(url, rollout_id=standing.rollout_id, statement_id=key), OWN,
        )
        for key, day in fresh[:1]
    ]  # fmt: skip


def ask_for_step(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """The runs whose next step is this person's, and objections that wait."""
    here = standing.rollout_id
    if not standing.may(Permission.SEE_PAY):
        return []
    steps = []
    for row in list_runs(here):
        permission, text = WAITING.get(row.state, (None, ""))
        if permission is not None and row.kind != "simulation" and standing.may(permission):
            url = url_for("incentives.show_run", rollout_id=here, run_id=row.id)
            steps.append(NextStep(str(text) % {"month": month(row.first_day)}, url, WEIGHT))
    waiting = list_disputes(here, only_open=True)
    if waiting:
        said = _n("Answer an objection to pay", "Answer %(num)d objections to pay", len(waiting))
        url = url_for("incentives.list_runs", rollout_id=here)
        steps.append(NextStep(said, url, OBJECTIONS, waiting[0].due))
    return steps
