"""What a director reads on two pages: verdict, picture, what to settle first, dearest findings, who took part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from implement.engine.checklist import Evaluation, JoinedPack, Severity
from implement.engine.readiness import assess_readiness
from implement.stages.audit.findings_page import FindingView, SectionLine, draw_maturity, write_findings, write_sections
from implement.stages.audit.service.audits import evaluate_audit
from implement.stages.audit.service.findings import list_own_findings
from implement.stages.audit.service.participation import Participation, list_participation
from implement.stages.audit.tables import Audit
from implement.stages.audit.words import say_packs
from implement.web.charts import Chart
from implement.web.texts import _, _n, language


@dataclass(frozen=True)
class PaperRoom:
    """How much fits on the two pages, in rows and in letters."""

    obstacles: int = 6
    obstacle_letters: int = 1500
    findings: int = 7
    finding_letters: int = 2100
    people: int = 7
    weakest: int = 3
    disputed: int = 6


TWO_PAGES = PaperRoom()
HEADING_LETTERS, LINE_LETTERS = 250, 100  # of the paper: what a heading takes, what a line holds


@dataclass(frozen=True)
class DirectorsReport:
    """Everything on the two pages, in words; `further` findings stand only on the page of findings."""

    verdict: str
    now: datetime
    packs: str
    said: Evaluation
    picture: Chart
    weakest: tuple[SectionLine, ...]
    obstacles: tuple[FindingView, ...]
    findings: tuple[FindingView, ...]
    further: int
    dearest: FindingView | None
    finding_count: int
    risk_count: int
    people: tuple[Participation, ...]
    further_people: int
    disputed: tuple[str, ...]
    further_disputed: int


def write_report(
    audit: Audit, pack: JoinedPack, currency: str, *, now: datetime, room: PaperRoom = TWO_PAGES
) -> DirectorsReport:
    """Choose what a director should read, so that it fits on two pages."""
    said = evaluate_audit(audit, pack)
    readiness = assess_readiness(said)
    found = write_findings(pack, [*said.findings, *said.risks], list_own_findings(audit.id), currency, audit.rollout_id)
    critical = [one for one in found if one.severity is Severity.CRITICAL]
    obstacles = fit(critical, room.obstacles, room.obstacle_letters)
    others = sorted((one for one in found if one not in obstacles), key=lambda one: -one.amount)
    shown = fit(others, room.findings, room.finding_letters)
    known = [line for line in write_sections(readiness) if line.level]
    people = [one for one in list_participation(audit, pack, now=now) if one.of]
    return DirectorsReport(
        verdict=say_verdict(said, len(critical), readiness.is_ready),
        now=now,
        packs=say_packs(pack),
        said=said,
        picture=draw_maturity(pack, readiness),
        weakest=tuple(
            islice(sorted((line for line in known if line.tone != "good"), key=lambda line: line.level), room.weakest)
        ),
        obstacles=obstacles,
        findings=shown,
        further=len(found) - len(obstacles) - len(shown),
        dearest=max((one for one in found if one.amount), key=lambda one: one.amount, default=None),
        finding_count=audit.findings,
        risk_count=audit.risks,
        people=tuple(people[: room.people]),
        further_people=max(0, len(people) - room.people),
        disputed=tuple(one.item.label.in_language(language()) for one in said.contradictions[: room.disputed]),
        further_disputed=max(0, len(said.contradictions) - room.disputed),
    )


def leave_room(room: PaperRoom, exceptions: Sequence[str]) -> PaperRoom:
    """Less paper for findings where reasons of exceptions stand too."""
    taken = HEADING_LETTERS + sum(LINE_LETTERS + len(reason) for reason in exceptions) if exceptions else 0
    return replace(room, finding_letters=max(0, room.finding_letters - taken))


def say_verdict(said: Evaluation, critical: int, is_ready: bool | None) -> str:
    """The first sentence of the report."""
    if critical:
        return _n(
            "One thing has to be settled before the rollout begins.",
            "%(num)d things have to be settled before the rollout begins.",
            critical,
        )
    if is_ready:
        return _("The firm is ready to begin.")
    if is_ready is None:
        left = said.of - said.answered
        return _n(
            "Too little is known for a verdict: one question is open.",
            "Too little is known for a verdict: %(num)d questions are open.",
            left,
        )
    return _("The rollout can be prepared; the weak sections have to be put in order first.")


def fit(findings: Sequence[FindingView], most: int, letters: int) -> tuple[FindingView, ...]:
    """As many findings from the front as there is paper for."""
    chosen: list[FindingView] = []
    for one in findings[:most]:
        letters -= len(one.problem) + len(one.recommendation) + len(one.calculation)
        if letters < 0:
            break
        chosen.append(one)
    return tuple(chosen)
