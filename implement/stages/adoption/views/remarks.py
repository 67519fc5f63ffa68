"""Remarks on reasons: the person speaks, whoever leads them answers, both see who said what."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.threads import list_said, say
from implement.stages.adoption import evidence_page, remark_words
from implement.stages.adoption.forms.remarks import AnswerForm, MoreForm, RemarkForm
from implement.stages.adoption.service import people
from implement.stages.adoption.service import remarks as service
from implement.stages.adoption.views.looks import name_person, note_looks
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing
from implement.web.texts import _

NAMES = ", ".join(sorted(evidence_page.SIGNAL_LABELS))


@pages.route(f"/me/reasons/<any({NAMES}):signal>", methods=["GET", "POST"])
@requires(Permission.DISCUSS)
def remark_on_reason(rollout_id: int, signal: str) -> ResponseReturnValue:
    """Comment on a reason in one's own evidence, or contest it."""
    person_id, form = standing().person_id or abort(404), RemarkForm()
    line = next((one for one in _own_lines(rollout_id, person_id) if one.signal == signal), None) or abort(404)
    if not form.validate_on_submit():
        return render_template("adoption/remark_on.html", form=form, line=line), 422 if form.errors else 200
    said = {"kind": form.kind.data, "text": form.text.data, "by": current_user, "now": utc_now()}
    remark_id = service.remark_on(rollout_id, person_id, signal, **said)
    db.session.commit()
    flash(
        _("Noted. It stands beside the reason wherever it is shown, and somebody is to answer within a week."),
        "success",
    )
    return redirect(url_for("adoption.show_remark", rollout_id=rollout_id, remark_id=remark_id))


@pages.get("/reasons/<int:remark_id>")
@requires(Permission.SEE_OWN_USAGE)
def show_remark(rollout_id: int, remark_id: int) -> ResponseReturnValue:
    """What was said on a reason and answered."""
    row = service.get_remark(rollout_id, remark_id)
    view = people.admit(standing(), row.person_id, local_day(rollout_id, utc_now()))
    note_looks(rollout_id, [row.person_id], view, "remark")
    is_own = standing().person_id == row.person_id
    return render_template(
        "adoption/remark.html",
        row=row,
        who=name_person(rollout_id, row.person_id, view),
        label=evidence_page.SIGNAL_LABELS[row.signal],
        words=remark_words,
        said=list_said(rollout_id, service.subject_of(row)),
        is_own=is_own,
        answer=None if is_own or row.outcome else AnswerForm(),
        more=MoreForm(),
        today=local_day(rollout_id, utc_now()),
    )


@pages.post("/reasons/<int:remark_id>/answer")
@requires(Permission.RUN_REMEDIES)
def answer_remark(rollout_id: int, remark_id: int) -> ResponseReturnValue:
    """Answer a remark: the reason stands, or it is withdrawn."""
    row, form = service.get_remark(rollout_id, remark_id), AnswerForm()
    people.admit(standing(), row.person_id, local_day(rollout_id, utc_now()))
    if form.validate_on_submit():
        said = {"outcome": form.outcome.data, "text": form.text.data}
        service.answer_remark(row, standing(), **said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Your answer stands beside the reason, with your name."), "success")
    else:
        flash(_("Please choose and write an answer; nothing was changed."), "error")
    return redirect(url_for("adoption.show_remark", rollout_id=rollout_id, remark_id=remark_id))


@pages.post("/reasons/<int:remark_id>/messages")
@requires(Permission.DISCUSS)
def go_on_discussing(rollout_id: int, remark_id: int) -> ResponseReturnValue:
    """Add to the discussion of a remark."""
    row, form = service.get_remark(rollout_id, remark_id), MoreForm()
    people.admit(standing(), row.person_id, local_day(rollout_id, utc_now()))
    if form.validate_on_submit():
        say(rollout_id, service.subject_of(row), form.text.data, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for("adoption.show_remark", rollout_id=rollout_id, remark_id=remark_id))


def _own_lines(rollout_id: int, person_id: int) -> list[evidence_page.StandoutLine]:
    figures = people.read_person(rollout_id, person_id)
    return evidence_page.list_standouts(rollout_id, figures) if figures else []
