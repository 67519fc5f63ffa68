"""A version is approved by a second person, and by the council where law or agreement ask for it, before it is handed
out (R3, R6); what the law forbids is not handed out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from implement.engine.law import PROFILES, Circumstances, Limit, Terms, judge_terms, read_terms
from implement.rollout.service import regulations
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.regulations import RegulationVersion, VersionRow, list_bound, write_content
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.signatures import SignedBy, list_signed, sign
from implement.web.access import Role
from implement.web.texts import _, day, in_language, lazy

APPROVING = (Role.COUNCIL, Role.LEAD, Role.HR, Role.CONSULTANT, Role.ADMIN)
"""In which role somebody approves who has several: as the council where they are on it."""


@dataclass(frozen=True)
class Approval:
    """Who approved a version, and who still must: a `second` person, or the `council`."""

    signed: tuple[SignedBy, ...]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """True when it may be handed out."""
        return not self.missing


def read_approval(rollout_id: int, version_id: int) -> Approval:
    """How far the approval of one version is."""
    row = next(one for one in regulations.list_versions(rollout_id) if one.version_id == version_id)
    return read_approvals(rollout_id, [row])[version_id]


def read_approvals(
    rollout_id: int, rows: Sequence[VersionRow], *, before: datetime | None = None
) -> dict[int, Approval]:
    """How far the approval of each version is, or was before an instant; the author's own signature counts for
    nothing.
    """
    signed, council_demanded = list_signed(rollout_id, "version"), _demands_council(rollout_id)
    profile = PROFILES[get_rollout(rollout_id).legal_profile]
    found = {}
    for row in rows:
        mine = [one for one in signed.get(_subject(row.version_id), []) if one.sha256 == row.sha256]
        timely = [one for one in mine if before is None or one.at <= before]
        others = tuple(one for one in timely if one.user_id != row.by_id)
        by_law = profile.council_approves_kpis and row.terms.measures_people
        needs_council = row.kind == "agreement" or by_law or council_demanded
        missing = [] if others else ["second"]
        if needs_council and not any(one.role == Role.COUNCIL for one in others):
            missing = ["council"]
        found[row.version_id] = Approval(others, tuple(missing))
    return found


def approve_version(
    rollout_id: int, version: RegulationVersion, *, roles: frozenset[Role], by: Actor, now: datetime
) -> None:
    """Approve exactly this text with its terms, by a signature; not one's own."""
    if version.by_id == by.id:
        raise NotAllowed(lazy("A second person approves: somebody else than whoever wrote this version."))
    role = next((one for one in APPROVING if one in roles), None)
    if role is None:
        raise NotAllowed(lazy("Your role does not approve regulations."))
    content = write_content(version.text, version.valid_from, version.terms)
    sign(rollout_id, _subject(version.id), content, role=role, roles=roles, by=by, now=now)


def judge_version(rollout_id: int, kind: str, said: RegulationVersion, *, today: date) -> list[Limit]:
    """Which limits of the law a version (or a draft) touches if it were handed out today."""
    return judge_words(rollout_id, kind, said.text, said.valid_from, read_terms(said.terms), today=today)


def judge_words(rollout_id: int, kind: str, text: str, valid_from: date, terms: Terms, *, today: date) -> list[Limit]:
    """The same for words that are not kept yet."""
    agreement = regulations.version_in_force(rollout_id, "agreement", max(valid_from, today))
    agreed = None if agreement is None else frozenset(one.key for one in read_terms(agreement.terms).kpis)
    around = Circumstances(valid_from, today, is_agreement=kind == "agreement", agreed_kpis=agreed, text=text)
    return judge_terms(terms, PROFILES[get_rollout(rollout_id).legal_profile], around)


def hand_out_version(rollout_id: int, version_id: int, *, by: Actor, now: datetime, today: date) -> int:
    """Hand an approved version out to everybody it binds, and write to each; returns how many they are."""
    regulation, version = regulations.get_version(rollout_id, version_id)
    if not read_approval(rollout_id, version_id).is_complete:
        raise RuleBroken(lazy("This version is not approved yet: somebody else than its author must approve it first."))
    forbidding = [one for one in judge_version(rollout_id, regulation.kind, version, today=today) if one.forbids]
    if forbidding and version.handed_out_at is None:
        rules = ", ".join(sorted({one.rule for one in forbidding}))
        raise RuleBroken(lazy("The law that applies here forbids it (%(rules)s); see what the page says.", rules=rules))
    regulations.hand_out(version, rollout_id, by=by, now=now)
    terms = read_terms(version.terms)
    bound = list_bound(rollout_id, [version.id], {version.id: terms})[version.id]
    for one in bound:
        if one.user_id is None:  # reads by a link, which is not known here
            continue
        with in_language(one.language or "en"):
            subject = _("Please read and acknowledge: %(title)s", title=regulation.title)
            body = _(
                "“%(title)s”, version %(number)s, was handed out to you. It is valid from %(day)s. Please read it and "
                "acknowledge it in Implement within %(days)s days.",
                title=regulation.title, number=version.number, day=day(version.valid_from),
                days=terms.days_to_acknowledge,
            )  # fmt: skip
        post_mail(f"regulation:{version.id}:{one.user_id}", to=one.email, subject=subject, body=body, now=now)
    return len(bound)


def _demands_council(rollout_id: int) -> bool:
    """True when an agreement that was handed out demands the council's approval of every regulation."""
    newest = regulations.list_newest(rollout_id).values()
    return any(row.kind == "agreement" and row.terms.council_approves for row in newest)


def _subject(version_id: int) -> str:
    return f"version:{version_id}"
