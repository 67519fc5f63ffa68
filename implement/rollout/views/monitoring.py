"""What is evaluated and by whom, for the council and everybody else; the switch of the named view; the log."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.law import PROFILES
from implement.rollout import looks_page
from implement.rollout.forms.blocks import SwitchForm
from implement.rollout.registries import registries
from implement.rollout.service import monitoring as service
from implement.rollout.service import privacy
from implement.rollout.service.log import chain_head, find_broken_row, holds_head
from implement.rollout.service.regulations import version_in_force
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _

pages = Blueprint("monitoring", __name__, url_prefix="/rollouts/<int:rollout_id>/monitoring")


@pages.get("")
@requires(Permission.SEE_MONITORING)
def show_monitoring(rollout_id: int) -> ResponseReturnValue:
    """What is evaluated, in which of the three views, on what ground, and who looked at one's own figures."""
    rollout, today = get_rollout(rollout_id), local_day(rollout_id, utc_now())
    return render_template(
        "monitoring/monitoring.html",
        is_named=privacy.named_view_is_on(rollout_id, rollout.legal_profile, today),
        profile=PROFILES[rollout.legal_profile],
        switches=privacy.list_switches(rollout_id),
        agreement=version_in_force(rollout_id, "agreement", today),
        looks_page=looks_page,
        looks=service.list_looks_at(rollout_id, standing().person_id),
        look_counts=service.count_looks(rollout_id),
        form=SwitchForm(),
        side=next((role for role in (Role.LEAD, Role.COUNCIL) if role in standing().roles), None),
    )


@pages.post("/switch")
@requires(Permission.SWITCH_VIEWS)
def switch_named_view(rollout_id: int) -> ResponseReturnValue:
    """Consent to the named view or withdraw, with a reason everybody can read."""
    form = SwitchForm()
    side = Role.LEAD if Role.LEAD in standing().roles else Role.COUNCIL
    if form.validate_on_submit():
        asked = {"is_on": form.is_on.data == "on", "reason": form.reason.data, "roles": standing().roles}
        privacy.switch_named_view(rollout_id, side=side, **asked, by=current_user, now=utc_now())
        db.session.commit()
    else:
        flash(_("Please give a reason; nothing was changed."), "error")
    return redirect(url_for("monitoring.show_monitoring", rollout_id=rollout_id))


@pages.get("/log")
@requires(Permission.SEE_LOG)
def show_log(rollout_id: int) -> ResponseReturnValue:
    """Every write in this rollout, and whether the chain of the log is whole."""
    labels, subjects = registries().action_labels, registries().subject_labels
    page = service.page_log(rollout_id, labels, request.args)
    asked = request.args.get("head", "").strip()
    shown = {"asked": asked, "held": holds_head(asked), "head": chain_head(), "broken": find_broken_row()}
    return render_template("monitoring/log.html", page=page, labels=labels, subjects=subjects, **shown)
