"""Read and acknowledge by link, without an account: one person, what was handed out to them, until a day."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from implement.control.activity import reading_page as page
from implement.control.activity.service.delivering import acknowledge_sheet
from implement.db import db, utc_now
from implement.rollout.service import regulations
from implement.rollout.service.errors import NotFound
from implement.rollout.service.reading_links import find_reader
from implement.rollout.service.rollouts import company_name, get_rollout, local_day
from implement.web.access import public
from implement.web.private_pages import keep_private
from implement.web.texts import _, lazy

pages = Blueprint("reading", __name__, url_prefix="/reading/<string:token>")
pages.after_request(keep_private)


@pages.get("")
@public
def show(token: str) -> ResponseReturnValue:
    """Every text and sheet of targets that was handed out to this person."""
    reader = find_reader(token, now=utc_now())
    shown = page.describe_reading(reader, local_day(reader.rollout_id, utc_now()))
    company = company_name(get_rollout(reader.rollout_id))
    return render_template("activity/reading.html", **shown, token=token, company=company)


@pages.post("/texts/<int:version_id>")
@public
def acknowledge_text(token: str, version_id: int) -> ResponseReturnValue:
    """Note that the person has read exactly this text; a text that does not bind them is none of theirs."""
    reader, now = find_reader(token, now=utc_now()), utc_now()
    mine = regulations.list_readings(reader.rollout_id).get(reader.person_id, [])
    if version_id not in {row.version_id for row, _at in mine}:
        raise NotFound(lazy("There is no such text."))
    version = regulations.get_version(reader.rollout_id, version_id)[1]
    sha256, who = request.form.get("sha256", ""), reader.person_id
    regulations.acknowledge(version, reader.rollout_id, sha256=sha256, by=reader, now=now, person_id=who)
    db.session.commit()
    flash(_("Noted, with your name, the time and the hash of the text."), "success")
    return redirect(url_for("reading.show", token=token))


@pages.post("/sheets/<int:delivery_id>")
@public
def acknowledge_targets(token: str, delivery_id: int) -> ResponseReturnValue:
    """Note that the person has read exactly these targets."""
    reader, now, sha256 = find_reader(token, now=utc_now()), utc_now(), request.form.get("sha256", "")
    here, who = reader.rollout_id, reader.person_id
    acknowledge_sheet(here, delivery_id, person_id=who, sha256=sha256, by=reader, now=now)
    db.session.commit()
    flash(_("Noted, with your name, the time and the hash of your targets."), "success")
    return redirect(url_for("reading.show", token=token))
