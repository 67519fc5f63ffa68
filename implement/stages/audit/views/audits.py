"""The audit at a glance: begin it, how far it is, how mature the firm is, what everybody said."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.readiness import assess_readiness
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.findings_page import draw_maturity
from implement.stages.audit.forms import PacksForm
from implement.stages.audit.overview import draw_example, write_sheets
from implement.stages.audit.packs_page import write_chapters, write_shelf
from implement.stages.audit.screen import Answers
from implement.stages.audit.service import answers as answer_service
from implement.stages.audit.service import audits as service
from implement.stages.audit.service.evidence import list_evidence
from implement.stages.audit.service.participation import list_participation
from implement.stages.audit.service.shelf import FIRST_HOUR, list_shelf
from implement.web.access import Permission, Role, requires, standing

pages = Blueprint("audit", __name__, url_prefix="/rollouts/<int:rollout_id>/audit")


def lead_to_beginning(_missing: service.AuditNotBegun) -> ResponseReturnValue:
    """Whoever asks for a page of an audit that has not begun comes to where it begins."""
    rollout_id = (request.view_args or {}).get("rollout_id")
    return redirect(url_for("audit.show_audit", rollout_id=rollout_id))


@pages.get("")
@requires(Permission.SEE_AUDIT)
def show_audit(rollout_id: int) -> ResponseReturnValue:
    """How far the audit is, how mature each section, who has answered; before it has begun, what it will show."""
    audit = service.find_audit(rollout_id)
    if audit is None:
        shelf = write_shelf(list_shelf(current_app.extensions["implement_store"]), ticked=FIRST_HOUR)
        return render_template("audit/empty.html", example=draw_example(), shelf=shelf)
    pack = service.open_pack(audit, current_app.extensions["implement_store"])
    said = service.evaluate_audit(audit, pack)
    readiness = assess_readiness(said)
    return render_template(
        "audit/overview.html",
        audit=audit,
        pack=pack,
        said=said,
        picture=draw_maturity(pack, readiness),
        packs=write_chapters(pack, said, readiness),
        people=list_participation(audit, pack, now=utc_now()),
        now=utc_now(),
    )


@pages.post("/begin")
@requires(Permission.RUN_AUDIT)
def begin_audit(rollout_id: int) -> ResponseReturnValue:
    """Begin with today's version of the chosen packs, frozen as they are."""
    form = PacksForm()
    role = Role.CONSULTANT if Role.CONSULTANT in standing().roles else Role.LEAD
    store = current_app.extensions["implement_store"]
    keys = form.packs.data or ()
    service.begin_audit(rollout_id, role=role.value, store=store, by=current_user, now=utc_now(), keys=keys)
    db.session.commit()
    return redirect(url_for("audit.show_audit", rollout_id=rollout_id))


@pages.get("/answers")
@requires(Permission.SEE_AUDIT)
def list_answers(rollout_id: int) -> ResponseReturnValue:
    """What everybody said, side by side, contradictions marked."""
    audit = service.get_audit(rollout_id)
    pack = service.open_pack(audit, current_app.extensions["implement_store"])
    said = service.evaluate_audit(audit, pack)
    answers = Answers(
        rows=answer_service.list_answers(audit.id),
        files=list_evidence(audit.id),
        currency=get_rollout(rollout_id).currency,
        disputed=frozenset(one.item.id for one in said.contradictions),
    )
    only = "contradictions" if request.args.get("only") == "contradictions" else ""
    return render_template(
        "audit/answers.html", sheets=write_sheets(pack, answers, only=only), said=said, only=only, files=answers.files
    )
