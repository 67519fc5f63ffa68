"""A month of a firm of any size, from plan to payroll: planned, handed out, counted, computed, approved, exported."""

import io
import zipfile
from decimal import Decimal

from sqlalchemy import String, cast, insert, update

from implement.control.activity.service import counting, delivering, plans, targets
from implement.control.activity.service.counting import CountedLog, CountingBasis
from implement.control.activity.service.periods import add_period, get_period
from implement.control.activity.service.plans import PlanItem
from implement.control.activity.service.targets import Target
from implement.control.incentives.service import office, runs
from implement.control.incentives.tables import PayRun, VariablePay
from implement.db import db
from implement.engine.activity.capacity import DaySettings
from implement.jobs import Job, enqueue_job, run_job
from implement.rollout.tables import Acknowledgement, Membership, Person, User
from implement.stages.adoption.service.log import LogBasis
from implement.store import Store
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.bound_firm import HANDED_OUT, a_bound_firm
from tests.rooms.pay_house import (
    AFTER,
    CONTACTS,
    GOALS,
    HR,
    LEAD,
    MARCH,
    PAYING,
    THOUSAND,
    TUESDAY,
    VISITS,
    PayHouse,
    see_files,
)

IN_EURO = ("csv", "xlsx", "lodas", "lug", "lexware")
OFFICE = office.OfficeSettings("2001", "2002", "2003", "1234567", "10001", "2", "Akronim", "Dodatek", IN_EURO)
FIRST_NUMBER = 10_000
MOST_DONE = 12


class PaidMonth:
    """A firm of so many sellers who all have accounts, numbers that payroll can read, and a variable part."""

    def __init__(self, people: int) -> None:
        rollout = builders.a_rollout(legal_profile="EU")
        self.house = PayHouse(a_bound_firm(rollout.id, size=people // 2))
        self.rollout_id = rollout.id
        numbered = update(Person).where(Person.rollout_id == rollout.id)
        db.session.execute(numbered.values(number=cast(Person.id + FIRST_NUMBER, String)))
        self.accounts = self._give_accounts()
        version = self.house.release(self.house.draft())
        said = {"valid_from": MARCH[0], "by_id": self.house.hanna.id, "at": HANDED_OUT, "rollout_id": rollout.id}
        agreed = {"rule_id": version.rule_id, "variable_minor": THOUSAND, **said}
        db.session.execute(insert(VariablePay), [{"person_id": who, **agreed} for who in self.accounts])
        self._acknowledge()
        office.set_office(rollout.id, OFFICE, by=self.house.hanna, now=AFTER)

    def _give_accounts(self) -> dict[int, int]:
        """The account of each person."""
        firm = self.house.firm
        mine = {firm.people[user]: account.id for user, account in firm.accounts.items()}
        others = [who for who in firm.people.values() if who not in mine]
        rows = [{"email": f"p{who}@example.com", "name": f"Seller {who}", "created_at": HANDED_OUT} for who in others]
        ids = db.session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows) if rows else []
        mine |= dict(zip(others, ids, strict=True))
        members = [
            {"rollout_id": self.rollout_id, "user_id": mine[who], "role": Role.SALESPERSON, "person_id": who}
            for who in others
        ]
        if members:
            db.session.execute(insert(Membership), members)
        return mine

    def _acknowledge(self) -> None:
        version = self.house.firm.bind(PAYING, valid_from=MARCH[0])
        said = {"version_id": version.id, "name": "Seller", "sha256": version.sha256, "at": HANDED_OUT}
        db.session.execute(insert(Acknowledgement), [{"user_id": user, **said} for user in self.accounts.values()])

    def plan(self) -> None:
        """Everybody gets targets and their sheet before the month."""
        said = {"by": self.house.alice, "now": HANDED_OUT, "today": HANDED_OUT.date()}
        period_id = add_period(self.rollout_id, *MARCH, by=self.house.alice, now=HANDED_OUT).id
        lead, period = Standing(self.rollout_id, LEAD, None), get_period(self.rollout_id, period_id)
        items = (PlanItem(VISITS, 6_000, 60, 3), PlanItem(CONTACTS, 4_000, 6, 4))
        plans.write_plan(self.rollout_id, period, "seller", items, DaySettings(), seen=None, **said)  # type: ignore[arg-type]
        wanted = {(who, key): Target(goal) for who in self.accounts for key, goal in GOALS.items()}
        targets.set_targets(lead, period, wanted, stamp=None, **said)  # type: ignore[arg-type]
        delivering.deliver(lead, period, **said)  # type: ignore[arg-type]

    def count(self) -> None:
        """The CRM's log tells what each of them did."""
        basis = CountingBasis(LogBasis((), *MARCH), (), {})
        rows = [(who, key, TUESDAY, self.done_by(who)) for who in self.accounts for key in GOALS]
        told = CountedLog(tuple(row for row in rows if row[3]), tuple(GOALS), frozenset(self.accounts))
        counting.keep_counting(self.rollout_id, basis, told, by=None, now=AFTER)

    def done_by(self, who: int) -> int:
        """How many visits, and as many contacts."""
        return who % (MOST_DONE + 1)

    def earned_by(self, who: int) -> Decimal:
        """What the rule pays for it: 60 % by visits of 10, 40 % by contacts of 20, each capped."""
        done = self.done_by(who)
        return 60 * Decimal(min(done, 10)) + 20 * Decimal(done)

    def compute(self) -> tuple[PayRun, Job]:
        """Hanna has the month computed by a worker."""
        run = self.house.begin()
        arguments = {"rollout_id": self.rollout_id, "arguments": {"run_id": run.id}}
        job = enqueue_job(runs.COMPUTE_JOB, by_id=self.house.hanna.id, now=AFTER, **arguments)  # type: ignore[arg-type]
        self.work(job)
        return runs.get_run(self.rollout_id, run.id), db.session.get_one(Job, job.id)

    def work(self, job: Job) -> None:
        """A worker does it."""
        db.session.info.pop("queued_jobs", None)
        db.session.commit()
        run_job(job.id)

    def approve(self, run: PayRun, store: Store) -> None:
        """Alice checks, Hugo approves, who did not compute it."""
        runs.check_run(run, seen=run.pay_sha256, by=self.house.alice, now=AFTER)
        hugo = builders.a_member(self.rollout_id, Role.HR)
        seen = {"seen": run.pay_sha256, "files_seen": see_files(run)}
        runs.approve_run(run, **seen, roles=HR, store=store, by=hugo, now=AFTER)


def read_archive(content: bytes) -> dict[str, bytes]:
    """The files of an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
