"""Findings and maturity as pages and reports show them: in words, with money, calculation and the answers behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.checklist import Finding, Pack, RuleKind, Severity
from implement.engine.checklist.pack import HIGHEST_LEVEL
from implement.engine.readiness import Readiness
from implement.stages.audit.screen import number_of
from implement.stages.audit.tables import OwnFinding
from implement.stages.audit.words import (
    KIND_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    say_calculation,
    say_maturity,
    say_missing,
    say_money,
    tone_of_maturity,
)
from implement.web.charts import Chart, bars
from implement.web.texts import _, language, number

MINOR_UNITS = 100


@dataclass(frozen=True)
class Source:
    """A question whose answer a finding follows from."""

    number: int
    label: str


@dataclass(frozen=True)
class FindingView:
    """A finding ready to be read; `own_id` marks one that the consultant wrote."""

    anchor: str
    kind: RuleKind
    severity: Severity
    problem: str
    cause: str
    recommendation: str
    money: str
    amount: Fraction
    calculation: str
    missing: str
    money_note: str
    sources: tuple[Source, ...]
    is_disputed: bool = False
    own_id: int | None = None
    by_name: str = ""

    @property
    def severity_word(self) -> str:
        """How grave it is, in a word."""
        return str(SEVERITY_LABELS[self.severity])

    @property
    def kind_word(self) -> str:
        """Whether it is a trouble of today or a risk."""
        return str(KIND_LABELS[self.kind])

    @property
    def tone(self) -> str:
        """The tone of its severity."""
        return SEVERITY_TONES[self.severity]


@dataclass(frozen=True)
class SectionLine:
    """A section with its maturity in figures and words."""

    title: str
    level: str
    word: str
    tone: str
    n: int
    of: int


def write_findings(pack: Pack, found: Sequence[Finding], own: Sequence[OwnFinding], currency: str) -> list[FindingView]:
    """Findings of the rules and the consultant's, the gravest first, then those with most money."""
    views = [_write_found(pack, one, currency) for one in found] + [_write_own(pack, row, currency) for row in own]
    return sorted(views, key=lambda view: (-view.severity, -view.amount))


def draw_maturity(readiness: Readiness) -> Chart:
    """Maturity by section from 0 to 4, silent where too little was answered."""
    speaks = language()
    levels = [one.maturity.level for one in readiness.sections]
    words = [say_maturity(level) for level in levels]
    counts = [
        _("%(n)s of %(of)s answered", n=number(one.maturity.n), of=number(one.maturity.of))
        for one in readiness.sections
    ]
    notes = {(row, 1): f"{word} ({count})" for row, (word, count) in enumerate(zip(words, counts, strict=True))}
    return bars(
        _("Maturity by section"),
        _("From 0 (absent) to 4 (exemplary), from the answers that can be scored; a start needs 2 in each section."),
        headings=(_("Section"), _("Maturity, 0 to 4")),
        labels=[one.section.title.in_language(speaks) for one in readiness.sections],
        values=levels,
        tones=[tone_of_maturity(level) for level in levels],
        notes=notes,
        full=HIGHEST_LEVEL,
    )


def write_sections(readiness: Readiness) -> list[SectionLine]:
    """The sections with maturity in words."""
    lines = []
    for one in readiness.sections:
        level = one.maturity.level
        title = one.section.title.in_language(language())
        shown = number(level) if level is not None else ""
        lines.append(
            SectionLine(title, shown, say_maturity(level), tone_of_maturity(level), one.maturity.n, one.maturity.of)
        )
    return lines


def _write_found(pack: Pack, found: Finding, currency: str) -> FindingView:
    money, speaks = found.money, language()
    amount = money.amount_per_year if money else None
    behind = dict.fromkeys(answer.item_id for answer in found.follows_from)
    return FindingView(
        anchor="-".join(["finding", *found.rule.id.split(".")[-2:]]),
        kind=found.rule.kind,
        severity=found.rule.severity,
        problem=found.problem(speaks),
        cause=found.cause(speaks),
        recommendation=found.recommendation(speaks),
        money=say_money(amount, currency) if amount is not None else "",
        amount=amount or Fraction(0),
        calculation=say_calculation(money, currency) if money else "",
        missing=say_missing(money, pack) if money and money.missing else "",
        money_note=money.note.in_language(speaks) if money else "",
        sources=tuple(_source(pack, item_id) for item_id in behind),
        is_disputed=found.disputed,
    )


def _write_own(pack: Pack, row: OwnFinding, currency: str) -> FindingView:
    minor = row.amount_minor_per_year
    amount = Fraction(minor, MINOR_UNITS) if minor is not None else None
    return FindingView(
        anchor=f"own-{row.id}",
        kind=RuleKind(row.kind),
        severity=Severity(row.severity),
        problem=row.problem,
        cause=row.cause,
        recommendation=row.recommendation,
        money=say_money(amount, currency) if amount is not None else "",
        amount=amount or Fraction(0),
        calculation=row.calculation,
        missing="",
        money_note="",
        sources=(_source(pack, row.item_id),) if row.item_id else (),
        own_id=row.id,
        by_name=row.by_name,
    )


def _source(pack: Pack, item_id: str) -> Source:
    item = pack.item(item_id)
    return Source(number_of(pack, item), item.label.in_language(language()))
