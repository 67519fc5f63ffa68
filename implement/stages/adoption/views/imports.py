"""Imports: files handed in, their tables confirmed, what came of them; who is left out and why."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.jobs import Plain
from implement.rollout.service.requests import answer_leads_to
from implement.stages.adoption import evidence_page, words
from implement.stages.adoption.forms import DecisionForm, TablesForm, UsageFilesForm, make_tables_form
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service import left_out, scoring
from implement.stages.adoption.service import uploads as service
from implement.stages.adoption.service.figures import find_latest
from implement.stages.adoption.tables import UsageUpload
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.route("/imports", methods=["GET", "POST"])
@requires(Permission.IMPORT_USAGE)
def list_imports(rollout_id: int) -> ResponseReturnValue:
    """Hand in files; what was handed in before, and what the figures cannot tell for want of input."""
    form = UsageFilesForm()
    if not form.validate_on_submit():
        shown = {"rows": service.list_uploads(rollout_id), "unheard": evidence_page.list_unheard(rollout_id)}
        return render_template("adoption/imports.html", form=form, **shown)
    store = current_app.extensions["implement_store"]
    files = [HandedIn(file.filename or "", store.put(file.stream).sha256) for file in form.handed_in]
    upload = service.hand_in(rollout_id, files, by=current_user, now=utc_now())
    location = url_for("adoption.show_import", rollout_id=rollout_id, upload_id=upload.id)
    answer_leads_to(form.idempotency_key.data, current_user.id, location)
    db.session.commit()
    return redirect(location)


@pages.get("/imports/<int:upload_id>")
@requires(Permission.IMPORT_USAGE)
def show_import(rollout_id: int, upload_id: int) -> ResponseReturnValue:
    """How far an import is: being read, to be confirmed, being taken over, done."""
    upload = service.get_upload(rollout_id, upload_id)
    return _show(upload, make_tables_form(service.tables_of(upload)))


@pages.post("/imports/<int:upload_id>/confirm")
@requires(Permission.IMPORT_USAGE)
def confirm_import(rollout_id: int, upload_id: int) -> ResponseReturnValue:
    """Take the tables over as chosen, or look again at what was chosen."""
    upload = service.get_upload(rollout_id, upload_id)
    form = make_tables_form(service.tables_of(upload))
    if not form.validate_on_submit():
        return _show(upload, form), 422
    if "look" in request.form:
        return _show(upload, form)
    faults = service.confirm_tables(upload, form.chosen(), by=current_user, now=utc_now())
    if faults:
        return _show(upload, form, service.write_faults(faults)), 422
    db.session.commit()
    return redirect(url_for("adoption.show_import", rollout_id=rollout_id, upload_id=upload_id))


@pages.get("/left-out")
@requires(Permission.IMPORT_USAGE)
def list_left_out(rollout_id: int) -> ResponseReturnValue:
    """Every user id that does not count, why, with how many events; decide otherwise by hand."""
    return _show_left_out(rollout_id, DecisionForm())


@pages.post("/left-out")
@requires(Permission.IMPORT_USAGE)
def decide_on_user(rollout_id: int) -> ResponseReturnValue:
    """Leave a user id out or let it count, with a reason; everybody is scored anew."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _show_left_out(rollout_id, form), 422
    asked = {"decision": form.decision.data, "reason": form.reason.data}
    scoring.decide_on_user(rollout_id, form.crm_user.data.strip(), **asked, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted with your name and reason. Everybody is being scored anew."), "success")
    return redirect(url_for("adoption.list_left_out", rollout_id=rollout_id))


@pages.post("/evaluate")
@requires(Permission.IMPORT_USAGE)
def evaluate_again(rollout_id: int) -> ResponseReturnValue:
    """Score everybody anew, as after a change of the staff list."""
    scoring.ask_for_evaluation(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Everybody is being scored anew; this page will show it in a moment."), "success")
    return redirect(url_for("adoption.show_teams", rollout_id=rollout_id))


def _show(upload: UsageUpload, form: TablesForm, faults: list[Plain] | None = None) -> str:
    job = service.job_of(upload)
    refused = service.refusal_of(job)
    return render_template(
        "adoption/import.html",
        upload=upload,
        job=job,
        step=words.say_step(job.step) if job else "",
        form=form,
        rows=form.rows(),
        faults=[(one, words.say_fault(one)) for one in (faults or refused or upload.faults) if isinstance(one, dict)],
        is_open=service.is_open(upload),
        is_refused=bool(refused),
    )


def _show_left_out(rollout_id: int, form: DecisionForm) -> str:
    latest = find_latest(rollout_id)
    page = left_out.page_left_out(latest[0] if latest else 0, request.args)
    decisions = left_out.list_decisions(rollout_id)
    shown = {"say": words.say_left_out, "as_of": latest[1] if latest else None}
    return render_template("adoption/left_out.html", page=page, form=form, decisions=decisions, **shown)
