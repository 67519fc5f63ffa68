"""The demonstration tests before people: scenarios tried, a grave defect, a rehearsal with late steps, an exit; and
the clocks run on what the CRM tells.
"""

from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.rehearsal import ChainStep, EventKind
from implement.rollout.registries import registries
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.rollouts import list_waves, local_day
from implement.stages.pilot import exit_page
from implement.stages.pilot.service import chains, defects, exits, following, rehearsals, scenarios
from implement.store import Store
from implement.web.access import Role, Standing

DAYS_AGO, REHEARSED_DAYS_AGO, LEFT_DAYS_AGO, SEED, ORDERS = 85, 80, 40, 12, 30
FOLLOWED_MINUTES = 1_350
SEEN = (
    ("passed", "Stood on the first page of the region's head after 31 minutes", ""),
    ("passed", "The CRM names the empty field and keeps the old step", ""),
    ("failed", "The page opens, but what was agreed by mail is missing", "Mails are not shown on the client's page"),
    ("passed", "The deal stands under its reason at once", ""),
)
REASON = "The pilot works in it daily; what is still open does not stop the next teams."


def tell(rollout_id: int, store: Store) -> bool:
    """Test, rehearse and leave the pilot; False when that was done before."""
    if chains.list_chains(rollout_id):
        return False
    now = utc_now()
    _try(rollout_id, now - timedelta(days=DAYS_AGO))
    _rehearse(rollout_id, now - timedelta(days=REHEARSED_DAYS_AGO))
    _leave(rollout_id, store, now - timedelta(days=LEFT_DAYS_AGO))
    _follow(rollout_id, store, now)
    return True


def _try(rollout_id: int, then: datetime) -> None:
    """Most scenarios are tried by the head, one finds a defect that is being mended."""
    consultant, head = login_of(Role.CONSULTANT), login_of(Role.HEAD)
    scenarios.take_up_tests(rollout_id, by=consultant, now=then)
    standing = Standing(rollout_id, frozenset({Role.HEAD}), None)
    for row, (result, note, defect) in zip(scenarios.list_scenarios(rollout_id), SEEN, strict=False):
        one = scenarios.get_scenario(rollout_id, row.id)
        scenarios.name_tester(one, head.id, by=consultant, now=then)
        said = scenarios.Said(result, note, defect, "grave")
        scenarios.try_scenario(one, said, evidence=None, standing=standing, by=head, now=then)
    for found in defects.list_defects(rollout_id):
        said_now = defects.DefectSaid(found.title, "grave", consultant.id, "in_work", "Asked the vendor for the key")
        defects.change_defect(found, said_now, version=found.version, by=consultant, now=then)


def _rehearse(rollout_id: int, then: datetime) -> None:
    """The chain of an order, with steps that were late."""
    consultant = login_of(Role.CONSULTANT)
    start = chains.list_starts(rollout_id, "en")[0]
    chain = chains.begin_chain(rollout_id, start.title, start.steps, team_id=None, by=consultant, now=then)
    rehearsals.simulate(chain, SEED, ORDERS, local_day(rollout_id, then), by=consultant, now=then)


def _follow(rollout_id: int, store: Store, now: datetime) -> None:
    """Tasks that heads give, against a clock of two days and a half, as the CRM's events tell of them."""
    consultant = login_of(Role.CONSULTANT)
    steps = (ChainStep("Do it and close it", "Salesperson", FOLLOWED_MINUTES),)
    chain = chains.begin_chain(rollout_id, "A task of the head, done", steps, team_id=None, by=consultant, now=now)
    ends = {step.id: EventKind("task", "complete") for step in chains.list_steps(chain)}
    following.choose_kinds(chain, EventKind("task", "assign"), ends, by=consultant, now=now)
    first_day = following.usual_first_day(local_day(rollout_id, now))
    following.follow(chain, first_day, registries().order_logs[0], store, by=consultant, now=now)


def _leave(rollout_id: int, store: Store, then: datetime) -> None:
    """The pilot leaves with go; both sides sign."""
    consultant, lead, pilot = login_of(Role.CONSULTANT), login_of(Role.LEAD), list_waves(rollout_id)[0]
    said = exits.ExitSaid(exits.GO, REASON)
    made = {"language": "en", "made_by": consultant.name, "made_at": then}
    paper = exit_page.write_paper(rollout_id, pilot.id, said, gather_frame(rollout_id), **made)  # type: ignore[arg-type]
    row = exits.make_report(rollout_id, pilot.id, said, paper, store=store, by=consultant, now=then)
    for somebody, role in ((consultant, Role.CONSULTANT), (lead, Role.LEAD)):
        who = {"role": role, "roles": frozenset({role}), "by": somebody, "now": then}
        exits.sign_report(row, seen=row.html_sha256, store=store, **who)  # type: ignore[arg-type]
    printed = exit_page.print_signed(row, gather_frame(rollout_id), exits.list_signed(row), store=store)
    exits.keep_signed_print(row, printed, store=store, by=lead, now=then)
