"""The demonstration's audit: the first hour and the need, answered by lead and head, papers handed in and signed."""

import io
from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service import gates, sign_off
from implement.rollout.service.rollouts import list_waves
from implement.rollout.stages import Stage
from implement.rollout.tables import User
from implement.stages.audit.service.answers import save_answer
from implement.stages.audit.service.audits import begin_audit, find_audit, open_pack
from implement.stages.audit.service.people import add_person
from implement.store import Store
from implement.web.access import Role

DAYS_AGO = 120
PACKS = ("audit.first_hour", "audit.need")
PAPER = b"The head of sales operations owns the CRM and its changes, and hands over the client list by Friday.\n"
SAID_BY_LEAD = {
    "first_hour.goal_stated": ("3",),
    "first_hour.reasons": ("requests_lost", "no_overview", "others_have_it"),
    "first_hour.tasks_listed": ("3",),
    "first_hour.owner_named": ("head_without_time",),
    "first_hour.initiator": ("head_of_sales",),
    "first_hour.papers_received": ("2",),
    "first_hour.salespeople": ("35",),
    "first_hour.market": ("Hardware for offices, sold directly to firms of 50 to 5,000 people in three regions.",),
    "first_hour.hour_cost": ("42",),
    "first_hour.pay_basis": ("result_only",),
    "first_hour.backup": ("2",),
    "need.owner_deals": ("15",),
    "need.growth_wish": ("written",),
    "need.trigger": ("An offer over 90,000 lay in a mailbox for three weeks; the customer bought elsewhere.",),
    "need.first_idea": ("own_loss",),
    "need.expected_figure": ("target_only",),
    "need.rivals_known": ("having",),
    "need.effect_source": ("estimate",),
    "need.beyond_addresses": ("reminders", "stages", "reports"),
    "need.salespeople": ("35",),
    "need.hour_cost": ("42",),
    "need.decided_by": ("director",),
    "need.stop_line": ("spoken",),
}
SAID_BY_HEAD = {
    "first_hour.owner_named": ("nobody",),
    "first_hour.need_signs": ("direct_clients", "incoming_requests", "several_touch"),
    "first_hour.duties_clear": ("2",),
    "first_hour.chain_described": ("1",),
    "first_hour.problem_areas": ("Open deals are forgotten once the quarter ends; every region keeps its own list.",),
    "first_hour.requests_month": ("420",),
    "first_hour.unanswered_share": ("12",),
    "first_hour.closing_share": ("48",),
    "first_hour.average_order": ("2360",),
    "first_hour.funnel_known": ("1",),
    "first_hour.repeat_known": ("1",),
    "first_hour.deadlines_kept": ("2",),
    "first_hour.client_places": ("own_spreadsheet", "mailbox", "shared_spreadsheet"),
    "first_hour.transfer_ready": ("1",),
    "first_hour.double_entry": ("1",),
    "first_hour.entry_hours": ("2.5",),
    "first_hour.reporting": ("2",),
    "first_hour.user_standards": ("1",),
    "need.customers_active": ("85",),
    "need.customers_trend": ("steady",),
    "need.requests_day": ("20",),
    "need.request_channels": ("phone", "mail", "visits"),
    "need.people_per_customer": ("two_three",),
    "need.contract_kind": ("repeated",),
    "need.requests_unanswered": ("12",),
    "need.deal_share": ("48",),
    "need.average_order": ("2360",),
    "need.forgotten_offers": ("11",),
    "need.leaver_customers": ("25",),
    "need.search_hours": ("0.75",),
    "need.simpler_tried": ("1",),
}


def tell(rollout_id: int, store: Store) -> bool:
    """Run the audit and sign its stage off for the pilot; False when that was done before."""
    if find_audit(rollout_id) is not None:
        return False
    then = utc_now() - timedelta(days=DAYS_AGO)
    lead, consultant = login_of(Role.LEAD), login_of(Role.CONSULTANT)
    audit = begin_audit(rollout_id, role="consultant", store=store, by=consultant, now=then, keys=PACKS)
    pack = open_pack(audit, store)
    for who, role, said in ((lead, "lead", SAID_BY_LEAD), (login_of(Role.HEAD), "head", SAID_BY_HEAD)):
        person = add_person(audit, name=who.name, role=role, user_id=who.id, by=consultant, now=then)
        for name, words in said.items():
            item = pack.item(f"audit.{name}")
            save_answer(audit, pack, item, person, words=words, note="", version=None, by=who, now=then)
    _sign_off(rollout_id, store, lead, then)
    return True


def _sign_off(rollout_id: int, store: Store, lead: User, then: datetime) -> None:
    """Hand in the paper that names the owner, sign, and open the gate."""
    wave = list_waves(rollout_id)[0]
    kept = store.put(io.BytesIO(PAPER))
    for criterion in gates.list_criteria(rollout_id, Stage.AUDIT):
        if criterion.kind == "document":
            sign_off.hand_in_document(criterion, wave, name="owner.txt", sha256=kept.sha256, by=lead, now=then)
    roles = frozenset({Role.LEAD})
    sign_off.sign_gate(rollout_id, wave.id, Stage.AUDIT, role=Role.LEAD, roles=roles, by=lead, now=then)
    sign_off.open_gate(rollout_id, wave, Stage.AUDIT, role=Role.LEAD, by=lead, now=then)
