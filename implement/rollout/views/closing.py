"""The closing of a rollout: the report is made, read, signed by both sides and kept."""

from flask import Blueprint, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.closing_page import print_document, write_document
from implement.rollout.forms.closing import MakeClosingForm, SignClosingForm
from implement.rollout.service import closing as service
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.signatures import SIDES
from implement.rollout.tables import ClosingReport
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, language

pages = Blueprint("closing", __name__, url_prefix="/rollouts/<int:rollout_id>/closing")
KINDS = {"html": "text/html", "pdf": "application/pdf", "signed": "application/pdf"}


@pages.get("")
@requires(Permission.SEE_REPORT)
def show_closing(rollout_id: int) -> ResponseReturnValue:
    """What the closing waits for, the report, who signed it."""
    row = service.find_closing(rollout_id)
    signed = service.list_signed(row) if row else []
    return render_template(
        "closing/closing.html",
        row=row,
        signed=signed,
        missing=[side for side in SIDES if side not in {one.role for one in signed}],
        waves=service.list_unrecovered(rollout_id),
        make_form=MakeClosingForm(language=language()),
        sign_forms=_sign_forms(row) if row else [],
    )


@pages.post("")
@requires(Permission.OVERRIDE_GATE)
def make_closing(rollout_id: int) -> ResponseReturnValue:
    """Freeze the report as it stands now."""
    form, now, store = MakeClosingForm(), utc_now(), current_app.extensions["implement_store"]
    if form.validate_on_submit():
        said = {"language": form.language.data, "made_by": current_user.name, "made_at": now}
        html = write_document(rollout_id, gather_frame(rollout_id), **said)
        files = {"html": html, "pdf": print_document(html, form.language.data), "language": form.language.data}
        service.make_closing(rollout_id, **files, store=store, by=current_user, now=now)
        db.session.commit()
        flash(_("The report is made and frozen. Read it, then sign."), "success")
    return redirect(url_for("closing.show_closing", rollout_id=rollout_id))


@pages.post("/<int:edition>/sign")
@requires(Permission.OVERRIDE_GATE)
def sign_closing(rollout_id: int, edition: int) -> ResponseReturnValue:
    """Sign the frozen bytes for one's side; with the second signature the rollout is closed."""
    row, form = service.get_closing(rollout_id, edition), SignClosingForm()
    store = current_app.extensions["implement_store"]
    if form.validate_on_submit() and form.role.data in list(Role):
        who = {"role": Role(form.role.data), "roles": standing().roles, "by": current_user, "now": utc_now()}
        service.sign_closing(row, seen=form.sha256.data, store=store, **who)
        html = store.path(row.html_sha256).read_bytes()
        printed = print_document(html, row.language, service.list_signed(row)) if service.is_closed(row) else b""
        service.keep_signed_closing(row, printed, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("You have signed."), "success")
    return redirect(url_for("closing.show_closing", rollout_id=rollout_id))


@pages.get("/<int:edition>/<any(html,pdf,signed):kind>")
@requires(Permission.SEE_REPORT)
def download_closing(rollout_id: int, edition: int, kind: str) -> ResponseReturnValue:
    """A frozen report, byte for byte."""
    sha256 = service.find_closing_bytes(service.get_closing(rollout_id, edition), kind)
    path = current_app.extensions["implement_store"].path(sha256)
    ending = "html" if kind == "html" else "pdf"
    name = f"closing-{edition}{'-signed' if kind == 'signed' else ''}.{ending}"
    return send_file(path, mimetype=KINDS[kind], as_attachment=True, download_name=name)


def _sign_forms(row: ClosingReport) -> list[tuple[Role, SignClosingForm]]:
    """One form for each side that this person may still sign for."""
    done = {signed.role for signed in service.list_signed(row)}
    sides = [role for role in SIDES if role in standing().roles and role not in done]
    return [(role, SignClosingForm(sha256=row.html_sha256, role=role.value, formdata=None)) for role in sides]
