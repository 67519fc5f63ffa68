"""Requirements: the list, one of them, and those made from findings in one click."""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.people import list_members
from implement.rollout.service.requests import answer_leads_to
from implement.stages.specification import requirements_page
from implement.stages.specification.forms.requirements import OriginForm, RequirementForm
from implement.stages.specification.service import requirements as service
from implement.stages.specification.service.origins import list_origins
from implement.stages.specification.views.room import pages
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def list_requirements(rollout_id: int) -> ResponseReturnValue:
    """Every requirement that stands."""
    return render_template(
        "specification/requirements.html",
        listing=service.page_requirements(rollout_id, request.args),
        counts=service.count_requirements(rollout_id),
        names={user_id: name for user_id, name, *_rest in list_members(rollout_id)},
        page=requirements_page,
    )


@pages.route("/requirements/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_requirement(rollout_id: int) -> ResponseReturnValue:
    """Write a requirement down."""
    store = current_app.extensions["implement_store"]
    form = RequirementForm().offer(rollout_id, list_origins(rollout_id, store))
    if not form.validate_on_submit():
        return render_template("specification/requirement_form.html", form=form, row=None)
    row = service.add_requirement(rollout_id, form.said(), store, by=current_user, now=utc_now())
    location = url_for("specification.show_requirement", rollout_id=rollout_id, requirement_id=row.id)
    answer_leads_to(form.idempotency_key.data, current_user.id, location)
    db.session.commit()
    return redirect(location)


@pages.post("/requirements/take-up")
@requires(Permission.WRITE_SPECIFICATION)
def take_up_origin(rollout_id: int) -> ResponseReturnValue:
    """Make a requirement of a finding or a task, in one click; what is missing is written on the page it leads to."""
    store, form = current_app.extensions["implement_store"], OriginForm()
    if not form.validate_on_submit():
        abort(400)
    row = service.take_up_origin(rollout_id, form.origin.data, store, by=current_user, now=utc_now())
    location = url_for("specification.change_requirement", rollout_id=rollout_id, requirement_id=row.id)
    answer_leads_to(form.idempotency_key.data, current_user.id, location)
    db.session.commit()
    return redirect(location)


@pages.get("/requirements/<int:requirement_id>")
@requires(Permission.SEE_SPECIFICATION)
def show_requirement(rollout_id: int, requirement_id: int) -> ResponseReturnValue:
    """One requirement with what it follows from."""
    row = service.get_requirement(rollout_id, requirement_id)
    return render_template(
        "specification/requirement.html",
        row=row,
        origins=service.list_origins_of(row.id),
        names={user_id: name for user_id, name, *_rest in list_members(rollout_id)},
        page=requirements_page,
    )


@pages.route("/requirements/<int:requirement_id>/change", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_requirement(rollout_id: int, requirement_id: int) -> ResponseReturnValue:
    """Change a requirement; a second editor sees both texts."""
    store, row = current_app.extensions["implement_store"], service.get_requirement(rollout_id, requirement_id)
    chosen = service.list_origins_of(row.id)
    form = RequirementForm(obj=row).offer(rollout_id, list_origins(rollout_id, store), chosen)
    if not form.validate_on_submit():
        return render_template("specification/requirement_form.html", form=form, row=row)
    service.change_requirement(row, form.said(), store, version=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("specification.show_requirement", rollout_id=rollout_id, requirement_id=row.id))


@pages.post("/requirements/<int:requirement_id>/<any(remove, restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_requirement(rollout_id: int, requirement_id: int, action: str) -> ResponseReturnValue:
    """Take a requirement away, or put it back."""
    row, is_back = service.get_requirement(rollout_id, requirement_id), action == "restore"
    service.remove_requirement(row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        endpoint = "specification.remove_requirement"
        undo = url_for(endpoint, rollout_id=rollout_id, requirement_id=row.id, action="restore")
        offer_undo(_("The requirement was taken away."), undo)
    return redirect(url_for("specification.list_requirements", rollout_id=rollout_id))
