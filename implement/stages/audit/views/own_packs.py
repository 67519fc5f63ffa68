"""The consultancy's own packs: hand one in, see what is wrong with it, take it from the shelf, copy a pattern."""

from pathlib import PurePath

from flask import Blueprint, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.checklist import SheetFault, UnusableSheet
from implement.stages.audit.forms import OwnPackForm
from implement.stages.audit.packs_page import say_sheet_faults, write_shelf
from implement.stages.audit.service import shelf as service
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("own_packs", __name__, url_prefix="/audit-packs")


@pages.get("")
@requires(Permission.KEEP_PACKS)
def list_packs() -> ResponseReturnValue:
    """Packs of the product to copy from, and one's own."""
    return _show_page(OwnPackForm())


@pages.post("")
@requires(Permission.KEEP_PACKS)
def add_pack() -> ResponseReturnValue:
    """Keep a pack, or show every fault with its line."""
    form = OwnPackForm()
    if not form.validate_on_submit() or form.file.data is None:
        return _show_page(form), 422
    store, name = current_app.extensions["implement_store"], PurePath(form.file.data.filename or "pack").name
    try:
        row = service.add_own_pack(form.file.data.stream.read(), name, store, by=current_user, now=utc_now())
    except UnusableSheet as refusal:
        return _show_page(form, refusal.faults), 422
    db.session.commit()
    flash(_("The pack stands on the shelf: %(pack)s, version %(version)s.", pack=row.pack_key, version=row.version))
    return redirect(url_for(".list_packs"))


@pages.post("/<int:own_pack_id>/<any(remove,restore):action>")
@requires(Permission.KEEP_PACKS)
def change_pack(own_pack_id: int, action: str) -> ResponseReturnValue:
    """Take a version from the shelf, or put it back."""
    is_back = action == "restore"
    service.remove_own_pack(service.get_own_pack(own_pack_id), is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".change_pack", own_pack_id=own_pack_id, action="restore")
        offer_undo(_("The pack was taken from the shelf; audits that use it keep it."), undo)
    return redirect(url_for(".list_packs"))


@pages.get("/<int:place>/file")
@requires(Permission.KEEP_PACKS)
def download_pack(place: int) -> ResponseReturnValue:
    """The pack at a place of the shelf as a file, to read or to copy from."""
    one = service.get_shelf_pack(place, current_app.extensions["implement_store"])
    return send_file(one.path, mimetype="text/yaml", as_attachment=True, download_name=f"{one.pack.id}.yaml")


def _show_page(form: OwnPackForm, faults: tuple[SheetFault, ...] = ()) -> str:
    store = current_app.extensions["implement_store"]
    shelf = write_shelf(service.list_shelf(store))
    own = service.list_own_packs(store)
    return render_template("audit/own_packs.html", form=form, shelf=shelf, own=own, faults=say_sheet_faults(faults))
