"""Sign-off: the report of a run is made, signed by both sides, kept and verified."""

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from implement.db import db, utc_now
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.signatures import SIDES
from implement.stages.transfer import sign_off_page
from implement.stages.transfer.forms import MakeReportForm, SignForm, VerifyForm
from implement.stages.transfer.service import sign_off as service
from implement.stages.transfer.service.results import gather_results
from implement.stages.transfer.service.runs import find_newest_run, get_finished_run
from implement.stages.transfer.tables import SignOff
from implement.stages.transfer.views.room import pages
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, language

RUN = "/runs/<int:number>/sign-off"
KINDS = {"html": "text/html", "pdf": "application/pdf", "signed": "application/pdf"}


@pages.get("/sign-off")
@requires(Permission.SEE_TRANSFER)
def show_sign_offs(rollout_id: int) -> ResponseReturnValue:
    """The report of the newest run, and all that were made before."""
    run = find_newest_run(rollout_id)
    if run is None:
        return render_template("transfer/sign_off/empty.html")
    return _show(rollout_id, run.number)


@pages.get(RUN)
@requires(Permission.SEE_TRANSFER)
def show_sign_off(rollout_id: int, number: int) -> ResponseReturnValue:
    """The report of one run: who signed it, what it says."""
    return _show(rollout_id, number)


@pages.post(RUN)
@requires(Permission.RUN_TRANSFER)
def make_sign_off(rollout_id: int, number: int) -> ResponseReturnValue:
    """Freeze the report of a run, for both sides to sign."""
    run, form, now = get_finished_run(rollout_id, number), MakeReportForm(), utc_now()
    if not form.validate_on_submit():
        return _show(rollout_id, number), 422
    store = current_app.extensions["implement_store"]
    content = sign_off_page.write_content(run, store, form.language.data)
    made = {"language": form.language.data, "made_by": current_user.name, "made_at": now}
    paper = sign_off_page.write_paper(run, content, gather_frame(rollout_id), **made)
    service.make_sign_off(run, paper, store=store, by=current_user, now=now)
    db.session.commit()
    flash(_("The report is made and frozen. Read it, then sign."), "success")
    return redirect(url_for("transfer.show_sign_off", rollout_id=rollout_id, number=number))


@pages.post(f"{RUN}/<int:edition>/sign")
@requires(Permission.RUN_TRANSFER)
def sign_report(rollout_id: int, number: int, edition: int) -> ResponseReturnValue:
    """Sign the frozen bytes for one's side; with the second signature the signed print is kept."""
    run, form, store = get_finished_run(rollout_id, number), SignForm(), current_app.extensions["implement_store"]
    row = service.get_sign_off(run, edition)
    if form.validate_on_submit() and form.role.data in list(Role):
        content = sign_off_page.write_content(run, store, row.language)
        who = {"role": Role(form.role.data), "roles": standing().roles, "by": current_user, "now": utc_now()}
        service.sign_report(row, seen=form.sha256.data, content=content, store=store, **who)
        if service.is_complete(row):
            printed = sign_off_page.print_signed(row, gather_frame(rollout_id), service.list_signed(row), store=store)
            service.keep_signed_print(row, printed, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("You have signed."), "success")
    return redirect(url_for("transfer.show_sign_off", rollout_id=rollout_id, number=number))


@pages.get(f"{RUN}/<int:edition>/<any(html,pdf,signed):kind>")
@requires(Permission.SEE_TRANSFER)
def download_report(rollout_id: int, number: int, edition: int, kind: str) -> ResponseReturnValue:
    """A frozen report, byte for byte."""
    row = service.get_sign_off(get_finished_run(rollout_id, number), edition)
    sha256 = service.find_bytes(row, kind)
    path = current_app.extensions["implement_store"].path(sha256)
    name = f"reconciliation-{number}-{edition}{'-signed' if kind == 'signed' else ''}"
    ending = "html" if kind == "html" else "pdf"
    return send_file(path, mimetype=KINDS[kind], as_attachment=True, download_name=f"{name}.{ending}")


@pages.post("/sign-off/verify")
@requires(Permission.RUN_TRANSFER)
def verify_report(rollout_id: int) -> ResponseReturnValue:
    """Say whether a file is one of the reports, and who signed it."""
    form = VerifyForm()
    if not form.validate_on_submit() or form.file.data is None:
        flash(_("Please choose a file; nothing was changed."), "error")
        return redirect(url_for("transfer.show_sign_offs", rollout_id=rollout_id))
    found = service.find_document(rollout_id, form.file.data.stream.read())
    signed = service.list_signed(found[0]) if found else []
    return render_template("transfer/sign_off/verified.html", found=found, signed=signed, name=form.file.data.filename)


def _show(rollout_id: int, number: int) -> str:
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    row = service.find_sign_off(run)
    content = sign_off_page.write_content(run, store, row.language if row else language())
    page = sign_off_page.SignOffPage.open(run, row, content, store=store)
    return render_template(
        "transfer/sign_off/page.html",
        run=run,
        one=page,
        content=Markup(content),
        unexplained=gather_results(run).unexplained,
        make_form=MakeReportForm(language=language()),
        sign_forms=_sign_forms(row) if row and page.may_be_signed else [],
        verify_form=VerifyForm(),
        others=service.list_sign_offs(rollout_id),
    )


def _sign_forms(row: SignOff) -> list[tuple[Role, SignForm]]:
    """One form for each side that this person may still sign for."""
    done = {signed.role for signed in service.list_signed(row)}
    sides = [role for role in SIDES if role in standing().roles and role not in done]
    return [(role, SignForm(sha256=row.html_sha256, role=role.value, formdata=None)) for role in sides]
