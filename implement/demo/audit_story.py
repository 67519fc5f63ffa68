"""The demonstration's audit: the first hour at the firm, answered by lead and head, its papers handed in and signed."""

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
PAPER = b"The head of sales operations owns the CRM and its changes, and hands over the client list by Friday.\n"
SAID_BY_LEAD = {
    "goal_stated": ("3",),
    "reasons": ("requests_lost", "no_overview", "others_have_it"),
    "tasks_listed": ("3",),
    "owner_named": ("head_without_time",),
    "initiator": ("head_of_sales",),
    "papers_received": ("2",),
    "salespeople": ("35",),
    "market": ("Hardware for offices, sold directly to firms of 50 to 5,000 people in three regions.",),
    "hour_cost": ("42",),
    "pay_basis": ("result_only",),
    "backup": ("2",),
}
SAID_BY_HEAD = {
    "owner_named": ("nobody",),
    "need_signs": ("direct_clients", "incoming_requests", "several_touch"),
    "duties_clear": ("2",),
    "chain_described": ("1",),
    "problem_areas": ("Open deals are forgotten once the quarter ends; every region keeps its own list.",),
    "requests_month": ("420",),
    "unanswered_share": ("12",),
    "closing_share": ("48",),
    "average_order": ("2360",),
    "funnel_known": ("1",),
    "repeat_known": ("1",),
    "deadlines_kept": ("2",),
    "client_places": ("own_spreadsheet", "mailbox", "shared_spreadsheet"),
    "transfer_ready": ("1",),
    "double_entry": ("1",),
    "entry_hours": ("2.5",),
    "reporting": ("2",),
    "user_standards": ("1",),
}


def tell(rollout_id: int, store: Store) -> bool:
    """Run the first-hour audit and sign its stage off for the pilot; False when that was done before."""
    if find_audit(rollout_id) is not None:
        return False
    then = utc_now() - timedelta(days=DAYS_AGO)
    lead, consultant = login_of(Role.LEAD), login_of(Role.CONSULTANT)
    audit = begin_audit(rollout_id, role="consultant", store=store, by=consultant, now=then)
    pack = open_pack(audit, store)
    for who, role, said in ((lead, "lead", SAID_BY_LEAD), (login_of(Role.HEAD), "head", SAID_BY_HEAD)):
        person = add_person(audit, name=who.name, role=role, user_id=who.id, by=consultant, now=then)
        for name, words in said.items():
            item = pack.item(f"audit.first_hour.{name}")
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
