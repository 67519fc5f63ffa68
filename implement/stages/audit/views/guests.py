"""Questions answered by link, without an account: one person, the sections they were asked, until a day."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from implement.db import db, utc_now
from implement.engine.checklist import UnusableAnswer
from implement.rollout.service.rollouts import company_name, get_rollout
from implement.stages.audit.asking import Asking, note_mistake, pick_question, pick_section, write_section
from implement.stages.audit.forms import AnswerForm, EvidenceForm, plain_words, say_file_fault
from implement.stages.audit.keeping import answer_saved, keep_file
from implement.stages.audit.service import answers as service
from implement.stages.audit.service import evidence as evidence_service
from implement.stages.audit.service.audits import open_pack
from implement.stages.audit.service.people import Guest, find_guest_person, greet_guest
from implement.web.access import public
from implement.web.private_pages import keep_private
from implement.web.texts import _

pages = Blueprint("audit_answers", __name__, url_prefix="/answers/<string:token>")
pages.after_request(keep_private)


@pages.get("")
@public
def show_start(token: str) -> ResponseReturnValue:
    """Who asks, what for, how many questions, who will read the answers."""
    guest, asking = _open(token)
    screen = write_section(asking, guest.sections, guest.sections[0], guest.person.id, with_others=False)
    company = company_name(get_rollout(guest.audit.rollout_id))
    return render_template("audit/guest_start.html", guest=guest, token=token, company=company, steps=screen["steps"])


@pages.get("/sections/<int:position>")
@public
def show_section(token: str, position: int) -> ResponseReturnValue:
    """The questions of one section."""
    guest, asking = _open(token)
    section = pick_section(guest.sections, position)
    screen = write_section(asking, guest.sections, section, guest.person.id, with_others=False)
    return render_template("audit/guest_section.html", guest=guest, token=token, **screen)


@pages.post("/questions/<int:number>")
@public
def save_answer(token: str, number: int) -> ResponseReturnValue:
    """Keep an answer; asked by script it says the new version, else it shows the section again."""
    (guest, asking), form = _open(token), AnswerForm()
    item, position = pick_question(asking.pack, number, guest.sections)
    words = [] if "take_back" in request.form else plain_words(item, form.value.data)
    typed = {"words": words, "note": form.note.data or "", "version": form.version.data}
    try:
        version = service.save_answer(guest.audit, asking.pack, item, guest.person, **typed, by=guest, now=utc_now())
    except UnusableAnswer as fault:
        db.session.rollback()
        mistake = note_mistake(number, form.value.data, typed, fault)
        asked = (asking, guest.sections, pick_section(guest.sections, position), guest.person.id)
        screen = write_section(*asked, with_others=False, mistake=mistake)
        return render_template("audit/guest_section.html", guest=guest, token=token, **screen), 422
    db.session.commit()
    return answer_saved(version, _back_to(token, position, number))


@pages.post("/questions/<int:number>/evidence")
@public
def attach_evidence(token: str, number: int) -> ResponseReturnValue:
    """Keep a file with the answer."""
    (guest, asking), form = _open(token), EvidenceForm()
    item, position = pick_question(asking.pack, number, guest.sections)
    if form.validate_on_submit() and form.file.data is not None:
        shown = keep_file(form.file.data, limit_mb=form.file.limit_mb)
        evidence_service.attach_evidence(guest.audit, asking.pack, item, guest.person, **shown, by=guest, now=utc_now())
        db.session.commit()
        flash(_("The file is kept."), "success")
    else:
        flash(say_file_fault(form), "error")
    return redirect(_back_to(token, position, number))


@pages.post("/evidence/<int:evidence_id>/remove")
@public
def remove_evidence(token: str, evidence_id: int) -> ResponseReturnValue:
    """Take away a file one has sent oneself."""
    guest, asking = _open(token)
    row = evidence_service.get_evidence(guest.audit, evidence_id, person_id=guest.person.id)
    evidence_service.remove_evidence(guest.audit, asking.pack, row, is_back=False, by=guest, now=utc_now())
    db.session.commit()
    number, _position = asking.place_of(row.item_id)
    position = pick_question(asking.pack, number, guest.sections)[1]
    return redirect(_back_to(token, position, number))


@pages.get("/done")
@public
def show_done(token: str) -> ResponseReturnValue:
    """What has been answered and what is still open."""
    guest, asking = _open(token)
    screen = write_section(asking, guest.sections, guest.sections[0], guest.person.id, with_others=False)
    return render_template("audit/guest_done.html", guest=guest, token=token, steps=screen["steps"])


def _back_to(token: str, position: int, number: int) -> str:
    return url_for(".show_section", token=token, position=position, _anchor=f"question-{number}")


def _open(token: str) -> tuple[Guest, Asking]:
    audit, person = find_guest_person(token, now=utc_now())
    pack = open_pack(audit, current_app.extensions["implement_store"])
    return greet_guest(audit, person, pack), Asking(audit, pack)
