"""The catalogue of CRM systems: the product's to copy from, and the consultancy's own entries."""

from pathlib import PurePath

from flask import Blueprint, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.checklist import SheetFault, UnusableSheet
from implement.stages.audit.packs_page import say_sheet_faults
from implement.stages.specification import choice_page
from implement.stages.specification.forms.choice import CatalogueForm
from implement.stages.specification.service.choice import shelf
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("crm_catalogue", __name__, url_prefix="/crm-catalogue")


@pages.get("")
@requires(Permission.KEEP_PACKS)
def list_systems() -> ResponseReturnValue:
    """Every system with what is known of it."""
    return _show_page(CatalogueForm())


@pages.post("")
@requires(Permission.KEEP_PACKS)
def add_catalogue() -> ResponseReturnValue:
    """Keep a catalogue of one's own, or show every fault with its line."""
    form = CatalogueForm()
    if not form.validate_on_submit() or form.file.data is None:
        return _show_page(form), 422
    store, name = current_app.extensions["implement_store"], PurePath(form.file.data.filename or "catalogue").name
    try:
        row = shelf.add_own_catalogue(form.file.data.stream.read(), name, store, by=current_user, now=utc_now())
    except UnusableSheet as refusal:
        return _show_page(form, refusal.faults), 422
    db.session.commit()
    flash(_("The catalogue is kept: %(key)s, version %(version)s.", key=row.catalogue_key, version=row.version))
    return redirect(url_for(".list_systems"))


@pages.post("/<int:own_id>/<any(remove,restore):action>")
@requires(Permission.KEEP_PACKS)
def change_catalogue(own_id: int, action: str) -> ResponseReturnValue:
    """Take a catalogue of one's own away, or put it back."""
    is_back = action == "restore"
    shelf.remove_own_catalogue(own_id, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".change_catalogue", own_id=own_id, action="restore")
        offer_undo(_("The catalogue was taken away; what rollouts have found out stays."), undo)
    return redirect(url_for(".list_systems"))


@pages.get("/file")
@requires(Permission.KEEP_PACKS)
def download_catalogue() -> ResponseReturnValue:
    """The product's catalogue as a file, to copy from."""
    return send_file(shelf.SHIPPED, mimetype="text/yaml", as_attachment=True, download_name="crm_catalogue.yaml")


def _show_page(form: CatalogueForm, faults: tuple[SheetFault, ...] = ()) -> str:
    catalogue = shelf.open_catalogue(current_app.extensions["implement_store"])
    return render_template(
        "specification/choice/catalogue.html",
        form=form,
        systems=catalogue.systems,
        own=shelf.list_own_catalogues(),
        faults=say_sheet_faults(faults),
        today=utc_now().date(),
        page=choice_page,
    )
