"""Money at risk: what stands behind dropped and torn deals, and which clients were lost with it."""

from collections.abc import Collection

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look
from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer import money_page
from implement.stages.transfer.service import at_risk as service
from implement.stages.transfer.service.owners import OwnerNames, name_owners
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, requires, standing


@pages.get("/runs/<int:number>/money")
@requires(Permission.SEE_TRANSFER)
def show_money(rollout_id: int, number: int) -> ResponseReturnValue:
    """Open and won money behind the losses of a run, and its lost clients."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    found = service.read_at_risk(run, store=store)
    owners = _name_owners(rollout_id, found.owners)
    page = money_page.MoneyPage.open(get_finished_run(rollout_id, number), found, owners, store)
    said = {"answer": money_page.say_answer(page), "lead": money_page.say_lead(page)}
    labels = {"labels": money_page.BY_LABELS, "headings": money_page.BY_HEADINGS}
    return render_template("transfer/money.html", one=page, run=page.run, **said, **labels)


@pages.get("/runs/<int:number>/money/<int:table>/<any(client,owner,stage):by>/<int:position>")
@requires(Permission.SEE_TRANSFER)
def list_deals_at_risk(rollout_id: int, number: int, table: int, by: str, position: int) -> ResponseReturnValue:
    """The deals behind one client, owner or stage."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    found, currency = service.read_at_risk(run, store=store), get_rollout(rollout_id).currency
    stake, deals = service.get_stake(found, table, by, position)
    name = _name_owners(rollout_id, found.owners).demand(stake.value) if by == service.OWNER else stake.value
    page = money_page.DEALS.slice_page([money_page.as_row(deal) for deal in deals], request.args)
    places = service.find_places(run, found.deals[table].columns.table, stake.rows, store=store)
    said = {"labels": money_page.BY_LABELS, "fates": FATE_LABELS, "say_deal": money_page.say_deal}
    return render_template(
        "transfer/deals_at_risk.html", run=run, page=page, currency=currency, name=name, by=by, places=places, **said
    )


def _name_owners(rollout_id: int, owners: Collection[str]) -> OwnerNames:
    """Name owners for whoever asks, and write each look at a name down before anything is shown."""
    now = utc_now()
    found = name_owners(standing(), owners, secret=current_app.config["SECRET_KEY"], today=now.date())
    if found.looked_at:
        db.session.rollback()
        with writing():
            for person_id in found.looked_at:
                page, view = "transfer.show_money", PeopleView.NAMED
                log_look(rollout_id, person_id, view=view, page=page, by=current_user, now=now)
            db.session.commit()
    return found
