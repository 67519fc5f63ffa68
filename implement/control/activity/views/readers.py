"""People without an account: each gets a link to read and acknowledge what is handed out to them."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.activity import reading_page as page
from implement.control.activity.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.reading_links import give_reading_links
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires


@pages.get("/links")
@requires(Permission.WRITE_REGULATIONS)
def list_readers(rollout_id: int) -> ResponseReturnValue:
    """Who has no account, and what waits for them."""
    now = utc_now()
    shown = page.describe_readers(rollout_id, local_day(rollout_id, now), now)
    return render_template("activity/readers.html", **shown)


@pages.post("/links")
@requires(Permission.WRITE_REGULATIONS)
def give_links(rollout_id: int) -> ResponseReturnValue:
    """Make a link for each of the people who were ticked; it is shown only now."""
    now, chosen = utc_now(), request.form.getlist("person_id", type=int)
    if not chosen:
        return redirect(url_for("activity.list_readers", rollout_id=rollout_id))
    made = give_reading_links(rollout_id, chosen, by=current_user, now=now)
    links = page.send_links(made, now=now)
    db.session.commit()
    return render_template("activity/links.html", links=links)
