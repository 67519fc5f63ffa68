"""The pulse survey: its rounds and what they say for whoever reads figures of teams, the answers of everybody."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption import pulse_mail, pulse_page
from implement.stages.adoption.forms.pulse import AnswersForm, RoundForm, read_ballot
from implement.stages.adoption.groups import WHOLE
from implement.stages.adoption.service import ballots
from implement.stages.adoption.service import pulse as service
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/pulse")
@requires(Permission.SEE_TEAM_USAGE)
def show_pulse(rollout_id: int) -> ResponseReturnValue:
    """What people say, of the latest round or another, of everybody or a team; and the round that is open."""
    rounds = service.list_rounds(rollout_id)
    asked = request.args.get("round", type=int)
    shown = next((one for one in rounds if asked in (None, one.number)), None)
    return _show_rounds(rollout_id, rounds, shown)


@pages.post("/pulse/open")
@requires(Permission.RUN_PULSE)
def open_pulse(rollout_id: int) -> ResponseReturnValue:
    """Open a round and write to everybody with an address."""
    form = RoundForm()
    if not form.validate_on_submit():
        flash(_("A round lasts from one to thirty days."), "error")
        return _back(rollout_id)
    now = utc_now()
    said = {"by": current_user, "now": now, "today": local_day(rollout_id, now)}
    row = service.open_round(rollout_id, days=int(form.days.data or 0), **said)
    sent = pulse_mail.send_invitations(row, by=current_user, now=now)
    db.session.commit()
    flash(_("The round is open; %(count)s people were written to.", count=sent), "success")
    return _back(rollout_id)


@pages.post("/pulse/remind")
@requires(Permission.RUN_PULSE)
def remind_of_pulse(rollout_id: int) -> ResponseReturnValue:
    """Remind everybody once: who has answered is not known."""
    now, row = utc_now(), service.get_open_round(rollout_id)
    service.note_reminder(row, by=current_user, now=now, today=local_day(rollout_id, now))
    sent = pulse_mail.send_reminders(row, by=current_user, now=now)
    db.session.commit()
    flash(_("%(count)s people were reminded.", count=sent), "success")
    return _back(rollout_id)


@pages.post("/pulse/close")
@requires(Permission.RUN_PULSE)
def close_pulse(rollout_id: int) -> ResponseReturnValue:
    """Close the round and show its sums."""
    now, row = utc_now(), service.get_open_round(rollout_id)
    service.close_round(row, by=current_user, now=now, today=local_day(rollout_id, now))
    db.session.commit()
    flash(_("The round is closed; what could tell who answered is destroyed."), "success")
    return _back(rollout_id)


@pages.route("/pulse/answer", methods=["GET", "POST"])
@requires(Permission.ANSWER_PULSE)
def answer_pulse(rollout_id: int) -> ResponseReturnValue:
    """Answer by log-in; whoever has answered is told so."""
    today, secret = local_day(rollout_id, utc_now()), current_app.config["SECRET_KEY"]
    who = ballots.find_respondent(rollout_id, standing().person_id, today=today)
    if ballots.has_answered(who, secret=secret):
        return render_template("adoption/pulse_thanks.html")
    return take_answers(who)


def take_answers(who: ballots.Respondent) -> ResponseReturnValue:
    """Show the statements, or count the answers to them and thank; a second ballot changes nothing."""
    items, form = service.list_items(), AnswersForm()
    ballot = read_ballot(items, request.form)
    shown = {"items": items, "ballot": ballot, "form": form, "who": who}
    if not form.is_submitted():
        return render_template("adoption/pulse_answer.html", missing=[], **shown)
    missing = [item.id for item in items if item.id not in ballot]
    if missing:
        return render_template("adoption/pulse_answer.html", missing=missing, **shown), 422
    ballots.count_answers(who, ballot, secret=current_app.config["SECRET_KEY"])
    db.session.commit()
    return render_template("adoption/pulse_thanks.html")


def _show_rounds(rollout_id: int, rounds: list[service.RoundSums], shown: service.RoundSums | None) -> str:
    items, row, key = service.list_items(), service.find_open_round(rollout_id), request.args.get("group", WHOLE)
    sums = shown.find(key) if shown else None
    return render_template(
        "adoption/pulse.html",
        page=pulse_page,
        items=items,
        rounds=rounds,
        shown=shown,
        sums=sums,
        picture=pulse_page.draw_sums(items, sums) if sums else None,
        by_round=pulse_page.draw_rounds(items, rounds, key),
        teams=pulse_page.list_teams(rollout_id, items, shown, read_figures(rollout_id)) if shown else [],
        row=row,
        is_open=row is not None and service.is_open(row, local_day(rollout_id, utc_now())),
        ballots=ballots.count_ballots(row) if row else 0,
        invited=len(service.list_invited(rollout_id, local_day(rollout_id, utc_now()))),
        form=RoundForm(),
    )


def _back(rollout_id: int) -> ResponseReturnValue:
    return redirect(url_for("adoption.show_pulse", rollout_id=rollout_id))
