"""Workflows: how work runs today and how it should run, step by step, with sums for each person (M6, M52, M95)."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.checklist import JoinedPack
from implement.rollout.service.requests import answer_leads_to
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.forms.workflows import TODAY, WANTED, StepForm, UnclearForm, WorkflowForm
from implement.stages.audit.service import workflow_findings
from implement.stages.audit.service import workflows as service
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.stages.audit.service.findings import find_noted
from implement.stages.audit.tables import Audit, Workflow
from implement.stages.audit.workflows_page import draw_people, say_workflows, write_workflow, write_workflows
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("audit_workflows", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/workflows")
ONE = "/<int:workflow_id>"
STEP = f"{ONE}/steps/<int:step_id>"


@pages.get("")
@requires(Permission.SEE_AUDIT)
def list_workflows(rollout_id: int) -> ResponseReturnValue:
    """Every workflow with what it takes and whether it is settled."""
    audit = get_audit(rollout_id)
    views = write_workflows(service.list_workflows(audit.id), get_rollout(rollout_id).currency)
    answer = say_workflows(views)
    return render_template("audit/workflows.html", workflows=views, answer=answer, form=WorkflowForm())


@pages.post("")
@requires(Permission.RUN_AUDIT)
def add_workflow(rollout_id: int) -> ResponseReturnValue:
    """Begin a workflow and go to its steps."""
    audit, form = get_audit(rollout_id), WorkflowForm()
    if not form.validate_on_submit():
        return render_template("audit/workflow_form.html", form=form, row=None), 422
    row = service.add_workflow(audit, form.text(), by=current_user, now=utc_now())
    answer_leads_to(form.idempotency_key.data, current_user.id, _page_of(rollout_id, row))
    db.session.commit()
    return redirect(_page_of(rollout_id, row))


@pages.get(ONE)
@requires(Permission.SEE_AUDIT)
def show_workflow(rollout_id: int, workflow_id: int) -> ResponseReturnValue:
    """The steps in their order, and what they add up to."""
    audit = get_audit(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    return _show(rollout_id, audit, row, StepForm(), UnclearForm())


@pages.route(f"{ONE}/change", methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def change_workflow(rollout_id: int, workflow_id: int) -> ResponseReturnValue:
    """Change its name, how often it runs, what an hour costs."""
    audit, pack = _open(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    form = WorkflowForm(obj=row, aspect=WANTED if row.is_wanted else TODAY)
    if form.validate_on_submit():
        version = form.version.data
        service.change_workflow(audit, pack, row, form.text(), version=version, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(_page_of(rollout_id, row))
    return render_template("audit/workflow_form.html", form=form, row=row)


@pages.post(f"{ONE}/<any(remove,restore):action>")
@requires(Permission.RUN_AUDIT)
def remove_workflow(rollout_id: int, workflow_id: int, action: str) -> ResponseReturnValue:
    """Take a workflow away, or put it back."""
    audit, pack = _open(rollout_id)
    row, is_back = service.get_workflow(audit, workflow_id), action == "restore"
    service.remove_workflow(audit, pack, row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_workflow", rollout_id=rollout_id, workflow_id=workflow_id, action="restore")
        offer_undo(_("The workflow was taken away."), undo)
    return redirect(url_for(".list_workflows", rollout_id=rollout_id))


@pages.post(f"{ONE}/copy")
@requires(Permission.RUN_AUDIT)
def copy_workflow(rollout_id: int, workflow_id: int) -> ResponseReturnValue:
    """Begin from it the workflow as it should run."""
    audit = get_audit(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    copy = service.copy_as_wanted(audit, row, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(_page_of(rollout_id, copy))


@pages.post(f"{ONE}/<any(unclear,clear):action>")
@requires(Permission.RUN_AUDIT)
def mark_workflow(rollout_id: int, workflow_id: int, action: str) -> ResponseReturnValue:
    """Mark it as unclear with the reason, which makes a risk of it; or as clear, which takes the risk away."""
    audit, pack = _open(rollout_id)
    row, form = service.get_workflow(audit, workflow_id), UnclearForm()
    if action == "unclear" and not form.validate_on_submit():
        return _show(rollout_id, audit, row, StepForm(formdata=None), form), 422
    because = form.because.data or "" if action == "unclear" else ""
    service.mark_unclear(audit, pack, row, because, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(_page_of(rollout_id, row))


@pages.post(f"{ONE}/finding")
@requires(Permission.RUN_AUDIT)
def note_finding(rollout_id: int, workflow_id: int) -> ResponseReturnValue:
    """Make a finding of what the workflow costs, and open it to be completed."""
    audit, pack = _open(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    sums = service.read_workflow(row).sums
    finding = workflow_findings.note_cost(audit, pack, row, sums, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("audit_findings.change_finding", rollout_id=rollout_id, finding_id=finding.id))


@pages.post(f"{ONE}/steps")
@requires(Permission.RUN_AUDIT)
def add_step(rollout_id: int, workflow_id: int) -> ResponseReturnValue:
    """Add a step at the end; the next one can be typed at once."""
    audit, pack = _open(rollout_id)
    row, form = service.get_workflow(audit, workflow_id), StepForm()
    if not form.validate_on_submit():
        return _show(rollout_id, audit, row, form, UnclearForm(formdata=None)), 422
    service.add_step(audit, pack, row, form.text(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_workflow", rollout_id=rollout_id, workflow_id=workflow_id, next="step"))


@pages.route(STEP, methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def change_step(rollout_id: int, workflow_id: int, step_id: int) -> ResponseReturnValue:
    """Change what a step says."""
    audit, pack = _open(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    step = service.get_step(row, step_id)
    form = StepForm(obj=step).show(step)
    if form.validate_on_submit():
        service.change_step(audit, pack, row, step, form.text(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(_page_of(rollout_id, row))
    return render_template("audit/workflow_step.html", form=form, row=row, told=service.read_workflow(row))


@pages.post(f"{STEP}/<any(up,down):way>")
@requires(Permission.RUN_AUDIT)
def move_step(rollout_id: int, workflow_id: int, step_id: int, way: str) -> ResponseReturnValue:
    """Let a step change places with its neighbour; the button keeps the focus."""
    audit = get_audit(rollout_id)
    row = service.get_workflow(audit, workflow_id)
    step = service.get_step(row, step_id)
    service.move_step(audit, row, step, is_up=way == "up", by=current_user, now=utc_now())
    db.session.commit()
    here = url_for(".show_workflow", rollout_id=rollout_id, workflow_id=workflow_id, moved=step_id, way=way)
    return redirect(here)


@pages.post(f"{STEP}/<any(remove,restore):action>")
@requires(Permission.RUN_AUDIT)
def remove_step(rollout_id: int, workflow_id: int, step_id: int, action: str) -> ResponseReturnValue:
    """Take a step away, or put it back where it stood."""
    audit, pack = _open(rollout_id)
    row, is_back = service.get_workflow(audit, workflow_id), action == "restore"
    step = service.get_step(row, step_id)
    service.remove_step(audit, pack, row, step, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        back = url_for(
            ".remove_step", rollout_id=rollout_id, workflow_id=workflow_id, step_id=step_id, action="restore"
        )
        offer_undo(_("The step was taken away."), back)
    return redirect(_page_of(rollout_id, row))


def _show(rollout_id: int, audit: Audit, row: Workflow, form: StepForm, unclear_form: UnclearForm) -> str:
    view = write_workflow(service.read_workflow(row), get_rollout(rollout_id).currency)
    form.title.render_kw = {"data-focus": True} if request.args.get("next") == "step" else {}
    return render_template(
        "audit/workflow.html",
        view=view,
        picture=draw_people(view) if view.sums.work_minutes else None,
        form=form,
        unclear_form=unclear_form,
        noted=find_noted(audit, workflow_findings.source_of(row)),
        moved=request.args.get("moved", type=int),
        way=request.args.get("way", ""),
    )


def _open(rollout_id: int) -> tuple[Audit, JoinedPack]:
    audit = get_audit(rollout_id)
    return audit, open_pack(audit, current_app.extensions["implement_store"])


def _page_of(rollout_id: int, row: Workflow) -> str:
    return url_for(".show_workflow", rollout_id=rollout_id, workflow_id=row.id)
