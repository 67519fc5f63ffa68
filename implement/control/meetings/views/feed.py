"""The calendar behind a link, read by calendars that cannot log in."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from implement.control.meetings.service.feed import write_feed
from implement.db import utc_now
from implement.web.access import public

pages = Blueprint("meeting_calendar", __name__)


@pages.get("/meeting-calendar/<token>")
@public
def show_calendar(token: str) -> ResponseReturnValue:
    """The meetings of one person's teams; whoever has no live link gets nothing."""
    file = write_feed(token, now=utc_now())
    return Response(file, mimetype="text/calendar", headers={"Content-Disposition": "inline; filename=meetings.ics"})
