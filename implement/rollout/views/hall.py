"""The hall: one's rollouts, a new one, and the first page of each with the three things to do next."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.forms.rollouts import AimsForm, RolloutForm
from implement.rollout.kept_page import kept
from implement.rollout.next_steps import list_next_steps
from implement.rollout.registries import registries
from implement.rollout.service import rollouts as service
from implement.rollout.service.requests import answer_leads_to
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _

pages = Blueprint("hall", __name__)


@pages.get("/")
@requires(Permission.ENTER)
def list_rollouts() -> ResponseReturnValue:
    """The rollouts somebody belongs to; with only one, straight into it."""
    rows = service.list_rollouts(current_user.id)
    if len(rows) == 1 and "all" not in request.args:
        return redirect(url_for("hall.show_rollout", rollout_id=rows[0].id))
    return render_template("hall/rollouts.html", rows=rows)


@pages.route("/rollouts/new", methods=["GET", "POST"])
@requires(Permission.CREATE_ROLLOUT)
def create_rollout() -> ResponseReturnValue:
    """Begin a rollout with company, goal and tasks (M1, M2)."""
    form = RolloutForm()
    if form.validate_on_submit():
        asked = {field: form[field].data for field in ("company", "name", "goal", "legal_profile", "currency")}
        zone, role = current_app.config["BABEL_DEFAULT_TIMEZONE"], Role(current_user.site_role)
        aims = (form.aims.data or "").splitlines()
        rollout = service.create_rollout(**asked, aims=aims, timezone=zone, role=role, by=current_user, now=utc_now())
        location = url_for("hall.show_rollout", rollout_id=rollout.id)
        answer_leads_to(form.idempotency_key.data, current_user.id, location)
        db.session.commit()
        return redirect(location)
    return render_template("hall/new_rollout.html", form=form)


@pages.get("/rollouts/<int:rollout_id>")
@requires(Permission.SEE_ROLLOUT)
@kept
def show_rollout(rollout_id: int) -> str:
    """The hall of one rollout: what to do next, how it stands."""
    rollout = service.get_rollout(rollout_id)
    today = service.local_day(rollout_id, utc_now())
    return render_template(
        "hall/hall.html",
        one=rollout,
        company=service.company_name(rollout),
        aims=service.list_aims(rollout_id),
        steps=list_next_steps(standing(), current_user.id, today),
        cards=[card for make in registries().hall_cards if (card := make(standing(), today))],
        title=_("What to do next"),
    )


@pages.route("/rollouts/<int:rollout_id>/aims", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROLLOUT)
def write_aims(rollout_id: int) -> ResponseReturnValue:
    """Add tasks the CRM must solve."""
    form = AimsForm()
    if form.validate_on_submit():
        service.write_aims(rollout_id, form.aims.data.splitlines(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for("hall.show_rollout", rollout_id=rollout_id))
    return render_template("hall/aims.html", form=form, aims=service.list_aims(rollout_id))
