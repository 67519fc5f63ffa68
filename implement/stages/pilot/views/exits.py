"""The result of a wave: the pilot against the others, the exit report, its signatures."""

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.rollouts import get_wave, local_day
from implement.rollout.service.signatures import SIDES
from implement.stages.pilot import exit_page
from implement.stages.pilot.forms.exits import ExitForm, SignExitForm
from implement.stages.pilot.service import exits as service
from implement.stages.pilot.service.waves import list_rows
from implement.stages.pilot.tables import ExitReport
from implement.stages.pilot.views.room import pages
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, language

KINDS = {"html": "text/html", "pdf": "application/pdf", "signed": "application/pdf"}


@pages.get("/result")
@requires(Permission.SEE_PILOT_RESULT)
def show_result(rollout_id: int) -> ResponseReturnValue:
    """The result of the newest wave that has started, else of the first."""
    today, rows = local_day(rollout_id, utc_now()), list_rows(rollout_id)
    begun = [row for row in rows if row.has_started(today) and not row.has_passed]
    return _show(rollout_id, (begun or rows)[0].id, None)


@pages.get("/waves/<int:wave_id>/result")
@requires(Permission.SEE_PILOT_RESULT)
def show_wave_result(rollout_id: int, wave_id: int) -> ResponseReturnValue:
    """The result of one wave."""
    return _show(rollout_id, get_wave(rollout_id, wave_id).id, None)


@pages.post("/waves/<int:wave_id>/exit")
@requires(Permission.RUN_PILOT)
def make_report(rollout_id: int, wave_id: int) -> ResponseReturnValue:
    """Freeze the exit report with go, extend or no go."""
    wave, form, now = get_wave(rollout_id, wave_id), ExitForm(), utc_now()
    if not form.validate_on_submit():
        return _show(rollout_id, wave.id, form), 422
    said, store = form.said(), current_app.extensions["implement_store"]
    service.check_exit(said, local_day(rollout_id, now))
    made = {"language": form.language.data, "made_by": current_user.name, "made_at": now}
    paper = exit_page.write_paper(rollout_id, wave.id, said, gather_frame(rollout_id), **made)
    service.make_report(rollout_id, wave.id, said, paper, store=store, by=current_user, now=now)
    db.session.commit()
    flash(_("The report is made and frozen. Read it, then sign."), "success")
    return redirect(url_for(".show_wave_result", rollout_id=rollout_id, wave_id=wave_id))


@pages.post("/waves/<int:wave_id>/exit/<int:number>/sign")
@requires(Permission.RUN_PILOT)
def sign_report(rollout_id: int, wave_id: int, number: int) -> ResponseReturnValue:
    """Sign the frozen bytes for one's side; with the second signature the signed print is kept."""
    row, form, now = service.get_report(rollout_id, wave_id, number), SignExitForm(), utc_now()
    store = current_app.extensions["implement_store"]
    if form.validate_on_submit() and form.role.data in list(Role):
        who = {"role": Role(form.role.data), "roles": standing().roles, "by": current_user, "now": now}
        service.sign_report(row, seen=form.sha256.data, store=store, **who)
        if not service.list_missing(row):
            printed = exit_page.print_signed(row, gather_frame(rollout_id), service.list_signed(row), store=store)
            service.keep_signed_print(row, printed, store=store, by=current_user, now=now)
        db.session.commit()
        flash(_("You have signed."), "success")
    return redirect(url_for(".show_wave_result", rollout_id=rollout_id, wave_id=wave_id))


@pages.get("/waves/<int:wave_id>/exit/<int:number>/<any(html,pdf,signed):kind>")
@requires(Permission.SEE_PILOT_RESULT)
def download_report(rollout_id: int, wave_id: int, number: int, kind: str) -> ResponseReturnValue:
    """A frozen report, byte for byte."""
    sha256 = service.find_bytes(service.get_report(rollout_id, wave_id, number), kind)
    path = current_app.extensions["implement_store"].path(sha256)
    name = f"exit-{wave_id}-{number}{'-signed' if kind == 'signed' else ''}.{'html' if kind == 'html' else 'pdf'}"
    return send_file(path, mimetype=KINDS[kind], as_attachment=True, download_name=name)


def _show(rollout_id: int, wave_id: int, form: ExitForm | None) -> str:
    result = exit_page.read_result(rollout_id, wave_id, local_day(rollout_id, utc_now()))
    reports = service.list_reports(rollout_id, wave_id)
    newest = reports[0] if reports else None
    signed, missing = (service.list_signed(newest), service.list_missing(newest)) if newest else ([], [])
    decided_at = max(one.at for one in signed) if signed and not missing else None
    return render_template(
        "pilot/result.html",
        one=result,
        waves=list_rows(rollout_id),
        answer=exit_page.say_result(result),
        decision=exit_page.say_decision(result, newest, decided_at) if newest and decided_at else "",
        compared=exit_page.say_comparison(result.compared),
        picture=exit_page.draw_comparison(result.compared),
        reports=reports,
        signed=signed,
        missing=missing,
        sign_forms=_sign_forms(newest) if newest else [],
        form=form or ExitForm(formdata=None, verdict=result.proposal, language=language()),
        page=exit_page,
    )


def _sign_forms(row: ExitReport) -> list[tuple[Role, SignExitForm]]:
    """One form for each side that this person may still sign for."""
    missing = service.list_missing(row)
    sides = [role for role in SIDES if role in standing().roles and role in missing]
    return [(role, SignExitForm(sha256=row.html_sha256, role=role.value, formdata=None)) for role in sides]
