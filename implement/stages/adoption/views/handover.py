"""Hand over what belongs to somebody who leaves or is away."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.usage import find_names
from implement.stages.adoption import handover_page
from implement.stages.adoption.forms.handover import read_receivers
from implement.stages.adoption.service import handover as service
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing


@pages.get("/handovers")
@requires(Permission.HAND_OVER)
def list_leavers(rollout_id: int) -> ResponseReturnValue:
    """Who leaves or is away, and who of them has handed over."""
    rows = service.list_leavers(standing(), local_day(rollout_id, utc_now()))
    return render_template("adoption/leavers.html", rows=rows, page=handover_page)


@pages.get("/handovers/of/<int:person_id>")
@requires(Permission.HAND_OVER)
def show_belongings(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """What is open with somebody, and who could take it; the look is written down."""
    now = utc_now()
    leaver = service.get_leaver(standing(), person_id, local_day(rollout_id, now))
    _note_look(rollout_id, person_id)
    found = service.read_belongings(rollout_id, person_id, store=current_app.extensions["implement_store"])
    names = find_names(found.loads) if found else {}
    currency = get_rollout(rollout_id).currency
    shown = {"page": handover_page, "leaver": leaver, "found": found, "names": names, "currency": currency}
    return render_template("adoption/belongings.html", **shown)


@pages.post("/handovers/of/<int:person_id>")
@requires(Permission.HAND_OVER)
def confirm_handover(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """Keep who receives which client."""
    now, store = utc_now(), current_app.extensions["implement_store"]
    service.get_leaver(standing(), person_id, local_day(rollout_id, now))
    receivers, seen = read_receivers(request.form), request.form.get("export", "")
    row = service.confirm_handover(
        rollout_id, person_id, receivers, seen=seen, store=store, by=current_user, now=now
    )  # fmt: skip
    db.session.commit()
    return redirect(url_for("adoption.show_handover", rollout_id=rollout_id, handover_id=row.id))


@pages.get("/handovers/<int:handover_id>")
@requires(Permission.HAND_OVER)
def show_handover(rollout_id: int, handover_id: int) -> ResponseReturnValue:
    """A confirmed handover as a list to print, and what is still with the old owner."""
    row = service.get_handover(rollout_id, handover_id)
    service.get_leaver(standing(), row.person_id, local_day(rollout_id, utc_now()))
    _note_look(rollout_id, row.person_id)
    rows = service.list_items(row, store=current_app.extensions["implement_store"])
    currency = get_rollout(rollout_id).currency
    return render_template("adoption/handover.html", row=row, rows=rows, page=handover_page, currency=currency)


def _note_look(rollout_id: int, person_id: int) -> None:
    if standing().person_id == person_id:
        return
    db.session.rollback()
    with writing():
        look = {"view": PeopleView.NAMED, "page": "adoption.handover", "by": current_user, "now": utc_now()}
        log_look(rollout_id, person_id, **look)
        db.session.commit()
