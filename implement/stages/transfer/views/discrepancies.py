"""Discrepancies: what findings have in common, and who decided that it is explained or waived."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.transfer.forms import DecisionForm, WithdrawForm
from implement.stages.transfer.run_page import make_line
from implement.stages.transfer.service import decisions as service
from implement.stages.transfer.service.results import gather_results, get_discrepancy
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import DECISION_LABELS, say_cause, say_discrepancy
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/runs/<int:number>/discrepancies")
@requires(Permission.SEE_TRANSFER)
def list_discrepancies(rollout_id: int, number: int) -> ResponseReturnValue:
    """Everything harmful in a run, the largest first, with the decisions that stand."""
    results = gather_results(get_finished_run(rollout_id, number))
    lines = [make_line(results, one) for one in results.harmful]
    return render_template("transfer/discrepancies.html", results=results, run=results.run, lines=lines)


@pages.get("/runs/<int:number>/discrepancies/<int:place>")
@requires(Permission.SEE_TRANSFER)
def show_discrepancy(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """One discrepancy: what, why, what was decided; and the form to decide."""
    return _show(rollout_id, number, place, DecisionForm(name=current_user.name))


@pages.post("/runs/<int:number>/discrepancies/<int:place>/decide")
@requires(Permission.RUN_TRANSFER)
def decide_discrepancy(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """Explain or waive, by name and with a reason."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _show(rollout_id, number, place, form), 422
    run = get_finished_run(rollout_id, number)
    said = {"name": form.name.data, "reason": form.reason.data}
    found = get_discrepancy(run, place)
    service.decide(run, found, form.kind.data, **said, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted, with name and reason, for every report."), "success")
    return redirect(url_for("transfer.list_discrepancies", rollout_id=rollout_id, number=number))


@pages.post("/runs/<int:number>/discrepancies/<int:place>/withdraw")
@requires(Permission.RUN_TRANSFER)
def withdraw_decision(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """Take a decision back; it stays on record."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        flash(_("Please give a name and a reason; nothing was changed."), "error")
        return redirect(url_for("transfer.show_discrepancy", rollout_id=rollout_id, number=number, place=place))
    run = get_finished_run(rollout_id, number)
    said = {"name": form.name.data, "reason": form.reason.data}
    service.decide(run, get_discrepancy(run, place), service.WITHDRAWN, **said, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The decision is withdrawn; it stays on record."), "success")
    return redirect(url_for("transfer.show_discrepancy", rollout_id=rollout_id, number=number, place=place))


def _show(rollout_id: int, number: int, place: int, form: DecisionForm) -> str:
    run = get_finished_run(rollout_id, number)
    found = get_discrepancy(run, place)
    return render_template(
        "transfer/discrepancy.html",
        run=run,
        one=found,
        said=say_discrepancy(found),
        why=say_cause(found),
        decisions=service.list_decisions(rollout_id, found.fingerprint),
        labels=DECISION_LABELS,
        form=form,
        withdraw_form=WithdrawForm(name=current_user.name, formdata=None),
    )
