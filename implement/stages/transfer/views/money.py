"""Money at risk: what stands behind dropped and torn deals, and which clients were lost with it."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from implement.rollout.named_people import name_people
from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer import money_page
from implement.stages.transfer.service import at_risk as service
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, requires

PAGE = "transfer.show_money"


@pages.get("/runs/<int:number>/money")
@requires(Permission.SEE_TRANSFER)
def show_money(rollout_id: int, number: int) -> ResponseReturnValue:
    """Open and won money behind the losses of a run, and its lost clients."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    found = service.read_at_risk(run, store=store)
    owners = name_people(rollout_id, found.owners, page=PAGE)
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
    name = name_people(rollout_id, found.owners, page=PAGE).demand(stake.value) if by == service.OWNER else stake.value
    page = money_page.DEALS.slice_page([money_page.as_row(deal) for deal in deals], request.args)
    places = service.find_places(run, found.deals[table].columns.table, stake.rows, store=store)
    said = {"labels": money_page.BY_LABELS, "fates": FATE_LABELS, "say_deal": money_page.say_deal}
    return render_template(
        "transfer/deals_at_risk.html", run=run, page=page, currency=currency, name=name, by=by, places=places, **said
    )
