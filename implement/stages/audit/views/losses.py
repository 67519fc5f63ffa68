"""The loss map: an old list of deals handed in, confirmed, and what it says; each figure leads to its deals."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.named_people import name_people
from implement.rollout.service.privacy import named_view_is_on
from implement.rollout.service.requests import answer_leads_to
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.audit import list_words, losses_page
from implement.stages.audit.forms import ListForm
from implement.stages.audit.list_steps import figures_url, hand_in_list, name_files
from implement.stages.audit.loss_deals import page_picked
from implement.stages.audit.losses_findings import write_finding
from implement.stages.audit.losses_page import Place
from implement.stages.audit.service import lists as service
from implement.stages.audit.service.audits import find_audit, get_audit, open_pack
from implement.stages.audit.service.by_role import list_by_role
from implement.stages.audit.service.findings import note
from implement.stages.audit.service.losses import read_figures
from implement.stages.audit.tables import DealList
from implement.web.access import Permission, requires

pages = Blueprint("audit_losses", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/losses")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def show_losses(rollout_id: int) -> ResponseReturnValue:
    """Where deals and money are lost, from the newest list that was counted."""
    row = service.find_newest(rollout_id, is_finished=True)
    waiting = service.find_newest(rollout_id, is_finished=False)
    shown = {"form": ListForm(), "lists": service.list_lists(rollout_id, of_months=False)}
    if row is None:
        return render_template("audit/losses_empty.html", waiting=waiting, **shown)
    return _show_map(row, waiting=waiting if waiting is not row else None, **shown)


@pages.get("/<int:number>")
@requires(Permission.SEE_AUDIT)
def show_list_losses(rollout_id: int, number: int) -> ResponseReturnValue:
    """The same from a list by its number."""
    row = service.get_list(rollout_id, number)
    lists = service.list_lists(rollout_id, of_months=False)
    return _show_map(row, waiting=None, form=ListForm(), lists=lists)


@pages.post("")
@requires(Permission.RUN_AUDIT)
def hand_in(rollout_id: int) -> ResponseReturnValue:
    """Hand in the old list of deals."""
    form = ListForm()
    if form.validate_on_submit():
        return hand_in_list(rollout_id, form, month=None)
    lists = service.list_lists(rollout_id, of_months=False)
    return render_template("audit/losses_empty.html", waiting=None, form=form, lists=lists), 422


@pages.get("/<int:number>/deals")
@requires(Permission.SEE_AUDIT)
def list_deals(rollout_id: int, number: int) -> ResponseReturnValue:
    """The deals behind a figure, without whose they are."""
    row = service.get_list(rollout_id, number)
    page, title = page_picked(row, request.args, store=current_app.extensions["implement_store"])
    shown = {"currency": get_rollout(rollout_id).currency, "back": figures_url(row)}
    return render_template("audit/losses_deals.html", row=row, page=page, title=title, **shown)


@pages.get("/<int:number>/deadlines")
@requires(Permission.SEE_AUDIT)
def show_late_people(rollout_id: int, number: int) -> ResponseReturnValue:
    """Who missed deadlines: by name where the named view is agreed, by role before that; each look is logged."""
    row = service.get_list(rollout_id, number)
    deadlines = read_figures(row).losses.deadlines
    listed = deadlines.by_owner if deadlines and _names_are_agreed(rollout_id) else ()
    owners = name_people(rollout_id, [owner for owner, *_counts in listed], page="audit.deadlines")
    people = [(owners.names[owner], due, missed) for owner, due, missed in listed if owner in owners.names]
    row = service.get_list(rollout_id, number)  # the look was committed on its own
    roles = list_by_role(rollout_id, deadlines) if deadlines else []
    return render_template("audit/losses_people.html", row=row, people=people, roles=roles, say=list_words)


@pages.post("/<int:number>/findings")
@requires(Permission.RUN_AUDIT)
def make_finding(rollout_id: int, number: int) -> ResponseReturnValue:
    """Make a finding of what the map shows, with its money; once more writes it anew."""
    row, audit = service.get_list(rollout_id, number), get_audit(rollout_id)
    topic, currency = request.form.get("topic", ""), get_rollout(rollout_id).currency
    text = write_finding(read_figures(row).losses, topic, currency, name_files(row))
    pack = open_pack(audit, current_app.extensions["implement_store"])
    made = note(audit, pack, text, source=f"losses:{number}-{topic}", by=current_user, now=utc_now())
    location = url_for("audit_findings.list_findings", rollout_id=rollout_id, _anchor=f"own-{made.id}")
    answer_leads_to(request.form.get("idempotency_key", ""), current_user.id, location)
    db.session.commit()
    return redirect(location)


def _names_are_agreed(rollout_id: int) -> bool:
    return named_view_is_on(rollout_id, get_rollout(rollout_id).legal_profile, local_day(rollout_id, utc_now()))


def _show_map(row: DealList, **shown: object) -> str:
    found, at = read_figures(row).losses, Place(row.rollout_id, row.number)
    currency = get_rollout(row.rollout_id).currency
    return render_template(
        "audit/losses.html",
        row=row,
        found=found,
        at=at,
        say=list_words,
        page=losses_page,
        currency=currency,
        pictures=[losses_page.draw_funnel(found, at), losses_page.draw_times(found, at)],
        costs=losses_page.draw_costs(found, at, currency),
        roles=list_by_role(row.rollout_id, found.deadlines) if found.deadlines else [],
        has_audit=find_audit(row.rollout_id) is not None,
        names_are_agreed=_names_are_agreed(row.rollout_id),
        **shown,
    )
