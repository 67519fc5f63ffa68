"""The demonstration before its transfer: who answers for which source, what was wrong with the old tables, and what the
old system itself counted.
"""

from dataclasses import replace
from datetime import date, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import User
from implement.stages.transfer.service.health import find_newest_check, look_through
from implement.stages.transfer.service.inventory import SourceTerms, add_source
from implement.stages.transfer.service.totals import TotalTerms, add_total
from implement.store import Store
from implement.web.access import Role

SOURCE = "source"
MANDATE = "Director's mandate of 2 February, § 3"


def tell(rollout_id: int, store: Store) -> bool:
    """Look through the old tables, list their sources, type in what the old system shows; False when done before."""
    if find_newest_check(rollout_id, SOURCE) is not None:
        return False
    by, today = login_of(Role.CONSULTANT), local_day(rollout_id, utc_now())
    look_through(rollout_id, SOURCE, store=store, by=by, now=utc_now())
    for terms in _list_sources(today):
        add_source(rollout_id, terms, by=by, now=utc_now())
    _type_in_totals(rollout_id, store, by, today)
    return True


def _list_sources(today: date) -> list[SourceTerms]:
    """Six files are there; the contacts of the trade fairs are owed, because nobody was told to hand them over."""
    owners = {"sales_pipeline": "Dustin Brinkmann", "accounts": "Cara Losch", "products": "Rocco Neubert"}
    due, exported_on = today - timedelta(days=10), today - timedelta(days=12)
    listed = [
        SourceTerms(f"{name}.csv", owner, due, exported_on, MANDATE)
        for name, owner in {**owners, **dict.fromkeys(("sales_teams", "people", "visits"), "Hanna Roth")}.items()
    ]
    late = today - timedelta(days=3)
    return [*listed, SourceTerms("trade_fair_contacts.xlsx", "Summer Sewald", due=late, delay="no_mandate")]


def _type_in_totals(rollout_id: int, store: Store, by: User, today: date) -> None:
    """The number of deals and the won money as the old system's own report shows them."""
    deals = TotalTerms("sales_pipeline", "", "", 8800, "", None, "", "Dustin Brinkmann", today, "Pipeline, all stages")
    won = replace(deals, column_name="deal_stage", equals="Won", row_count=None, sum_column="close_value",
                  amount_minor=1_000_553_400, currency="USD", read_from="Yearly report, won deals")  # fmt: skip
    for terms in (deals, won, replace(deals, table_name="accounts", row_count=85, read_from="List of clients")):
        add_total(rollout_id, terms, store=store, by=by, now=utc_now())
