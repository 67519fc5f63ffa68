"""A list of deals on its way: being read, its columns and stages confirmed by a person, being counted."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.audit.forms import WithdrawForm, make_columns_form, make_stages_form
from implement.stages.audit.list_steps import figures_url
from implement.stages.audit.list_words import say_fault, say_step
from implement.stages.audit.service import list_plans as plans
from implement.stages.audit.service import lists as service
from implement.stages.audit.service.list_reading import tables_of
from implement.stages.audit.tables import DealList
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("audit_lists", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/lists/<int:number>")


@pages.get("")
@requires(Permission.RUN_AUDIT)
def show_list(rollout_id: int, number: int) -> ResponseReturnValue:
    """How far a list is; once it is read, which of its columns say what."""
    row = service.get_list(rollout_id, number)
    if row.finished_at is not None and "again" not in request.args:
        return redirect(figures_url(row))
    return _show_columns(row, request.args.get("table", type=int))


@pages.post("/columns")
@requires(Permission.RUN_AUDIT)
def choose_columns(rollout_id: int, number: int) -> ResponseReturnValue:
    """Keep which column says what, and go on to the stages."""
    row, store = service.get_list(rollout_id, number), current_app.extensions["implement_store"]
    proposed = plans.plan_of(row) or plans.propose_plan(row)
    if proposed is None:
        return redirect(url_for(".show_list", rollout_id=rollout_id, number=number))
    form = make_columns_form(tables_of(row), proposed, request.form.get("table", type=int))
    if "look" in request.form or not form.validate_on_submit():
        return redirect(url_for(".show_list", rollout_id=rollout_id, number=number, table=form.table.data, again=1))
    plans.choose_columns(row, form.wish(), store=store, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_stages", rollout_id=rollout_id, number=number))


@pages.route("/stages", methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def show_stages(rollout_id: int, number: int) -> ResponseReturnValue:
    """Which stages are open, won or lost, their order and norms, the day of the list; then count."""
    row = service.get_list(rollout_id, number)
    plan = plans.plan_of(row)
    if plan is None:
        return redirect(url_for(".show_list", rollout_id=rollout_id, number=number))
    form = make_stages_form(plan)
    if not form.validate_on_submit():
        return render_template("audit/list_stages.html", row=row, form=form), 422 if form.errors else 200
    plans.confirm_stages(row, form.stages(), form.day_and_loss(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_list", rollout_id=rollout_id, number=number))


@pages.post("/withdraw")
@requires(Permission.RUN_AUDIT)
def withdraw_list(rollout_id: int, number: int) -> ResponseReturnValue:
    """Let a list count no more, with a reason."""
    row, form = service.get_list(rollout_id, number), WithdrawForm()
    if form.validate_on_submit():
        service.withdraw_list(row, form.why.data or "", by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The list counts no more; it stays with your reason."), "success")
    else:
        flash(_("Please give a reason; nothing was changed."), "error")
    endpoint = "audit_losses.show_losses" if row.month is None else "audit_base.show_base"
    return redirect(url_for(endpoint, rollout_id=rollout_id))


def _show_columns(row: DealList, table: int | None) -> str:
    tables, proposed = tables_of(row), plans.plan_of(row) or plans.propose_plan(row)
    job = service.job_of(row)
    return render_template(
        "audit/list_columns.html",
        row=row,
        job=job,
        step=say_step(job.step) if job else "",
        tables=tables,
        form=make_columns_form(tables, proposed, table) if proposed and not service.is_busy(row) else None,
        faults=[(one, say_fault(one)) for one in service.read_faults(row)],
        withdraw=WithdrawForm(),
    )
