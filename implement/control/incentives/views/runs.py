"""Pay runs: begun, computed as a job, checked, approved by another person, handed over, closed, adjusted."""

from datetime import date

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import files_page, run_page
from implement.control.incentives.forms.rules import plain
from implement.control.incentives.forms.runs import BackForm, DecideForm, RunForm
from implement.control.incentives.service import adjusting, decisions
from implement.control.incentives.service import runs as service
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/runs")
@requires(Permission.SEE_PAY)
def list_runs(rollout_id: int) -> ResponseReturnValue:
    """Every run, open objections, and a month to begin."""
    today = local_day(rollout_id, utc_now())
    form = run_page.offer_months(RunForm(formdata=None), rollout_id, today)
    return render_template("incentives/runs.html", **run_page.describe_runs(rollout_id), form=form, today=today)


@pages.post("/runs")
@requires(Permission.RUN_PAY)
def begin_run(rollout_id: int) -> ResponseReturnValue:
    """Begin the run of a month."""
    form = run_page.offer_months(RunForm(), rollout_id, local_day(rollout_id, utc_now()))
    if not form.validate_on_submit():
        return redirect(url_for("incentives.list_runs", rollout_id=rollout_id))
    first = date.fromisoformat(form.month.data)
    run = service.begin_run(rollout_id, first, run_page.last_day_of(first), by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(run.id)


@pages.get("/runs/<int:run_id>")
@requires(Permission.SEE_PAY)
def show_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """A run: where it stands, what it waits for, whom it pays."""
    run, today = service.get_run(rollout_id, run_id), local_day(rollout_id, utc_now())
    secret = str(current_app.config["SECRET_KEY"])
    shown = run_page.describe_run(run, standing(), secret, today, dict(request.args))
    shown["is_mine"] = run.computed_by_id == current_user.id
    shown["files"] = files_page.describe_files(run, standing(), secret, today)
    return render_template("incentives/run.html", **shown, back=BackForm(), decide=DecideForm())


@pages.post("/runs/<int:run_id>/compute")
@requires(Permission.RUN_PAY)
def compute_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Have a draft computed in the background, a month as well as an adjustment."""
    run, now = service.get_run(rollout_id, run_id), utc_now()
    if run.kind == "adjustment":
        adjusting.demand_corrections(run)
    service.enqueue_compute(run, by=current_user, now=now, today=local_day(rollout_id, now))
    db.session.commit()
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/decide/<int:person_id>")
@requires(Permission.RUN_PAY)
def decide(rollout_id: int, run_id: int, person_id: int) -> ResponseReturnValue:
    """Decide where a figure is missing, and sign it."""
    form, run = DecideForm(), service.get_run(rollout_id, run_id)
    if form.validate_on_submit():
        said = {"payout": plain(form.payout.data), "reason": form.reason.data, "by": current_user, "now": utc_now()}
        decisions.decide(run, person_id, form.kpi.data, roles=standing().roles, **said)
        db.session.commit()
        flash(_("Decided and signed; compute the run again."), "success")
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/check")
@requires(Permission.CHECK_PAY)
def check_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """The lead has checked exactly what was shown."""
    run = service.get_run(rollout_id, run_id)
    service.check_run(run, seen=request.form.get("seen", ""), by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/approve")
@requires(Permission.APPROVE_PAY)
def approve_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """HR approves by signature: somebody else than whoever computed."""
    run, store = service.get_run(rollout_id, run_id), current_app.extensions["implement_store"]
    seen = {"seen": request.form.get("seen", ""), "files_seen": request.form.get("files_seen", "")}
    service.approve_run(run, **seen, roles=standing().roles, store=store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Approved. Everybody can read their statement now."), "success")
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/back")
@requires(Permission.RUN_PAY)
def send_back(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Make a draft of it again, with the reason."""
    form = BackForm()
    service.send_back(service.get_run(rollout_id, run_id), note=form.note.data or "", by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/hand-over")
@requires(Permission.APPROVE_PAY)
def hand_over(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Note that the run was handed to payroll."""
    service.note_exported(service.get_run(rollout_id, run_id), note="", by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/close")
@requires(Permission.APPROVE_PAY)
def close_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Close the period."""
    service.close_run(service.get_run(rollout_id, run_id), by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(run_id)


@pages.post("/runs/<int:run_id>/drop")
@requires(Permission.RUN_PAY)
def drop_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Give up a draft that was never computed."""
    service.drop_run(service.get_run(rollout_id, run_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.list_runs", rollout_id=rollout_id))


@pages.post("/runs/<int:run_id>/adjust")
@requires(Permission.RUN_PAY)
def adjust_run(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Begin an adjustment of an approved run."""
    run = adjusting.begin_adjustment(service.get_run(rollout_id, run_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Begun. Open the statements that change and say what was really reached."), "success")
    return _back_to(run.id)


@pages.get("/runs/<int:run_id>/files/<any(plan,basis,pay):kind>")
@requires(Permission.APPROVE_PAY)
def download_frozen(rollout_id: int, run_id: int, kind: str) -> ResponseReturnValue:
    """The frozen inputs as `price` reads them, where they came from, or the pay, byte for byte."""
    path = current_app.extensions["implement_store"].path(service.find_file(rollout_id, run_id, kind))
    name = f"run-{run_id}-{kind}.json"
    return send_file(path, mimetype="application/json", as_attachment=True, download_name=name)


def _back_to(run_id: int) -> ResponseReturnValue:
    return redirect(url_for("incentives.show_run", rollout_id=standing().rollout_id, run_id=run_id))
