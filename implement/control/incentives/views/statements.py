"""Statements: one's own, and for whoever runs pay everybody's; with the days behind each figure, and objections."""

from datetime import date

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import own_page, reduction_page, run_page, statement_page
from implement.control.incentives.forms.reductions import HearForm
from implement.control.incentives.forms.runs import AnswerForm, CorrectForm, ObjectForm
from implement.control.incentives.service import adjusting, disputes, runs
from implement.control.incentives.service import statements as service
from implement.control.incentives.tables import PayRun, PayStatement
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import log_look
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.pdf import render_pdf
from implement.web.texts import _


@pages.get("/mine")
@requires(Permission.SEE_OWN_PAY)
def show_own_pay(rollout_id: int) -> ResponseReturnValue:
    """One's own statements, and everything pay knows of oneself to take away."""
    shown = {**own_page.describe(standing()), "reductions": reduction_page.describe_own(standing())}
    states, form = reduction_page.STATES, HearForm(formdata=None)
    return render_template("incentives/own_pay.html", **shown, states=states, hear_form=form)


@pages.get("/mine/<any(json,csv):kind>")
@requires(Permission.SEE_OWN_PAY)
def download_own(rollout_id: int, kind: str) -> ResponseReturnValue:
    """Everything pay knows of oneself."""
    person_id = standing().person_id
    if person_id is None:
        abort(404)
    content = own_page.write(rollout_id, person_id, kind, current_app.extensions["implement_store"])
    said = {"Content-Disposition": f"attachment; filename=my-pay.{kind}"}
    return Response(content, mimetype="application/json" if kind == "json" else "text/csv", headers=said)


@pages.get("/statements/<int:statement_id>")
@requires(Permission.SEE_OWN_PAY)
def show_statement(rollout_id: int, statement_id: int) -> ResponseReturnValue:
    """A statement with every step; a look at somebody else's is written down."""
    statement, run = service.get_statement(standing(), statement_id)
    _note_look(statement)
    return _show(statement, run)


@pages.get("/statements/<int:statement_id>/statement.pdf")
@requires(Permission.SEE_OWN_PAY)
def print_statement(rollout_id: int, statement_id: int) -> ResponseReturnValue:
    """The same on paper; whoever may read the page may print it, and a look at somebody else's is written down."""
    statement, run = service.get_statement(standing(), statement_id)
    _note_look(statement)
    shown = statement_page.describe(statement, run, standing(), current_app.extensions["implement_store"])
    html = render_template("incentives/statement_paper.html", **shown, name=_name_of(statement))
    response = current_app.response_class(render_pdf(html, request.url_root), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="statement-{run.number}-{statement.id}.pdf"'
    return response


@pages.get("/statements/<int:statement_id>/figures")
@requires(Permission.SEE_OWN_PAY)
def show_figure(rollout_id: int, statement_id: int) -> ResponseReturnValue:
    """The days behind a figure."""
    statement, run = service.get_statement(standing(), statement_id)
    _note_look(statement)
    shown = statement_page.describe_figure(statement, run, request.args.get("kpi", ""))
    return render_template("incentives/figure.html", **shown)


@pages.get("/statements/<int:statement_id>/figures/events")
@requires(Permission.SEE_OWN_PAY)
def show_events(rollout_id: int, statement_id: int) -> ResponseReturnValue:
    """The single events of the CRM behind a day of a figure."""
    statement, run = service.get_statement(standing(), statement_id)
    _note_look(statement)
    store, on_day = current_app.extensions["implement_store"], read_day(request.args.get("day", ""))
    shown = statement_page.describe_events(statement, run, request.args.get("kpi", ""), on_day, store)
    return render_template("incentives/events.html", **shown)


@pages.post("/statements/<int:statement_id>/objections")
@requires(Permission.OBJECT_TO_PAY)
def open_dispute(rollout_id: int, statement_id: int) -> ResponseReturnValue:
    """Object to one's own statement."""
    statement, run = service.get_statement(standing(), statement_id)
    names = statement_page.name_kpis(rollout_id)
    form = statement_page.offer_lines(ObjectForm(), service.list_lines(statement.id), names)
    if not form.validate_on_submit():
        return _show(statement, run, objection=form), 422
    now = utc_now()
    said = {"by": current_user, "now": now, "today": local_day(rollout_id, now)}
    line_id = form.line_id.data or None
    disputes.open_dispute(standing(), statement, run, form.text.data, line_id=line_id, **said)
    db.session.commit()
    flash(_("Received. Somebody else answers; the deadline stands below."), "success")
    return _back_to(statement_id)


@pages.post("/objections/<int:dispute_id>/reject")
@requires(Permission.RUN_PAY)
def reject_dispute(rollout_id: int, dispute_id: int) -> ResponseReturnValue:
    """Reject an objection with a reason."""
    form, dispute = AnswerForm(), disputes.get_dispute(rollout_id, dispute_id)
    disputes.reject_dispute(dispute, rollout_id, form.reason.data or "", by=current_user, now=utc_now())
    db.session.commit()
    return _back_to(dispute.statement_id)


@pages.post("/objections/<int:dispute_id>/adjust/<int:run_id>")
@requires(Permission.RUN_PAY)
def answer_by_adjustment(rollout_id: int, dispute_id: int, run_id: int) -> ResponseReturnValue:
    """Answer an objection by an adjustment that was begun."""
    form, dispute = AnswerForm(), disputes.get_dispute(rollout_id, dispute_id)
    run, said = runs.get_run(rollout_id, run_id), {"by": current_user, "now": utc_now()}
    disputes.answer_by_adjustment(dispute, rollout_id, run, form.reason.data or "", **said)
    db.session.commit()
    return _back_to(dispute.statement_id)


@pages.post("/statements/<int:statement_id>/correct/<int:run_id>")
@requires(Permission.RUN_PAY)
def correct_actual(rollout_id: int, statement_id: int, run_id: int) -> ResponseReturnValue:
    """In an adjustment: say what was really reached."""
    statement, run = service.get_statement(standing(), statement_id)
    store = current_app.extensions["implement_store"]
    shown = statement_page.describe(statement, run, standing(), store)
    form = statement_page.offer_figures(CorrectForm(), shown["entries"])  # type: ignore[arg-type]
    if not form.validate_on_submit():
        return _show(statement, run, correction=form), 422
    entry, _bar, kpi = form.line.data.rpartition("|")
    said = {"reason": form.correct_reason.data, "store": store, "by": current_user, "now": utc_now()}
    adjusting.correct_actual(runs.get_run(rollout_id, run_id), statement, entry, kpi, form.written(), **said)
    db.session.commit()
    return redirect(url_for("incentives.show_run", rollout_id=rollout_id, run_id=run_id))


def _show(
    statement: PayStatement, run: PayRun, objection: ObjectForm | None = None, correction: CorrectForm | None = None
) -> str:
    """The page; a form that was refused stands in it."""
    shown = statement_page.describe(statement, run, standing(), current_app.extensions["implement_store"])
    objection = objection or statement_page.offer_lines(ObjectForm(formdata=None), shown["lines"], shown["names"])  # type: ignore[arg-type]
    correction = correction or statement_page.offer_figures(CorrectForm(formdata=None), shown["entries"])  # type: ignore[arg-type]
    forms = {"objection": objection, "correction": correction, "rejection": AnswerForm(formdata=None)}
    return render_template("incentives/statement.html", **shown, forms=forms, name=_name_of(statement))


def _name_of(statement: PayStatement) -> str:
    """Whose it is, as far as the reader may know."""
    here, secret = standing(), str(current_app.config["SECRET_KEY"])
    return run_page.name_of(statement, here, secret, local_day(here.rollout_id, utc_now()))


def _note_look(statement: PayStatement) -> None:
    """Write a look at somebody else's statement down, in a transaction of its own."""
    here = standing()
    if statement.person_id is None or statement.person_id == here.person_id:
        return
    view = run_page.view_of(here, statement.person_id, local_day(here.rollout_id, utc_now()))
    person_id = statement.person_id
    db.session.rollback()
    with writing():
        log_look(here.rollout_id, person_id, view=view, page="incentives.statement", by=current_user, now=utc_now())
        db.session.commit()


def read_day(text: str) -> date:
    """The day of an address; another text is no page."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _back_to(statement_id: int) -> ResponseReturnValue:
    rollout_id = standing().rollout_id
    return redirect(url_for("incentives.show_statement", rollout_id=rollout_id, statement_id=statement_id))
