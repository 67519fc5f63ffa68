"""The full report, chapter by chapter: two pages for the director, then everything behind them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from markupsafe import Markup

from implement.engine.checklist import Evaluation, JoinedPack
from implement.engine.readiness import assess_readiness
from implement.rollout.rail import STAGE_LABELS
from implement.rollout.registries import registries
from implement.rollout.service.reports import ReportFrame
from implement.rollout.service.rollouts import local_day
from implement.rollout.stages import Stage
from implement.stages.audit.directors_report import write_report
from implement.stages.audit.findings_page import FindingView, draw_lines, write_findings
from implement.stages.audit.overview import AskedQuestion, write_sheets
from implement.stages.audit.packs_page import write_chapters as write_packs
from implement.stages.audit.screen import Answers
from implement.stages.audit.service.answers import list_answers
from implement.stages.audit.service.audits import evaluate_audit
from implement.stages.audit.service.evidence import list_evidence
from implement.stages.audit.service.findings import MINOR_UNITS, list_own_findings
from implement.stages.audit.service.participation import list_participation
from implement.stages.audit.service.workflows import list_workflows
from implement.stages.audit.tables import Audit
from implement.stages.audit.workflows_page import write_workflows
from implement.web.charts import Chart, bars
from implement.web.texts import _, language

MOST_BARS = 15
OWN_CHAPTER = "audit/_chapter.html"


@dataclass(frozen=True)
class WrittenChapter:
    """A chapter in HTML, with the name under which it stands in the list of contents."""

    key: str
    title: str
    body: str


@dataclass(frozen=True)
class Material:
    """Everything the chapters draw on, read once."""

    audit: Audit
    pack: JoinedPack
    currency: str
    frame: ReportFrame
    now: datetime
    said: Evaluation
    answers: Answers
    findings: Sequence[FindingView]


def gather_material(audit: Audit, pack: JoinedPack, currency: str, frame: ReportFrame, *, now: datetime) -> Material:
    """Read answers, files and findings once for all chapters."""
    said = evaluate_audit(audit, pack)
    answers = Answers(
        rows=list_answers(audit.id),
        files=list_evidence(audit.id),
        currency=currency,
        disputed=frozenset(one.item.id for one in said.contradictions),
    )
    found = [*said.findings, *said.risks]
    findings = write_findings(pack, found, list_own_findings(audit.id), currency, audit.rollout_id)
    return Material(audit, pack, currency, frame, now, said, answers, findings)


def write_chapters(what: Material) -> list[WrittenChapter]:
    """All chapters that have something to say, in their order."""
    parts = [_director(what), _money(what), _findings(what), _maturity(what), *_registered(what), _workflows(what),
             _contradictions(what), *_answers(what), _people(what), _evidence(what)]  # fmt: skip
    return [one for one in parts if one is not None]


def draw_money(findings: Sequence[FindingView], currency: str) -> Chart:
    """The dearest findings, each with its money a year."""
    dear = sorted((one for one in findings if one.amount > 0), key=lambda one: -one.amount)[:MOST_BARS]
    return bars(
        _("Money a year by finding"),
        _("What follows from the answers and the calculations below; findings overlap, so the bars are not summed."),
        headings=(_("Finding"), _("Money a year")),
        labels=[one.problem for one in dear],
        values=[round(one.amount * MINOR_UNITS) for one in dear],
        kind="money",
        currency=currency,
    )


def _write(key: str, title: str, template: str, **values: object) -> WrittenChapter:
    return WrittenChapter(key, title, render_template(f"audit/full/_{template}.html", title=title, **values))


def _director(what: Material) -> WrittenChapter:
    report = write_report(what.audit, what.pack, what.currency, now=what.now)
    labels: Mapping[Stage, object] = STAGE_LABELS
    body = render_template("audit/_report.html", report=report, frame=what.frame, stage_labels=labels)
    return WrittenChapter("director", _("For the director"), body)


def _money(what: Material) -> WrittenChapter | None:
    dear = sorted((one for one in what.findings if one.amount > 0), key=lambda one: -one.amount)
    if not dear:
        return None
    picture = draw_money(what.findings, what.currency)
    return _write("money", _("What it costs"), "money", findings=dear, picture=picture, currency=what.currency)


def _findings(what: Material) -> WrittenChapter | None:
    if not what.findings:
        return None
    return _write("findings", _("Findings and risks"), "findings", findings=what.findings)


def _maturity(what: Material) -> WrittenChapter:
    readiness = assess_readiness(what.said)
    packs = write_packs(what.pack, what.said, readiness)
    said = {one.title: _("Maturity: %(pack)s", pack=one.title) for one in packs}
    pictures = [draw_lines(said[one.title], one.sections, heading=_("Section")) for one in packs]
    return _write("maturity", _("Maturity"), "maturity", packs=packs, pictures=pictures)


def _registered(what: Material) -> Iterator[WrittenChapter]:
    """What others have registered for the audit's stage, such as the funnel; the hall's short chapter is not it."""
    sections = [one for one in registries().report_sections if one.stage is Stage.AUDIT and one.template != OWN_CHAPTER]
    for place, section in enumerate(sorted(sections, key=lambda one: one.position)):
        values = section.gather(what.audit.rollout_id, None, local_day(what.audit.rollout_id, what.now))
        if values is not None:
            inner = render_template(section.template, **values)
            title = str(section.title)
            yield _write(f"more-{place}", title[:1].upper() + title[1:], "registered", inner=Markup(inner))


def _workflows(what: Material) -> WrittenChapter | None:
    views = write_workflows(list_workflows(what.audit.id), what.currency)
    if not views:
        return None
    return _write("workflows", _("Workflows"), "workflows", workflows=views)


def _contradictions(what: Material) -> WrittenChapter | None:
    asked = [one for sheet in write_sheets(what.pack, what.answers, only="contradictions") for one in sheet.questions]
    if not asked:
        return None
    return _write("contradictions", _("Where people contradict each other"), "answers", sheets=[("", asked)])


def _answers(what: Material) -> Iterator[WrittenChapter]:
    """One chapter for each pack, so that a long report is written and printed piece by piece."""
    sheets = write_sheets(what.pack, what.answers, only="")
    origins = [what.pack.origins[section.id] for section in what.pack.sections]
    for pack in what.pack.packs:
        own: list[tuple[str, Sequence[AskedQuestion]]] = [
            (sheet.title, sheet.questions) for sheet, origin in zip(sheets, origins, strict=True) if origin is pack
        ]
        title = _("Answers: %(pack)s", pack=pack.title.in_language(language()))
        yield _write(f"answers-{pack.id.replace('.', '-')}", title, "answers", sheets=own)


def _people(what: Material) -> WrittenChapter | None:
    people = [one for one in list_participation(what.audit, what.pack, now=what.now) if one.of]
    if not people:
        return None
    return _write("people", _("Who took part"), "people", people=people, now=what.now)


def _evidence(what: Material) -> WrittenChapter | None:
    if not what.answers.files:
        return None
    return _write("evidence", _("Files that were shown"), "evidence", files=what.answers.files, pack=what.pack)
