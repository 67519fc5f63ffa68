"""The gates of a wave: criteria as computed, documents, signatures, sign-off, and the two exceptions that stay
visible.
"""

from flask import Blueprint, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.forms.gates import DocumentForm, ExceptionForm
from implement.rollout.gate_page import write_lines
from implement.rollout.rail import STAGE_LABELS
from implement.rollout.service import gates as service
from implement.rollout.service import sign_off
from implement.rollout.service.rollouts import get_wave, list_waves, local_day
from implement.rollout.service.signatures import hash_bytes, list_signatures
from implement.rollout.stages import Stage
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _

pages = Blueprint("gates", __name__, url_prefix="/rollouts/<int:rollout_id>")
STAGES = "any(audit,specification,pilot,transfer,adoption)"
GATE = f"/waves/<int:wave_id>/gates/<{STAGES}:stage>"
SIGNING_ORDER = (Role.LEAD, Role.CONSULTANT, Role.HEAD, Role.HR, Role.COUNCIL)


@pages.get("/gates")
@requires(Permission.SEE_GATES)
def list_gates(rollout_id: int) -> ResponseReturnValue:
    """All waves and stages at a glance, with every exception and its reason."""
    today = local_day(rollout_id, utc_now())
    waves = [(wave, service.judge_rail(rollout_id, today, wave.id)) for wave in list_waves(rollout_id)]
    exceptions = [row for row in sign_off.list_decisions(rollout_id) if row.kind != "opened"]
    return render_template("hall/gates.html", waves=waves, exceptions=exceptions, labels=STAGE_LABELS)


@pages.get(GATE)
@requires(Permission.SEE_GATES)
def show_gate(rollout_id: int, wave_id: int, stage: str) -> ResponseReturnValue:
    """One gate: what is demanded, what is met, who signed what."""
    wave, step = get_wave(rollout_id, wave_id), Stage(stage)
    states = {state.stage: state for state in service.judge_rail(rollout_id, local_day(rollout_id, utc_now()), wave_id)}
    content = service.signed_content(rollout_id, wave_id, step)
    lines = write_lines(rollout_id, wave_id, step, local_day(rollout_id, utc_now()))
    return render_template(
        "hall/gate.html",
        wave=wave,
        stage=step,
        label=STAGE_LABELS[step],
        state=states[step],
        lines=lines,
        documents=service.list_documents(rollout_id, wave_id, step),
        signatures=list_signatures(rollout_id, service.signed_subject(wave_id, step)),
        sha256=hash_bytes(content),
        signing_roles=[role for role in SIGNING_ORDER if role in standing().roles],
        decisions=[row for row in sign_off.list_decisions(rollout_id) if (row.wave, row.stage) == (wave.name, stage)],
        document_forms={line.id: _document_form(line.id) for line in lines if line.kind == "document"},
        exception_form=ExceptionForm(name=current_user.name),
    )


@pages.post(f"{GATE}/sign")
@requires(Permission.SIGN)
def sign_gate(rollout_id: int, wave_id: int, stage: str) -> ResponseReturnValue:
    """Sign the gate's sheet as it stands, in one of one's roles."""
    wave, asked = get_wave(rollout_id, wave_id), request.form.get("role", "")
    role = Role(asked) if asked in SIGNING_ORDER else next(r for r in SIGNING_ORDER if r in standing().roles)
    sign_off.sign_gate(
        rollout_id, wave.id, Stage(stage), role=role, roles=standing().roles, by=current_user, now=utc_now()
    )
    db.session.commit()
    flash(_("You have signed."), "success")
    return redirect(url_for("gates.show_gate", rollout_id=rollout_id, wave_id=wave_id, stage=stage))


@pages.post(f"{GATE}/open")
@requires(Permission.OVERRIDE_GATE)
def open_gate(rollout_id: int, wave_id: int, stage: str) -> ResponseReturnValue:
    """Sign the stage off: its criteria are met."""
    wave = get_wave(rollout_id, wave_id)
    sign_off.open_gate(rollout_id, wave, Stage(stage), role=_deciding_role(), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The stage is signed off for %(wave)s.", wave=wave.name), "success")
    return redirect(url_for("gates.list_gates", rollout_id=rollout_id))


@pages.post(f"{GATE}/exception")
@requires(Permission.OVERRIDE_GATE)
def decide_exception(rollout_id: int, wave_id: int, stage: str) -> ResponseReturnValue:
    """Override the gate, or mark its stage as done before Implement; both need a name and a reason."""
    wave, form = get_wave(rollout_id, wave_id), ExceptionForm()
    if form.validate_on_submit():
        decide = sign_off.override_gate if form.kind.data == "override" else sign_off.mark_before
        said = {"name": form.name.data, "reason": form.reason.data}
        decide(rollout_id, wave, Stage(stage), role=_deciding_role(), **said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Noted, with name and reason, for every report."), "success")
    else:
        flash(_("Please give a name and a reason; nothing was changed."), "error")
    return redirect(url_for("gates.show_gate", rollout_id=rollout_id, wave_id=wave_id, stage=stage))


@pages.post("/waves/<int:wave_id>/criteria/<int:criterion_id>/document")
@requires(Permission.SIGN)
def hand_in_document(rollout_id: int, wave_id: int, criterion_id: int) -> ResponseReturnValue:
    """Hand in the file that a criterion demands."""
    criterion, wave = service.get_criterion(rollout_id, criterion_id), get_wave(rollout_id, wave_id)
    form = DocumentForm()
    if form.validate_on_submit() and form.file.data is not None:
        limit = form.file.limit_bytes
        kept = current_app.extensions["implement_store"].put(form.file.data.stream, limit_bytes=limit)
        name = form.file.data.filename or criterion.key
        sign_off.hand_in_document(criterion, wave, name=name, sha256=kept.sha256, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The document is handed in. Signatures given before hold for the earlier state only."), "success")
    else:
        flash(_("Please choose a file; nothing was changed."), "error")
    return redirect(url_for("gates.show_gate", rollout_id=rollout_id, wave_id=wave_id, stage=criterion.stage))


@pages.get(
    "/waves/<int:wave_id>/gates/<any(audit,specification,pilot,transfer,adoption):stage>/documents/<int:document_id>"
)
@requires(Permission.SIGN)
def download_document(rollout_id: int, wave_id: int, stage: str, document_id: int) -> ResponseReturnValue:
    """A document that was handed in, always as a download."""
    get_wave(rollout_id, wave_id)
    document = sign_off.get_document(rollout_id, wave_id, Stage(stage), document_id)
    path = current_app.extensions["implement_store"].path(document.sha256)
    return send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=document.name)


def _document_form(criterion_id: int) -> DocumentForm:
    """One form for each document criterion of the page, told apart by the id of its box."""
    form = DocumentForm()
    form.file.id = f"file-{criterion_id}"
    return form


def _deciding_role() -> Role:
    return Role.LEAD if Role.LEAD in standing().roles else Role.CONSULTANT
