"""What the firm cannot do without, and the facts that speak for one kind of system (M67–M69, M59)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError

from implement.db import db
from implement.engine.choice import Needs
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.service.answers import AuditSaid
from implement.stages.specification.tables.choice import ChoiceNeeds
from implement.web.texts import lazy

USERS = ("audit.costs.seats_used", "audit.costs.seats", "audit.first_hour.salespeople", "audit.need.salespeople")
RECORDS = ("audit.transfer.record_count", "audit.client_base.base_size", "audit.need.customers_active")
CALLS, CHANNELS = ("audit.functions.calls_day",), "audit.need.request_channels"
MUST_BY_FACT = {"calls_matter": "telephony", "web_orders": "site", "accounting": "accounting"}
TICKED = (
    "calls_matter", "web_orders", "accounting", "no_server_staff", "no_internet", "code_changes",
    "data_stays_in_house", "usual_trade", "own_chain",
)  # fmt: skip


@dataclass(frozen=True)
class NeedsSaid:
    """The needs as they were typed in; `version` is that of the row, None before there is one."""

    users: int | None = None
    records: int | None = None
    languages: tuple[str, ...] = ()
    hosting: str = ""
    must: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    version: int | None = field(default=None, compare=False)

    @property
    def needs(self) -> Needs:
        """As the engine checks them: what calls, web orders and accounting demand is a must."""
        forced = [MUST_BY_FACT[fact] for fact in self.facts if fact in MUST_BY_FACT]
        must = tuple(dict.fromkeys((*self.must, *forced)))
        return Needs(self.users, self.records, self.languages, self.hosting, must)


def read_needs(rollout_id: int) -> NeedsSaid | None:
    """The needs of the rollout; None before anybody said them."""
    row: ChoiceNeeds | None = db.session.get(ChoiceNeeds, rollout_id)
    if row is None:
        return None
    languages, must, facts = (tuple(map(str, words)) for words in (row.languages, row.must, row.facts))
    return NeedsSaid(row.users, row.records, languages, row.hosting, must, facts, row.version)


def propose_needs(said: AuditSaid) -> NeedsSaid:
    """What the audit's answers suggest, for a form to begin with."""
    users, records, calls = said.number(USERS), said.number(RECORDS), said.number(CALLS)
    facts = [
        fact
        for fact, speaks in (
            ("calls_matter", said.chose(CHANNELS, "phone") or (calls is not None and calls[0] > 0)),
            ("web_orders", said.chose(CHANNELS, "site")),
        )
        if speaks
    ]
    return NeedsSaid(
        users=int(users[0]) if users and users[0] >= 1 else None,
        records=int(records[0]) if records else None,
        facts=tuple(facts),
    )


def say_needs(rollout_id: int, said: NeedsSaid, criteria: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Keep the needs; what somebody else saved meanwhile is not overwritten."""
    if not set(said.must) <= set(criteria) or not set(said.facts) <= set(TICKED):
        raise RuleBroken(lazy("Please choose from what the page offers."))
    row: ChoiceNeeds | None = db.session.get(ChoiceNeeds, rollout_id, with_for_update=True)
    if row is not None and row.version != said.version:
        raise StaleDataError
    row = row or ChoiceNeeds(rollout_id=rollout_id)
    row.users, row.records, row.hosting = said.users, said.records, said.hosting
    row.languages, row.must, row.facts = list(said.languages), list(said.must), list(said.facts)
    row.by_name, row.at = by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("say_choice_needs", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id)
