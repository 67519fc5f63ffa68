"""The client base month by month: an export handed in for each, beside the month before and the audit's state."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit import base_page, list_words
from implement.stages.audit.forms import MonthListForm, WithdrawForm
from implement.stages.audit.list_steps import hand_in_list
from implement.stages.audit.service import lists as service
from implement.stages.audit.service.months import find_audit_state, list_months
from implement.web.access import Permission, requires

pages = Blueprint("audit_base", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/client-base")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def show_base(rollout_id: int) -> ResponseReturnValue:
    """How the client base moved, month beside month and beside the audit's state."""
    return _show(rollout_id, MonthListForm())


@pages.post("")
@requires(Permission.RUN_AUDIT)
def hand_in(rollout_id: int) -> ResponseReturnValue:
    """Hand in the export of a month."""
    form = MonthListForm()
    if form.validate_on_submit():
        return hand_in_list(rollout_id, form, month=form.month.data)
    return _show(rollout_id, form), 422


def _show(rollout_id: int, form: MonthListForm) -> str:
    months = list_months(rollout_id, store=current_app.extensions["implement_store"])
    then, lists = find_audit_state(rollout_id), service.list_lists(rollout_id, of_months=True)
    shown = {"form": form, "lists": lists, "months": months, "page": base_page, "say": list_words}
    if not months:
        return render_template("audit/base_empty.html", **shown)
    chosen = base_page.choose_month(months, request.args.get("month", ""))
    before = base_page.find_before(months, chosen)
    return render_template(
        "audit/base.html",
        newest=months[-1],
        chosen=chosen,
        before=before,
        then=then,
        stages=base_page.list_stages(chosen, before, then),
        pictures=[
            base_page.draw_clients(months),
            base_page.draw_movement(months),
            base_page.draw_segments(months),
            base_page.draw_channels(chosen, rollout_id),
        ],
        currency=get_rollout(rollout_id).currency,
        withdraw=WithdrawForm(),
        **shown,
    )
