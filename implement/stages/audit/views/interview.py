"""Answer section by section: one screen each, saved at every answer, for oneself or for somebody who is asked."""

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.checklist import UnusableAnswer
from implement.rollout.service.requests import answer_leads_to
from implement.stages.audit.asking import Asking, note_mistake, pick_question, write_screen
from implement.stages.audit.forms import AnswerForm, EvidenceForm, NoteForm, plain_words, say_file_fault
from implement.stages.audit.keeping import answer_saved, keep_file
from implement.stages.audit.service import answers as service
from implement.stages.audit.service import evidence as evidence_service
from implement.stages.audit.service import findings as finding_service
from implement.stages.audit.service import people as people_service
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("audit_interview", __name__, url_prefix="/rollouts/<int:rollout_id>/audit")
PERSON = "/people/<int:person_id>"


@pages.get("/interview")
@requires(Permission.RUN_AUDIT)
def begin(rollout_id: int) -> ResponseReturnValue:
    """Go to the first section in which something is open, or the one `at` which a pack begins, in one's own name."""
    asking = _open(rollout_id)
    person = people_service.find_own_person(asking.audit, current_user.id) or asking.people()[0]
    position = request.args.get("at", type=int) or asking.first_open(person.id)
    return redirect(
        url_for("audit_interview.show_section", rollout_id=rollout_id, person_id=person.id, position=position)
    )


@pages.get(f"{PERSON}/sections/<int:position>")
@requires(Permission.RUN_AUDIT)
def show_section(rollout_id: int, person_id: int, position: int) -> ResponseReturnValue:
    """The questions of one section, with what others said beside them."""
    asking = _open(rollout_id)
    person = people_service.get_person(asking.audit, person_id)
    return render_template("audit/interview.html", **write_screen(asking, person, position, user_id=current_user.id))


@pages.post(f"{PERSON}/questions/<int:number>")
@requires(Permission.RUN_AUDIT)
def save_answer(rollout_id: int, person_id: int, number: int) -> ResponseReturnValue:
    """Keep an answer; asked by script it says the new version, else it shows the section again."""
    asking, form = _open(rollout_id), AnswerForm()
    person = people_service.get_person(asking.audit, person_id)
    item, position = pick_question(asking.pack, number)
    words = [] if "take_back" in request.form else plain_words(item, form.value.data)
    typed = {"words": words, "note": form.note.data or "", "version": form.version.data}
    try:
        version = service.save_answer(asking.audit, asking.pack, item, person, **typed, by=current_user, now=utc_now())
    except UnusableAnswer as fault:
        db.session.rollback()
        mistake = note_mistake(number, form.value.data, typed, fault)
        screen = write_screen(asking, person, position, user_id=current_user.id, mistake=mistake)
        return render_template("audit/interview.html", **screen), 422
    if "X-Autosave" in request.headers:
        kept = url_for(".show_version", rollout_id=rollout_id, person_id=person_id, number=number)
        answer_leads_to(form.idempotency_key.data, current_user.id, kept)
    db.session.commit()
    return answer_saved(version, _back_to(rollout_id, person_id, position, number), asking.found.get(item.id, ()))


@pages.get(f"{PERSON}/questions/<int:number>/version")
@requires(Permission.RUN_AUDIT)
def show_version(rollout_id: int, person_id: int, number: int) -> ResponseReturnValue:
    """The version of a kept answer, for a draft that was sent twice."""
    asking = _open(rollout_id)
    item, _position = pick_question(asking.pack, number)
    own = asking.answers.of_person(person_id)
    version = own[item.id].version if item.id in own else None
    return jsonify(version=version, found=asking.found.get(item.id, ()))


@pages.post(f"{PERSON}/questions/<int:number>/note")
@requires(Permission.RUN_AUDIT)
def note_finding(rollout_id: int, person_id: int, number: int) -> ResponseReturnValue:
    """Note a finding on the question while people talk."""
    asking, form = _open(rollout_id), NoteForm()
    item, position = pick_question(asking.pack, number)
    back = _back_to(rollout_id, person_id, position, number)
    if not form.validate_on_submit():
        flash(_("Say the problem in one sentence; nothing was kept."), "error")
        return (jsonify(kept=False), 422) if "X-Autosave" in request.headers else redirect(back)
    row = finding_service.add_finding(asking.audit, asking.pack, form.text(item.id), by=current_user, now=utc_now())
    noted = url_for("audit_findings.list_findings", rollout_id=rollout_id, _anchor=f"own-{row.id}")
    answer_leads_to(form.idempotency_key.data, current_user.id, noted)
    db.session.commit()
    return jsonify(kept=row.id) if "X-Autosave" in request.headers else redirect(back)


@pages.post(f"{PERSON}/questions/<int:number>/evidence")
@requires(Permission.RUN_AUDIT)
def attach_evidence(rollout_id: int, person_id: int, number: int) -> ResponseReturnValue:
    """Keep a file with the answer."""
    asking, form = _open(rollout_id), EvidenceForm()
    person = people_service.get_person(asking.audit, person_id)
    item, position = pick_question(asking.pack, number)
    if form.validate_on_submit() and form.file.data is not None:
        shown = keep_file(form.file.data, limit_mb=form.file.limit_mb)
        evidence_service.attach_evidence(
            asking.audit, asking.pack, item, person, **shown, by=current_user, now=utc_now()
        )
        db.session.commit()
        flash(_("The file is kept."), "success")
    else:
        flash(say_file_fault(form), "error")
    return redirect(_back_to(rollout_id, person_id, position, number))


@pages.get("/evidence/<int:evidence_id>")
@requires(Permission.SEE_AUDIT)
def download_evidence(rollout_id: int, evidence_id: int) -> ResponseReturnValue:
    """A file that was shown, always as a download."""
    row = evidence_service.get_evidence(get_audit(rollout_id), evidence_id)
    path = current_app.extensions["implement_store"].path(row.sha256)
    return send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=row.name)


@pages.post("/evidence/<int:evidence_id>/<any(remove,restore):action>")
@requires(Permission.RUN_AUDIT)
def change_evidence(rollout_id: int, evidence_id: int, action: str) -> ResponseReturnValue:
    """Take a file away from its answer, or put it back."""
    asking = _open(rollout_id)
    row = evidence_service.get_evidence(asking.audit, evidence_id)
    is_back = action == "restore"
    evidence_service.remove_evidence(asking.audit, asking.pack, row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".change_evidence", rollout_id=rollout_id, evidence_id=evidence_id, action="restore")
        offer_undo(_("The file was taken away."), undo)
    number, position = asking.place_of(row.item_id)
    return redirect(_back_to(rollout_id, row.person_id, position, number))


def _back_to(rollout_id: int, person_id: int, position: int, number: int) -> str:
    here = url_for(".show_section", rollout_id=rollout_id, person_id=person_id, position=position)
    return f"{here}#question-{number}"


def _open(rollout_id: int) -> Asking:
    audit = get_audit(rollout_id)
    return Asking(audit, open_pack(audit, current_app.extensions["implement_store"]), shows_findings=True)
