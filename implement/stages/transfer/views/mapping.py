"""The mapping: proposed, corrected table by table, downloaded and handed in as YAML; each save is a new version."""

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.intake import Fault
from implement.engine.mapping import ZONES, TableMapping
from implement.stages.transfer.forms import MappingFileForm
from implement.stages.transfer.mapping_forms import TableForm, TargetForm
from implement.stages.transfer.mapping_page import MappingPage, TablePage, count_compared
from implement.stages.transfer.service import mappings as service
from implement.stages.transfer.service.accepting import accept_replacements
from implement.stages.transfer.service.results import find_job_of, get_discrepancy
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import ORIGIN_LABELS, say_fault, say_note, say_step
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/mapping")
@requires(Permission.SEE_TRANSFER)
def show_mapping(rollout_id: int) -> ResponseReturnValue:
    """The newest mapping, table by table, with why and how sure."""
    return _show_mapping(rollout_id, MappingFileForm())


@pages.post("/mapping/propose")
@requires(Permission.RUN_TRANSFER)
def propose_mapping(rollout_id: int) -> ResponseReturnValue:
    """Have a mapping proposed in the background."""
    service.enqueue_proposal(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.show_mapping", rollout_id=rollout_id))


@pages.post("/mapping")
@requires(Permission.RUN_TRANSFER)
def hand_in_mapping(rollout_id: int) -> ResponseReturnValue:
    """Take an edited YAML file as the next version, or say everything that is wrong with it."""
    form = MappingFileForm()
    if not form.validate_on_submit() or form.file.data is None:
        return _show_mapping(rollout_id, form)
    store = current_app.extensions["implement_store"]
    try:
        service.hand_in_mapping(rollout_id, form.file.data.read(), store=store, by=current_user, now=utc_now())
    except service.UnusableMapping as unusable:
        db.session.rollback()
        return _show_mapping(rollout_id, form, unusable.faults), 422
    db.session.commit()
    flash(_("The mapping was taken over as a new version."), "success")
    return redirect(url_for("transfer.show_mapping", rollout_id=rollout_id))


@pages.get("/mapping/<int:number>/mapping.yaml")
@requires(Permission.SEE_TRANSFER)
def download_mapping(rollout_id: int, number: int) -> ResponseReturnValue:
    """A version of the mapping as the YAML file it is kept as."""
    version = service.get_version(rollout_id, number)
    path = current_app.extensions["implement_store"].path(version.sha256)
    return send_file(path, "application/yaml", as_attachment=True, download_name=f"mapping-{number}.yaml")


@pages.get("/mapping/<int:number>/tables/<int:position>")
@requires(Permission.SEE_TRANSFER)
def show_table(rollout_id: int, number: int, position: int) -> ResponseReturnValue:
    """One table's mapping to correct: counterpart, key, column pairs, writings, values, relations."""
    table = TablePage.open(rollout_id, number, position, request.args, current_app.extensions["implement_store"])
    return _show_table(table)


@pages.post("/mapping/<int:number>/tables/<int:position>/target")
@requires(Permission.RUN_TRANSFER)
def choose_target(rollout_id: int, number: int, position: int) -> ResponseReturnValue:
    """Give a table another counterpart, or leave it behind on purpose."""
    store = current_app.extensions["implement_store"]
    table = TablePage.open(rollout_id, number, position, request.args, store)
    form = table.make_target_form(posted=True)
    edited = table.choose_target(form) if form.validate_on_submit() else None
    if edited is None:
        return _show_table(table, target_form=form), 422
    version = _save(rollout_id, number, edited)
    return redirect(url_for("transfer.show_table", rollout_id=rollout_id, number=version, position=position))


@pages.post("/mapping/<int:number>/tables/<int:position>")
@requires(Permission.RUN_TRANSFER)
def edit_table(rollout_id: int, number: int, position: int) -> ResponseReturnValue:
    """Save what was corrected in some columns as a new version of the mapping."""
    store = current_app.extensions["implement_store"]
    table = TablePage.open(rollout_id, number, position, request.args, store)
    form = table.make_form(posted=True)
    edited = table.read_edits(form) if form.validate_on_submit() else None
    if edited is None:
        return _show_table(table, form=form), 422
    _save(rollout_id, number, edited)
    return redirect(url_for("transfer.show_mapping", rollout_id=rollout_id))


@pages.post("/runs/<int:number>/causes/<int:place>/accept")
@requires(Permission.RUN_TRANSFER)
def accept_mapping(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """Take the replacements of a cause into the mapping as its next version, and offer a new run with it."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    version = accept_replacements(run, get_discrepancy(run, place), store=store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Version %(number)s of the mapping takes them as replaced on purpose. Compare with it to see what is left.",
            number=version.number), "success")  # fmt: skip
    return redirect(url_for("transfer.show_mapping", rollout_id=rollout_id))


def _save(rollout_id: int, number: int, edited: TableMapping) -> int:
    """Keep a table as it was corrected; answers the number of the new version."""
    store = current_app.extensions["implement_store"]
    version = service.save_table(rollout_id, number, edited, store=store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Saved as version %(number)s of the mapping.", number=version.number), "success")
    return version.number


def _show_mapping(rollout_id: int, form: MappingFileForm, faults: tuple[Fault, ...] = ()) -> str:
    page = MappingPage.open(rollout_id, current_app.extensions["implement_store"])
    job = find_job_of(rollout_id, service.PROPOSE_JOB)
    said = {"say_note": say_note, "say_step": say_step, "say_fault": say_fault, "origins": ORIGIN_LABELS}
    told = {"one": page, "job": job, "form": form, "faults": faults, "count_compared": count_compared}
    return render_template("transfer/mapping.html", **told, **said)


def _show_table(table: TablePage, *, form: TableForm | None = None, target_form: TargetForm | None = None) -> str:
    forms = {"form": form or table.make_form(), "target_form": target_form or table.make_target_form()}
    return render_template("transfer/table.html", one=table, say_note=say_note, zones=ZONES, **forms)
