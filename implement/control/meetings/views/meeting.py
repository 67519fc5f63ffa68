"""The screen of a meeting: who is there, three priorities each, what is said and decided, closed into minutes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.control.meetings import screen
from implement.control.meetings.forms import DecisionForm, NoteForm, PriorityForm
from implement.control.meetings.service import minutes, presence, priorities, talk
from implement.control.meetings.service.meetings import get_meeting
from implement.control.meetings.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.people import list_members
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/<int:meeting_id>")
@requires(Permission.JOIN_MEETINGS)
def show_meeting(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """The screen while the meeting runs; afterwards its minutes."""
    meeting, series = get_meeting(standing(), meeting_id)
    if meeting.closed_at is not None:
        return redirect(url_for("meetings.show_minutes", rollout_id=rollout_id, meeting_id=meeting_id))
    shown = screen.describe_meeting(meeting, series, standing())
    forms = {"decision_form": _decision_form(rollout_id), "new_priority": PriorityForm, "new_note": NoteForm}
    return render_template("meetings/meeting.html", **shown, **forms)


@pages.post("/<int:meeting_id>/presence")
@requires(Permission.JOIN_MEETINGS)
def note_presence(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """Note who is there."""
    meeting, series = get_meeting(standing(), meeting_id)
    states = screen.read_states(request.form, presence.list_expected(series, meeting.day))
    presence.note_presence(standing(), meeting, series, states, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, meeting_id, "people")


@pages.post("/<int:meeting_id>/people/<int:person_id>/priorities")
@requires(Permission.JOIN_MEETINGS)
def add_priority(rollout_id: int, meeting_id: int, person_id: int) -> ResponseReturnValue:
    """Add a priority; a fourth is refused."""
    (meeting, series), form = get_meeting(standing(), meeting_id), PriorityForm()
    if form.validate_on_submit():
        said = {"by": current_user, "now": utc_now()}
        priorities.add_priority(standing(), meeting, series, person_id, form.text.data, **said)
        db.session.commit()
    else:
        flash(_("Please say what is to be done; nothing was changed."), "error")
    return _back(rollout_id, meeting_id, f"person-{person_id}")


@pages.post("/<int:meeting_id>/priorities/<int:priority_id>/<any(tick,carry,withdraw):step>")
@requires(Permission.JOIN_MEETINGS)
def move_priority(rollout_id: int, meeting_id: int, priority_id: int, step: str) -> ResponseReturnValue:
    """Tick a priority, carry it over, or take it out."""
    meeting, series = get_meeting(standing(), meeting_id)
    do = {"tick": priorities.tick_priority, "carry": priorities.carry_over, "withdraw": priorities.withdraw_priority}
    do[step](standing(), meeting, series, priority_id, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, meeting_id, "people")


@pages.post("/<int:meeting_id>/notes/<any(week,plan,aims,urgent):part>")
@requires(Permission.JOIN_MEETINGS)
def add_note(rollout_id: int, meeting_id: int, part: str) -> ResponseReturnValue:
    """Add a contribution to a part."""
    (meeting, series), form = get_meeting(standing(), meeting_id), NoteForm()
    if form.validate_on_submit():
        talk.add_note(meeting, series, part, form.text.data, by=current_user, now=utc_now())
        db.session.commit()
    else:
        flash(_("Please write something; nothing was changed."), "error")
    return _back(rollout_id, meeting_id, part)


@pages.post("/<int:meeting_id>/decisions")
@requires(Permission.LEAD_MEETINGS)
def decide(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """Note a decision: a task with owner and deadline."""
    (meeting, series), form = get_meeting(standing(), meeting_id), _decision_form(rollout_id)
    if form.validate_on_submit():
        asked = {name: form[name].data for name in ("owner_id", "due", "is_strategic")}
        talk.decide(meeting, series, form.title.data, **asked, by=current_user, now=utc_now())
        db.session.commit()
    else:
        flash(_("A decision needs its words, an owner and a deadline; nothing was changed."), "error")
    return _back(rollout_id, meeting_id, "decisions")


@pages.post("/<int:meeting_id>/close")
@requires(Permission.LEAD_MEETINGS)
def close_meeting(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """Close the meeting; its minutes are written and stay as they are."""
    meeting, series = get_meeting(standing(), meeting_id)
    now = utc_now()
    minutes.settle_meeting(meeting, series, by=current_user, now=now)
    text = screen.write_minutes(meeting, series, standing(), now)
    minutes.keep_minutes(meeting, series, text, by=current_user, now=now)
    db.session.commit()
    return redirect(url_for("meetings.show_minutes", rollout_id=rollout_id, meeting_id=meeting_id))


def _decision_form(rollout_id: int) -> DecisionForm:
    form = DecisionForm()
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    form.owner_id.choices = [SelectChoice(key, name) for key, name in names.items()]
    return form


def _back(rollout_id: int, meeting_id: int, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("meetings.show_meeting", rollout_id=rollout_id, meeting_id=meeting_id, _anchor=anchor))
