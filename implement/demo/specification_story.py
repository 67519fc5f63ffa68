"""The demonstration's specification: requirements from findings, a proposed structure, terms that one side signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.threads import say
from implement.rollout.tables import User
from implement.stages.specification.service import terms
from implement.stages.specification.service.origins import list_origins
from implement.stages.specification.service.proposing import propose_structure
from implement.stages.specification.service.requirements import RequirementText, add_requirement, count_requirements
from implement.stages.specification.terms_paper import gather_terms, write_files
from implement.store import Store
from implement.web.access import Role

DAYS_AGO = 100
BUSINESSES = ("trade", "services")
COMMENT = "Ten minutes is what our best competitor promises; thirty is enough for the first wave."


@dataclass(frozen=True)
class Told:
    """A requirement as it was written in the workshop, and the beginnings of what it follows from."""

    follows_from: tuple[str, ...]
    text: str
    test: str
    priority: str
    owner: Role
    used_by: str
    needs: str


TOLD = (
    Told(
        ("aim:4", "unanswered_share", "requests_unanswered"),
        "A request that nobody has taken up within 30 minutes is shown to the head of the region.",
        "Send a request to the sales mailbox and leave it alone: after 31 minutes it stands on the head's first page.",
        "must",
        Role.HEAD,
        "Salesperson, Head of sales",
        "Time of the request, who took it up and when",
    ),
    Told(
        ("aim:1", "forgotten_offers"),
        "An open deal cannot be saved without a next step and its date.",
        "Empty the next step of an open deal and save: the CRM says what is missing and keeps the old one.",
        "must",
        Role.LEAD,
        "Salesperson",
        "Next step with date",
    ),
    Told(
        ("aim:2", "client_places", "leaver_customers", "search_hours"),
        "Everything agreed with a client stands on one page for whoever is in charge and their deputy.",
        "Let a colleague prepare a visit to a client they do not know: they need one page and less than five minutes.",
        "must",
        Role.HEAD,
        "Salesperson, Service and back office",
        "Contacts, deals, what was agreed, documents",
    ),
    Told(
        ("aim:3", "funnel_known", "repeat_known"),
        "The losses per stage and their reasons are there as chart and table, for any quarter.",
        "Close a test deal as lost with a reason: chart and table show it at once under that reason.",
        "should",
        Role.LEAD,
        "Head of sales",
        "Stage, day of each change, reason for the loss",
    ),
    Told(
        ("double_entry",),
        "Customers and orders reach the accounting system without being typed again.",
        "Win a test deal: the order stands in accounting by the next morning, with the same customer number.",
        "must",
        Role.LEAD,
        "Service and back office",
        "Customer number, products, amounts",
    ),
    Told(("entry_hours",), "Nobody types more than an hour a day.", "", "should", Role.LEAD, "Salesperson", ""),
)


def tell(rollout_id: int, store: Store) -> bool:
    """Write the specification down and let the consultant sign it; False when that was done before."""
    if count_requirements(rollout_id):
        return False
    by, then = login_of(Role.CONSULTANT), utc_now() - timedelta(days=DAYS_AGO)
    known = [one.choice for one in list_origins(rollout_id, store)]
    for told in TOLD:
        chosen = tuple(choice for choice in known if any(_names(choice, part) for part in told.follows_from))
        owner_id = login_of(told.owner).id
        said = RequirementText(told.text, told.test, told.priority, owner_id, told.used_by, told.needs, chosen)
        add_requirement(rollout_id, said, store, by=by, now=then)
    propose_structure(rollout_id, BUSINESSES, store=store, by=by, now=then)
    _make_terms(rollout_id, store, by, then)
    return True


def _names(choice: str, part: str) -> bool:
    """True for a task by its place, or for a finding of the question."""
    return choice == part or f"-{part}-" in choice


def _make_terms(rollout_id: int, store: Store, by: User, then: datetime) -> None:
    """The first version, discussed by the lead and signed by the consultant."""
    document = gather_terms(rollout_id, "en", local_day(rollout_id, then))
    files = write_files(document, rollout_id, 1, lambda done, of: None)
    row = terms.keep_version(rollout_id, document, files, note="After the workshop", store=store, by=by, now=then)
    say(rollout_id, terms.comment_subject("requirements"), COMMENT, by=login_of(Role.LEAD), now=then)
    signing = {"role": Role.CONSULTANT, "roles": frozenset({Role.CONSULTANT})}
    terms.sign_terms(row, seen=row.html_sha256, **signing, store=store, by=by, now=then)  # type: ignore[arg-type]
