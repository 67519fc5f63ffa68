"""Fields of the planned CRM, and how heavy they lie on those who fill them in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.specification import structure_page
from implement.stages.specification.forms.structure import FieldForm, NormForm
from implement.stages.specification.service import fields as service
from implement.stages.specification.service import overload
from implement.stages.specification.service.structure import read_structure
from implement.stages.specification.views.room import pages
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _


@pages.route("/structure/fields/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_field(rollout_id: int) -> ResponseReturnValue:
    """Plan a field."""
    form = FieldForm(object_id=request.args.get("object", type=int)).offer(rollout_id, read_structure(rollout_id))
    if not form.validate_on_submit():
        return render_template("specification/field.html", form=form, row=None)
    row = service.add_field(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, row.object_id)


@pages.route("/structure/fields/<int:field_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_field(rollout_id: int, field_id: int) -> ResponseReturnValue:
    """Change a field; a second editor sees both."""
    row = service.get_field(rollout_id, field_id)
    form = FieldForm(obj=row).offer(rollout_id, read_structure(rollout_id))
    if not form.validate_on_submit():
        return render_template("specification/field.html", form=form, row=row)
    service.change_field(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id, row.object_id)


@pages.post("/structure/fields/<int:field_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_field(rollout_id: int, field_id: int, action: str) -> ResponseReturnValue:
    """Take a field away, or put it back."""
    row = service.get_field(rollout_id, field_id)
    service.remove_field(row, is_back=action == "restore", by=current_user, now=utc_now())
    db.session.commit()
    if action == "remove":
        undo = url_for("specification.remove_field", rollout_id=rollout_id, field_id=field_id, action="restore")
        offer_undo(_("The field was taken away."), undo)
    return _back(rollout_id, row.object_id)


@pages.get("/overload")
@requires(Permission.SEE_SPECIFICATION)
def show_overload(rollout_id: int) -> ResponseReturnValue:
    """What nobody asked for, how long each role types, and by which seconds."""
    norms = overload.list_norms(rollout_id)
    forms = {one.kind: NormForm(formdata=None, kind=one.kind, seconds=one.seconds, source=one.source) for one in norms}
    burden = overload.weigh(rollout_id)
    return render_template("specification/overload.html", burden=burden, norms=norms, forms=forms, page=structure_page)


@pages.post("/overload/seconds")
@requires(Permission.WRITE_SPECIFICATION)
def set_norm(rollout_id: int) -> ResponseReturnValue:
    """Say how long an entry of a kind takes here."""
    form = NormForm()
    if form.validate_on_submit():
        said = {"seconds": form.seconds.data, "source": form.source.data}
        overload.set_norm(rollout_id, form.kind.data, **said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The seconds are changed; everything is reckoned anew."), "success")
    else:
        flash(_("Please give whole seconds from 1 to 3,600, and say where they come from."), "error")
    return redirect(url_for("specification.show_overload", rollout_id=rollout_id))


def _back(rollout_id: int, object_id: int) -> ResponseReturnValue:
    return redirect(url_for("specification.show_structure", rollout_id=rollout_id, _anchor=f"object-{object_id}"))
