"""The planned CRM: its records, fields, stages, functions and rights, proposed, edited, handed on as a field list."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.stages.specification import structure_page
from implement.stages.specification.forms.structure import OUTLINE_FORMS, ProposalForm, RightsForm
from implement.stages.specification.service import outline, proposing
from implement.stages.specification.service.field_list import write_field_list
from implement.stages.specification.service.structure import read_structure
from implement.stages.specification.tables import PlannedStage
from implement.stages.specification.views.room import pages
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _, _n, language

KIND = "<any(roles,objects,stages,parts):kind>"
MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}


@pages.get("/structure")
@requires(Permission.SEE_SPECIFICATION)
def show_structure(rollout_id: int) -> ResponseReturnValue:
    """The planned CRM: kinds of record with their fields, stages, functions."""
    one = read_structure(rollout_id)
    store, form = current_app.extensions["implement_store"], ProposalForm(formdata=None)
    offered = proposing.read_proposal().businesses
    form.businesses.choices = [SelectChoice(key, text.in_language(language())) for key, text in offered]
    form.businesses.data = proposing.find_businesses(rollout_id, store)
    return render_template("specification/structure.html", one=one, page=structure_page, proposal_form=form)


@pages.post("/structure/propose")
@requires(Permission.WRITE_SPECIFICATION)
def propose_structure(rollout_id: int) -> ResponseReturnValue:
    """Add what findings, requirements and the field sets propose."""
    form, store = ProposalForm(), current_app.extensions["implement_store"]
    form.businesses.choices = [SelectChoice(key, key) for key, _text in proposing.read_proposal().businesses]
    if form.validate_on_submit():
        chosen = form.businesses.data or ()
        done = proposing.propose_structure(rollout_id, chosen, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_n("One entry was added.", "%(num)d entries were added.", done.count), "success")
    return redirect(url_for("specification.show_structure", rollout_id=rollout_id))


@pages.route(f"/structure/{KIND}/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_outlined(rollout_id: int, kind: str) -> ResponseReturnValue:
    """Write a role, kind of record, stage or part down."""
    form = OUTLINE_FORMS[kind]().offer(rollout_id, [])
    if not form.validate_on_submit():
        return render_template("specification/outlined.html", form=form, kind=kind, row=None, page=structure_page)
    outline.add_outlined(rollout_id, kind, form.said(), asked_by=form.asked_by(), by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, kind)


@pages.route(f"/structure/{KIND}/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_outlined(rollout_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Change a role, kind of record, stage or part."""
    row = outline.get_outlined(rollout_id, kind, row_id)
    form = OUTLINE_FORMS[kind](obj=row).offer(rollout_id, outline.list_asking(row))
    if not form.validate_on_submit():
        return render_template("specification/outlined.html", form=form, kind=kind, row=row, page=structure_page)
    seen, asked_by = form.version.data, form.asked_by()
    outline.change_outlined(row, kind, form.said(), version=seen, asked_by=asked_by, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, kind)


@pages.post(f"/structure/{KIND}/<int:row_id>/<any(remove,restore,up):action>")
@requires(Permission.WRITE_SPECIFICATION)
def move_outlined(rollout_id: int, kind: str, row_id: int, action: str) -> ResponseReturnValue:
    """Take an entry away, put it back, or let a stage come earlier."""
    row = outline.get_outlined(rollout_id, kind, row_id)
    if action == "up" and isinstance(row, PlannedStage):
        outline.move_stage(row, by=current_user, now=utc_now())
    elif action != "up":
        outline.remove_outlined(row, kind, is_back=action == "restore", by=current_user, now=utc_now())
    db.session.commit()
    if action == "remove" and kind == "parts":
        address = {"rollout_id": rollout_id, "kind": kind, "row_id": row_id, "action": "restore"}
        offer_undo(_("The entry was taken away."), url_for("specification.move_outlined", **address))  # type: ignore[arg-type]
    return _back(rollout_id, kind)


@pages.get("/structure/rights")
@requires(Permission.SEE_SPECIFICATION)
def show_rights(rollout_id: int) -> ResponseReturnValue:
    """What each role may do with each kind of record."""
    one = read_structure(rollout_id)
    return render_template("specification/rights.html", one=one, form=RightsForm(), page=structure_page)


@pages.post("/structure/rights/grant")
@requires(Permission.WRITE_SPECIFICATION)
def grant_rights(rollout_id: int) -> ResponseReturnValue:
    """Write the rights down."""
    one, form = read_structure(rollout_id), RightsForm()
    if form.validate_on_submit():
        levels = form.read(one, request.form.to_dict())
        outline.grant_rights(rollout_id, levels, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The rights are written down."), "success")
    return redirect(url_for("specification.show_rights", rollout_id=rollout_id))


@pages.get("/structure/field-list/<any(csv,xlsx,yaml):kind>")
@requires(Permission.SEE_SPECIFICATION)
def download_field_list(rollout_id: int, kind: str) -> ResponseReturnValue:
    """The field list as a file, to build the CRM by."""
    answer = current_app.response_class(write_field_list(rollout_id, kind), mimetype=MIMETYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="fields-{rollout_id}.{kind}"'
    return answer


def _back(rollout_id: int, kind: str) -> ResponseReturnValue:
    return redirect(url_for("specification.show_structure", rollout_id=rollout_id, _anchor=kind))
