"""The demonstration's cutover: prepared for tonight, the first steps done, not decided yet."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.stages.transfer.service import cutover
from implement.stages.transfer.service.cutover import DecisionTerms, StepTerms
from implement.store import Store
from implement.web.access import Role

OWNERS = ("Lena Hartmann", "Dustin Brinkmann", "Dustin Brinkmann", "Cara Losch", "Carla Weiss", "Carla Weiss",
          "Melvin Marxen", "Lena Hartmann", "Dustin Brinkmann")  # fmt: skip
STEPS_DONE = 2


def tell(rollout_id: int, store: Store) -> bool:
    """Prepare the cutover, finish its first steps, say until when there is a way back; False when done before."""
    if cutover.list_steps(rollout_id):
        return False
    by, lead, now = login_of(Role.CONSULTANT), login_of(Role.LEAD), utc_now()
    cutover.prepare_cutover(rollout_id, by=by, now=now)
    steps = [step for step in cutover.list_steps(rollout_id) if not step.is_way_back]
    for place, (step, owner) in enumerate(zip(steps, OWNERS, strict=True)):
        planned = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=place - 1)
        cutover.change_step(step, StepTerms("", owner, planned, False), by=by, now=now)
    for step in steps[:STEPS_DONE]:
        cutover.mark_done(step, by=by, now=now)
    reason = "The first invoice written from the CRM closes it."
    back = DecisionTerms(cutover.WAY_BACK, lead.name, "project lead", reason, ends_at=now + timedelta(days=2))
    cutover.decide(rollout_id, back, by=lead, now=now)
    return True
