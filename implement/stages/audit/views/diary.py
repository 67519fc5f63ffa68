"""The diary of routine work, written by a link without an account: a minute a day on a phone."""

import re
from datetime import date

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from implement.db import db, utc_now
from implement.engine.diary import KINDS
from implement.rollout.service.rollouts import local_day
from implement.stages.audit.baseline_page import ROUTINE_LABELS
from implement.stages.audit.forms.diary import CHOICES, DayForm
from implement.stages.audit.service import diary as service
from implement.web.access import public
from implement.web.private_pages import keep_private
from implement.web.texts import day

pages = Blueprint("audit_diary", __name__, url_prefix="/diary/<string:token>")
pages.after_request(keep_private)


@pages.get("")
@public
def show_day(token: str) -> ResponseReturnValue:
    """The day that comes next, or another one of the week."""
    seat = service.find_seat(token, now=utc_now())
    return _show(seat, _make_form(seat))


@pages.post("")
@public
def write_day(token: str) -> ResponseReturnValue:
    """Write a day; once more corrects it."""
    now, secret = utc_now(), current_app.config["SECRET_KEY"]
    seat = service.find_seat(token, now=now)
    form = _make_form(seat)
    if not form.validate_on_submit():
        return _show(seat, form), 422
    minutes = {} if form.did_not_work.data else _read_minutes()
    service.write_day(seat, date.fromisoformat(form.day.data), minutes, secret=secret, today=_today(seat))
    db.session.commit()
    return redirect(url_for(".show_thanks", token=token))


@pages.get("/thanks")
@public
def show_thanks(token: str) -> ResponseReturnValue:
    """Which days are written, and which are still to come."""
    now, secret = utc_now(), current_app.config["SECRET_KEY"]
    seat = service.find_seat(token, now=now)
    written = service.read_days(seat, secret=secret)
    days = service.list_days(seat, _today(seat))
    return render_template("audit/diary_thanks.html", seat=seat, token=token, days=days, written=written)


def _today(seat: service.Seat) -> date:
    return local_day(seat.diary.rollout_id, utc_now())


def _make_form(seat: service.Seat) -> DayForm:
    """A form for the days so far, the latest that is not written yet chosen."""
    days = service.list_days(seat, _today(seat))
    written = service.read_days(seat, secret=current_app.config["SECRET_KEY"])
    open_days = [one for one in days if one not in written]
    chosen = request.args.get("day") or next(iter([*open_days, *days]), date.min).isoformat()
    form = DayForm(day=chosen)
    form.day.choices = form.offer([(one.isoformat(), day(one)) for one in days])
    return form


def _show(seat: service.Seat, form: DayForm) -> str:
    written = service.read_days(seat, secret=current_app.config["SECRET_KEY"])
    kept = written.get(_day(form.day.data), {})
    shown = {"kinds": ROUTINE_LABELS, "choices": CHOICES, "kept": kept, "days": form.day.choices}
    return render_template("audit/diary.html", seat=seat, form=form, **shown)


def _day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return date.min


def _read_minutes() -> dict[str, int]:
    typed = {kind: request.form.get(kind, "0") for kind in KINDS}
    return {kind: int(typed[kind]) for kind in KINDS if re.fullmatch(r"\d{1,4}", typed[kind], re.ASCII)}
