"""Remedies: what runs, what is due, what came of it; start one for a person or a team, stop it."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_team
from implement.stages.adoption import effect_page, remedy_page
from implement.stages.adoption.forms.remedies import RemedyForm, StopForm
from implement.stages.adoption.remedy_sheet import find_remedy
from implement.stages.adoption.service import remedies as service
from implement.stages.adoption.service import remedy_effects as effects
from implement.stages.adoption.service import remedy_list
from implement.stages.adoption.views.looks import name_person, note_looks
from implement.stages.adoption.views.room import pages
from implement.stages.adoption.words import say_step
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/remedies")
@requires(Permission.SEE_REMEDIES)
def list_remedies(rollout_id: int) -> ResponseReturnValue:
    """What runs, what is due for judgement, what is done."""
    secret, today = current_app.config["SECRET_KEY"], local_day(rollout_id, utc_now())
    found = remedy_list.list_remedies(standing(), secret=secret, today=today)
    return render_template("adoption/remedies.html", found=found, page=remedy_page, is_empty=not found.rows)


@pages.route("/remedies/new", methods=["GET", "POST"])
@requires(Permission.RUN_REMEDIES)
def start_remedy(rollout_id: int) -> ResponseReturnValue:
    """Start a remedy for the person or the team that the address names."""
    whom = _whom()
    service.demand_may_run(standing(), whom, local_day(rollout_id, utc_now()))
    form = RemedyForm(remedy=request.args.get("remedy"), starts_on=local_day(rollout_id, utc_now()))
    remedy_page.fill_choices(form, rollout_id, whom)
    if not form.validate_on_submit():
        return _show_form(rollout_id, form, whom), 422 if request.method == "POST" else 200
    store = current_app.extensions["implement_store"]
    row = service.start_remedy(standing(), whom, form.plan, store=store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The remedy is started; its owner has a task."), "success")
    return redirect(url_for("adoption.show_remedy", rollout_id=rollout_id, remedy_id=row.id))


@pages.get("/remedies/<int:remedy_id>")
@requires(Permission.SEE_OWN_USAGE)
def show_remedy(rollout_id: int, remedy_id: int) -> ResponseReturnValue:
    """One remedy: for whom, by whom, what is expected, what came of it."""
    row, today = service.get_remedy(rollout_id, remedy_id), local_day(rollout_id, utc_now())
    view = service.admit_to_remedy(standing(), row, today)
    remedy, whom, who = find_remedy(row.remedy), service.whom_of(row), ""
    if row.person_id is not None:
        note_looks(rollout_id, [row.person_id], view, "remedy")
        who = name_person(rollout_id, row.person_id, view)
    asks = remedy is not None and standing().may(Permission.SEE_TRANSFER)
    judged, judging = effects.read_judged(row.effect), effects.find_judging(row)
    return render_template(
        "adoption/remedy.html",
        row=row,
        judged=judged,
        parts=effect_page.list_parts(judged, row.starts_on, row.judge_on) if judged else [],
        judging=judging,
        step=say_step(judging.step) if judging else "",
        who=who or get_team(rollout_id, row.team_id or 0).name,
        page=remedy_page,
        state=row.state(today),
        grounds=remedy_page.find_grounds(rollout_id, whom, remedy.way) if asks and remedy else None,
        how_far=remedy_page.find_state(row, by=current_user, now=utc_now()),
        form=StopForm(),
    )


@pages.post("/remedies/<int:remedy_id>/judge")
@requires(Permission.RUN_REMEDIES)
def judge_remedy(rollout_id: int, remedy_id: int) -> ResponseReturnValue:
    """Have a remedy whose days have passed judged: before and after, against those without it."""
    row = service.get_remedy(rollout_id, remedy_id)
    effects.ask_for_judgement(row, standing(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("adoption.show_remedy", rollout_id=rollout_id, remedy_id=remedy_id))


@pages.post("/remedies/<int:remedy_id>/stop")
@requires(Permission.RUN_REMEDIES)
def stop_remedy(rollout_id: int, remedy_id: int) -> ResponseReturnValue:
    """Stop a remedy before its time, with a reason."""
    form, row = StopForm(), service.get_remedy(rollout_id, remedy_id)
    service.admit_to_remedy(standing(), row, local_day(rollout_id, utc_now()))
    if form.validate_on_submit():
        store = current_app.extensions["implement_store"]
        service.stop_remedy(row, standing(), reason=form.reason.data, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The remedy is stopped."), "success")
    else:
        flash(_("Please give a reason; nothing was changed."), "error")
    return redirect(url_for("adoption.show_remedy", rollout_id=rollout_id, remedy_id=remedy_id))


def _whom() -> service.ForWhom:
    """The person or the team that the address names."""
    person_id, team_id = (request.args.get(name, type=int) for name in ("person", "team"))
    if (person_id is None) == (team_id is None):
        abort(404)
    return service.ForWhom(person_id, team_id)


def _show_form(rollout_id: int, form: RemedyForm, whom: service.ForWhom) -> str:
    who = _("team %(name)s", name=get_team(rollout_id, whom.team_id).name) if whom.team_id is not None else ""
    page = "adoption.show_person" if whom.person_id is not None else "adoption.show_team"
    back_url = url_for(page, rollout_id=rollout_id, person_id=whom.person_id, team_id=whom.team_id)
    return render_template("adoption/new_remedy.html", form=form, who=who, back_url=back_url)
