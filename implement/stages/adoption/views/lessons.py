"""Learning from the best: how the best-kept deals are run, and one's own word on being an example."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.privacy import PeopleView
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption import lessons_page
from implement.stages.adoption.service import examples as service
from implement.stages.adoption.views.looks import note_looks
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/best")
@requires(Permission.SEE_OWN_USAGE)
def show_best(rollout_id: int) -> ResponseReturnValue:
    """How the best-kept deals are run beside the others; a look at a name is written down."""
    store = current_app.extensions["implement_store"]
    found = service.read_lessons(rollout_id, store, local_day(rollout_id, utc_now()))
    named = [one.person_id for one in found.examples if one.name]
    note_looks(rollout_id, named, PeopleView.NAMED, "example")
    return render_template(
        "adoption/best.html",
        found=found,
        page=lessons_page,
        picture=lessons_page.draw_spacing(found.pattern) if found.pattern else None,
        agrees=standing().person_id in service.list_agreed(rollout_id),
        is_staff=standing().person_id is not None,
    )


@pages.post("/me/example/<any(agree, withdraw):word>")
@requires(Permission.DISCUSS)
def say_example(rollout_id: int, word: str) -> ResponseReturnValue:
    """Agree that one's best-kept deals are shown to colleagues, or withdraw."""
    said = {"agrees": word == "agree", "by": current_user, "now": utc_now()}
    service.say_example(rollout_id, standing().person_id, **said)
    db.session.commit()
    text = _("Your best-kept deals may be shown to colleagues from now on.")
    flash(text if word == "agree" else _("Your deals are no example any more; nothing of them is shown."), "success")
    return redirect(url_for("adoption.show_best", rollout_id=rollout_id))
