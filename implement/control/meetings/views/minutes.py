"""Minutes of closed meetings, with their revisions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.meetings import screen
from implement.control.meetings.forms import RevisionForm
from implement.control.meetings.service import minutes as service
from implement.control.meetings.service.meetings import get_meeting
from implement.control.meetings.service.talk import list_decisions
from implement.control.meetings.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.staff import get_team
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/<int:meeting_id>/minutes")
@requires(Permission.JOIN_MEETINGS)
def show_minutes(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """The newest minutes, every revision before them, and where the decisions stand."""
    meeting, series = get_meeting(standing(), meeting_id)
    kept = service.list_minutes(meeting)
    return render_template(
        "meetings/minutes.html",
        meeting=meeting,
        title=screen.TITLES[series.kind],
        team=get_team(rollout_id, series.team_id).name,
        kept=kept,
        decisions=list_decisions(meeting),
        form=RevisionForm(minutes=kept[0].text if kept else ""),
    )


@pages.post("/<int:meeting_id>/minutes")
@requires(Permission.LEAD_MEETINGS)
def revise_minutes(rollout_id: int, meeting_id: int) -> ResponseReturnValue:
    """Add a revision with its reason; what was kept before stays."""
    (meeting, series), form = get_meeting(standing(), meeting_id), RevisionForm()
    if form.validate_on_submit():
        said = {"reason": form.reason.data, "by": current_user, "now": utc_now()}
        service.keep_minutes(meeting, series, form.minutes.data, **said)
        db.session.commit()
    else:
        flash(_("A revision needs its words and a reason; nothing was changed."), "error")
    return redirect(url_for("meetings.show_minutes", rollout_id=rollout_id, meeting_id=meeting_id))
