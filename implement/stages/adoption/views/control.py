"""The first month's control: start it for a team or a wave, tick checks with evidence, see what is overdue."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_team
from implement.stages.adoption import control_page
from implement.stages.adoption.forms.control import ControlForm, TickForm
from implement.stages.adoption.service import control as service
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing
from implement.web.texts import _, _n


@pages.get("/control")
@requires(Permission.SEE_REMEDIES)
def list_controls(rollout_id: int) -> ResponseReturnValue:
    """Every team's month of close control, and the form to start one."""
    return _show_list(rollout_id, ControlForm(starts_on=local_day(rollout_id, utc_now())))


@pages.post("/control")
@requires(Permission.OVERRIDE_GATE)
def start_control(rollout_id: int) -> ResponseReturnValue:
    """Start the month for a team, or for all teams of a wave."""
    form = ControlForm()
    form.whom.choices = [SelectChoice(*each) for each in control_page.list_choices(rollout_id)]
    if not form.validate_on_submit() or form.starts_on.data is None:
        return _show_list(rollout_id, form), 422
    teams = control_page.read_choice(rollout_id, form.whom.data)
    begun = service.start_control(standing(), teams, form.starts_on.data, by=current_user, now=utc_now())
    db.session.commit()
    done = _n("Close control of one team is planned.", "Close control of %(num)d teams is planned.", len(begun))
    flash(done, "success")
    return redirect(url_for("adoption.list_controls", rollout_id=rollout_id))


@pages.get("/control/<int:control_id>")
@requires(Permission.SEE_REMEDIES)
def show_control(rollout_id: int, control_id: int) -> ResponseReturnValue:
    """One team's month: each check with its day, whose it is, and the evidence."""
    control, today = service.get_control(rollout_id, control_id), local_day(rollout_id, utc_now())
    return render_template(
        "adoption/control.html",
        control=control,
        team=get_team(rollout_id, control.team_id).name,
        checks=control_page.order_checks(service.list_checks(control), today),
        page=control_page,
        today=today,
        mine=current_user.id,
        steers=standing().may(Permission.OVERRIDE_GATE),
        new_form=TickForm,
    )


@pages.post("/control/<int:control_id>/checks/<int:check_id>")
@requires(Permission.RUN_REMEDIES)
def tick_check(rollout_id: int, control_id: int, check_id: int) -> ResponseReturnValue:
    """Tick a check with what was seen."""
    check, form = service.get_check(service.get_control(rollout_id, control_id), check_id), TickForm()
    if form.validate_on_submit():
        service.tick_check(standing(), check, form.evidence.data, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Ticked, with your name and what you saw."), "success")
    else:
        flash(_("Please say what you saw; nothing was changed."), "error")
    return redirect(url_for("adoption.show_control", rollout_id=rollout_id, control_id=control_id))


def _show_list(rollout_id: int, form: ControlForm) -> str:
    form.whom.choices = [SelectChoice(*each) for each in control_page.list_choices(rollout_id)]
    rows = service.list_controls(rollout_id, local_day(rollout_id, utc_now()))
    load = control_page.say_load(service.template().minutes_of("head"))
    return render_template("adoption/controls.html", rows=rows, form=form, page=control_page, load=load)
