"""The rest of the demonstration's audit: guests who answer by link, a contradiction, workflows, findings with money."""

import io
from datetime import datetime, timedelta
from fractions import Fraction

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.calculation import NamedFigure
from implement.engine.checklist import JoinedPack, RuleKind, Severity
from implement.rollout.service.log import Actor
from implement.stages.audit.service import findings, people, workflows
from implement.stages.audit.service.answers import save_answer
from implement.stages.audit.service.audits import find_audit, open_pack
from implement.stages.audit.service.evidence import attach_evidence
from implement.stages.audit.service.findings import FindingText
from implement.stages.audit.service.workflows import StepText, WorkflowText
from implement.stages.audit.tables import Audit
from implement.store import Store
from implement.web.access import Role

ASKED_DAYS_AGO = 118
GUESTS = {
    "Marek Wójcik": ("salesperson", "marek.wojcik@example.com", 2, {
        "first_hour.goal_stated": ("1",), "first_hour.tasks_listed": ("1",), "first_hour.reasons": ("others_have_it",),
        "first_hour.deadlines_kept": ("1",), "first_hour.client_places": ("own_spreadsheet",),
        "first_hour.average_order": ("1800",), "first_hour.unanswered_share": ("25",),
    }),
    "Sabine Vogt": ("salesperson", "sabine.vogt@example.com", 9, {
        "first_hour.goal_stated": ("not_known",), "first_hour.reasons": ("requests_lost",),
    }),
}  # fmt: skip
SECTIONS = ("audit.first_hour.purpose", "audit.first_hour.losses", "audit.first_hour.records")
TODAY = (
    StepText("Take the request down", "Office", "Mailbox", 6),
    StepText("Ask who knows the customer", "Office", "Telephone", 12, 30, True),
    StepText("Work out the price", "Salesperson", "Own spreadsheet", 35, 240),
    StepText("Have the discount agreed", "Head of sales", "Corridor", 10, 960, True),
    StepText("Write the offer", "Salesperson", "Word", 20, 60),
    StepText("Type the order in once more", "Office", "Accounting", 9, 120),
)
WANTED = {"Ask who knows the customer": None, "Type the order in once more": None, "Have the discount agreed": 4}
WORKFLOW = WorkflowText("From request to order", runs_per_month=420, hour_cost_minor=4200)
UNCLEAR = "Who may grant which discount is decided anew each time, and nobody knows who speaks to which customer."
NOTED = FindingText(
    RuleKind.FINDING, Severity.HIGH, "Offers over 20,000 are not followed up after the first call.",
    cause="Nobody is reminded, and the second call brings no bonus.",
    recommendation="A reminder on the fifth day, and the head sees offers without a next step.",
    evidence="Folder of offers of the first quarter: 31 of 52 without a note after the first call.",
    figures=(
        NamedFigure("offers a quarter without a second call", Fraction(31)), NamedFigure("quarters", Fraction(4)),
        NamedFigure("share that would close", Fraction(8, 100), is_share=True),
        NamedFigure("money of an order", Fraction(2360)),
    ),
)  # fmt: skip
ORDER_BOOK = b"offer;amount;calls\n1041;21400;1\n1042;23900;1\n1043;20750;3\n"


def tell(rollout_id: int, store: Store) -> bool:
    """Ask guests, let them answer, and write down how work runs; False when that was done before."""
    audit = find_audit(rollout_id)
    if audit is None or people.list_requests(audit.id):
        return False
    pack, consultant = open_pack(audit, store), login_of(Role.CONSULTANT)
    asked_at = utc_now() - timedelta(days=ASKED_DAYS_AGO)
    for name, (role, email, days, said) in GUESTS.items():
        person = people.add_person(audit, name=name, role=role, email=email, by=consultant, now=asked_at)
        sections = [one for one in SECTIONS if one in {section.id for section in pack.sections}]
        people.ask_person(audit, pack, person, section_keys=sections, days=14, by=consultant, now=asked_at)
        guest = people.greet_guest(audit, person, pack)
        for question, words in said.items():
            item, then = pack.item(f"audit.{question}"), asked_at + timedelta(days=days)
            save_answer(audit, pack, item, person, words=words, note="", version=None, by=guest, now=then)
    _write_down(audit, pack, store, consultant, asked_at + timedelta(days=10))
    return True


def _write_down(audit: Audit, pack: JoinedPack, store: Store, by: Actor, now: datetime) -> None:
    """A workflow as it runs, unclear in two steps, the same as it should run, a finding, a file that was shown."""
    row = workflows.add_workflow(audit, WORKFLOW, by=by, now=now)
    for step in TODAY:
        workflows.add_step(audit, pack, row, step, by=by, now=now)
    workflows.mark_unclear(audit, pack, row, UNCLEAR, by=by, now=now)
    wanted = workflows.copy_as_wanted(audit, row, by=by, now=now)
    for step in workflows.read_workflow(wanted).steps:
        minutes = WANTED.get(step.title, step.work_minutes)
        if minutes is None:
            workflows.remove_step(audit, pack, wanted, step, is_back=False, by=by, now=now)
        elif minutes != step.work_minutes:
            text = StepText(step.title, step.who, "CRM", minutes, 30)
            workflows.change_step(audit, pack, wanted, step, text, by=by, now=now)
    findings.add_finding(audit, pack, NOTED, by=by, now=now)
    kept, person = store.put(io.BytesIO(ORDER_BOOK)), people.list_people(audit.id)[-1]
    item = pack.item("audit.first_hour.deadlines_kept")
    attach_evidence(audit, pack, item, person, name="offers-q1.csv", stored=kept, by=by, now=now)
