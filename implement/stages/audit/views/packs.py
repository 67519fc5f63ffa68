"""Choose more packs for an audit that runs; what it has already stays in the version it was made with."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.audit.forms import PacksForm
from implement.stages.audit.packs_page import write_shelf
from implement.stages.audit.service import audits as service
from implement.stages.audit.service.shelf import list_shelf
from implement.web.access import Permission, requires
from implement.web.texts import _n

pages = Blueprint("audit_packs", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/packs")


@pages.get("")
@requires(Permission.RUN_AUDIT)
def choose_packs(rollout_id: int) -> ResponseReturnValue:
    """The shelf, with what the audit has already."""
    audit = service.get_audit(rollout_id)
    store = current_app.extensions["implement_store"]
    shelf = write_shelf(list_shelf(store), taken=service.list_packs(audit.id))
    return render_template("audit/packs.html", audit=audit, shelf=shelf)


@pages.post("")
@requires(Permission.RUN_AUDIT)
def add_packs(rollout_id: int) -> ResponseReturnValue:
    """Add the chosen packs as they are today."""
    audit, form = service.get_audit(rollout_id), PacksForm()
    store = current_app.extensions["implement_store"]
    count = service.add_packs(audit, form.packs.data or (), store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_n("One pack was added.", "%(num)d packs were added.", count), "success")
    return redirect(url_for("audit.show_audit", rollout_id=rollout_id))
