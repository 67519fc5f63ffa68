"""The first hour: a sheet handed in, its columns confirmed, a simulated run with a statement for each person."""

from pathlib import PurePath

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import URLSafeSerializer
from wtforms import SelectChoice

from implement.control.incentives import first_hour_page
from implement.control.incentives.forms.first_hour import SHEET_LABELS, SheetColumnsForm, SheetFileForm
from implement.control.incentives.service import first_hour as service
from implement.control.incentives.service.forgetting import delete_simulation
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.engine.pay.sheet import FIELDS
from implement.engine.payroll.simulation import write_simulation_csv, write_simulation_xlsx
from implement.rollout.service.rollouts import local_day
from implement.store import FileGone
from implement.web.access import Permission, requires, standing
from implement.web.pdf import render_pdf
from implement.web.texts import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.route("/first-hour", methods=["GET", "POST"])
@requires(Permission.RUN_PAY)
def hand_in_sheet(rollout_id: int) -> ResponseReturnValue:
    """First step: hand in a sheet; its columns are proposed, and it is gone within the hour unless it is priced."""
    form = SheetFileForm()
    if form.validate_on_submit() and form.file.data is not None:
        store = current_app.extensions["implement_store"]
        kept = store.put(form.file.data.stream, limit_bytes=form.file.limit_bytes)
        name = PurePath(form.file.data.filename or "sheet").name
        found = service.read_sheet_file(store.path(kept.sha256), name, service.currency_of(rollout_id))
        service.note_sheet(rollout_id, kept.sha256, by=current_user, now=utc_now())
        db.session.commit()
        return _show_columns(kept.sha256, name, found)
    simulations = service.list_simulations(rollout_id)
    return render_template("incentives/first_hour.html", form=form, simulations=simulations)


@pages.post("/first-hour/columns")
@requires(Permission.RUN_PAY)
def simulate_sheet(rollout_id: int) -> ResponseReturnValue:
    """Second step: price the sheet with the chosen columns, or show every fault by row; the file goes then."""
    form = SheetColumnsForm()
    if not form.validate_on_submit():
        return redirect(url_for("incentives.hand_in_sheet", rollout_id=rollout_id))
    chosen = {field: form[f"column_{field}"].data for field in FIELDS if form[f"column_{field}"].data}
    store, sha256 = current_app.extensions["implement_store"], _tickets().loads(form.ticket.data)
    name, currency = PurePath(form.name.data).name, service.currency_of(rollout_id)
    try:
        found = service.read_sheet_file(store.path(sha256), name, currency, chosen)
    except FileGone:
        flash(_("The sheet was deleted meanwhile; please hand it in again."), "error")
        return redirect(url_for("incentives.hand_in_sheet", rollout_id=rollout_id))
    if "look" in request.form or not found.may_be_simulated:
        return _show_columns(sha256, name, found)
    who = {"store": store, "by": current_user, "now": utc_now(), "today": local_day(rollout_id, utc_now())}
    run = service.simulate_sheet(rollout_id, found.sheet.rows, name, **who)
    db.session.commit()
    return redirect(url_for("incentives.show_simulation", rollout_id=rollout_id, run_id=run.id))


@pages.get("/first-hour/<int:run_id>")
@requires(Permission.RUN_PAY)
def show_simulation(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """What the sheet would pay to each person, marked as not payable."""
    one = _read(rollout_id, run_id)
    said = {"answer": first_hour_page.say_answer(one), "beside": first_hour_page.say_beside(one.rows)}
    return render_template("incentives/simulation.html", one=one, **said)


@pages.get("/first-hour/<int:run_id>/statements/<int:statement_id>")
@requires(Permission.RUN_PAY)
def show_simulated_statement(rollout_id: int, run_id: int, statement_id: int) -> ResponseReturnValue:
    """One person's simulated statement: target, actual, the formula with its numbers."""
    one = _read(rollout_id, run_id)
    return render_template("incentives/simulated_statement.html", **_tell(one, statement_id))


@pages.get("/first-hour/<int:run_id>/statements/<int:statement_id>/statement.pdf")
@requires(Permission.RUN_PAY)
def print_simulated_statement(rollout_id: int, run_id: int, statement_id: int) -> ResponseReturnValue:
    """The same on paper, marked on it."""
    html = render_template("incentives/simulated_paper.html", **_tell(_read(rollout_id, run_id), statement_id))
    response = current_app.response_class(render_pdf(html, request.url_root), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="simulation-{run_id}-{statement_id}.pdf"'
    return response


@pages.get("/first-hour/<int:run_id>/<any(csv,xlsx):kind>")
@requires(Permission.RUN_PAY)
def download_simulation(rollout_id: int, run_id: int, kind: str) -> ResponseReturnValue:
    """Every row with what it would pay, each marked as not payable."""
    one = _read(rollout_id, run_id)
    write, mimetype = {"csv": (write_simulation_csv, "text/csv"), "xlsx": (write_simulation_xlsx, XLSX)}[kind]
    content = write(one.rows, one.run.currency, one.minor_digits)
    response = current_app.response_class(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="simulation-{run_id}.{kind}"'
    return response


@pages.post("/first-hour/<int:run_id>/delete")
@requires(Permission.RUN_PAY)
def forget_simulation(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Delete a simulation with everything it says of people."""
    delete_simulation(rollout_id, run_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The simulation and its sheet are deleted."), "success")
    return redirect(url_for("incentives.hand_in_sheet", rollout_id=rollout_id))


def _read(rollout_id: int, run_id: int) -> service.Simulation:
    return service.read_simulation(rollout_id, run_id, store=current_app.extensions["implement_store"])


def _tell(one: service.Simulation, statement_id: int) -> dict[str, object]:
    return {"one": one, "statement": one.find(statement_id), "rows": first_hour_page.tell_rows(one, statement_id)}


def _show_columns(sha256: str, name: str, found: service.SheetFile) -> ResponseReturnValue:
    """The proposal to correct: every field with its column, the first rows, every fault."""
    form = SheetColumnsForm(formdata=None, ticket=_tickets().dumps(sha256), name=name)
    for field in FIELDS:
        form[f"column_{field}"].choices = [SelectChoice("", _("not in this file")), *map(SelectChoice, found.header)]
        form[f"column_{field}"].process_data(found.columns.get(field, ""))
    said = {"answer": first_hour_page.say_found(found), "faults": first_hour_page.say_faults(found)}
    shown = {"form": form, "found": found, "labels": SHEET_LABELS, "fields": FIELDS, **said}
    return render_template("incentives/sheet_columns.html", **shown), 200 if found.may_be_simulated else 422


def _tickets() -> URLSafeSerializer:
    """Tickets for sheets handed in here: only a file of this rollout can be named in the second step."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"pay_sheet:{standing().rollout_id}")
