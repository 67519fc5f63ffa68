"""Findings and maturity as pages and reports show them: in words, with money, calculation and the answers behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.calculation import multiply
from implement.engine.checklist import Finding, JoinedPack, Pack, RuleKind, Severity, Text
from implement.engine.checklist.pack import HIGHEST_LEVEL
from implement.engine.readiness import Maturity, Readiness, SectionMaturity, sum_up
from implement.stages.audit.screen import number_of
from implement.stages.audit.service.findings import read_figures
from implement.stages.audit.service.found import key_of_own, key_of_rule
from implement.stages.audit.sources import find_source
from implement.stages.audit.tables import OwnFinding
from implement.stages.audit.words import (
    KIND_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    say_calculation,
    say_figures,
    say_maturity,
    say_missing,
    say_money,
    tone_of_maturity,
)
from implement.web.charts import Chart, bars
from implement.web.texts import _, language, number


@dataclass(frozen=True)
class Source:
    """A question whose answer a finding follows from."""

    number: int
    label: str


@dataclass(frozen=True)
class FindingView:
    """A finding ready to be read; `own_id` marks one that somebody wrote, `made_from` names a page and its address."""

    anchor: str
    pack_key: str
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
    evidence: str = ""
    made_from: tuple[str, str] = ("", "")

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
    """A section or a pack with its maturity in figures and words."""

    title: str
    level: str
    word: str
    tone: str
    n: int
    of: int
    value: Fraction | None


def write_findings(
    pack: Pack, found: Sequence[Finding], own: Sequence[OwnFinding], currency: str, rollout_id: int
) -> list[FindingView]:
    """Findings of the rules and the consultant's, the gravest first, then those with most money."""
    views = [_write_found(pack, one, currency) for one in found]
    views += [_write_own(pack, row, currency, rollout_id) for row in own]
    return sorted(views, key=lambda view: (-view.severity, -view.amount))


def pack_of(rule_id: str) -> str:
    """The id of the pack that a rule stands in: without the names of its question and its own."""
    return rule_id.rsplit(".", 2)[0]


def draw_maturity(pack: JoinedPack, readiness: Readiness) -> Chart:
    """Maturity from 0 to 4 by section, or by pack where there are several; silent where too little was answered."""
    is_by_pack = len(pack.packs) > 1
    lines = write_packs(pack, readiness) if is_by_pack else write_sections(readiness)
    return draw_lines(_("Maturity by pack") if is_by_pack else _("Maturity by section"), lines,
                      heading=_("Pack") if is_by_pack else _("Section"))  # fmt: skip


def draw_lines(title: str, lines: Sequence[SectionLine], *, heading: str) -> Chart:
    """Maturity of sections or packs, a bar each."""
    counts = [_("%(n)s of %(of)s answered", n=number(one.n), of=number(one.of)) for one in lines]
    notes = {(row, 1): f"{one.word} ({count})" for row, (one, count) in enumerate(zip(lines, counts, strict=True))}
    return bars(
        title,
        _("From 0 (absent) to 4 (exemplary), from the answers that can be scored; a start needs 2 in each section."),
        headings=(heading, _("Maturity, 0 to 4")),
        labels=[one.title for one in lines],
        values=[one.value for one in lines],
        tones=[one.tone for one in lines],
        notes=notes,
        full=HIGHEST_LEVEL,
    )


def write_sections(readiness: Readiness) -> list[SectionLine]:
    """The sections with maturity in words."""
    return [_write_line(one.section.title, one.maturity) for one in readiness.sections]


def write_packs(pack: JoinedPack, readiness: Readiness) -> list[SectionLine]:
    """The packs of an audit with the mean of what their sections say."""
    by_pack: dict[str, list[SectionMaturity]] = {one.id: [] for one in pack.packs}
    for section in readiness.sections:
        by_pack[pack.origins[section.section.id].id].append(section)
    return [_write_line(one.title, sum_up(by_pack[one.id])) for one in pack.packs]


def _write_line(title: Text, maturity: Maturity) -> SectionLine:
    level = maturity.level
    shown = number(level) if level is not None else ""
    words = (title.in_language(language()), shown, say_maturity(level), tone_of_maturity(level))
    return SectionLine(*words, maturity.n, maturity.of, level)


def _write_found(pack: Pack, found: Finding, currency: str) -> FindingView:
    money, speaks = found.money, language()
    amount = money.amount_per_year if money else None
    behind = dict.fromkeys(answer.item_id for answer in found.follows_from)
    return FindingView(
        anchor=key_of_rule(found.rule.id),
        pack_key=pack_of(found.rule.id),
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


def _write_own(pack: Pack, row: OwnFinding, currency: str, rollout_id: int) -> FindingView:
    figures = read_figures(row)
    amount = multiply(figures)
    return FindingView(
        anchor=key_of_own(row.id),
        pack_key="",
        kind=RuleKind(row.kind),
        severity=Severity(row.severity),
        problem=row.problem,
        cause=row.cause,
        recommendation=row.recommendation,
        money=say_money(amount, currency) if amount is not None else "",
        amount=amount or Fraction(0),
        calculation=say_figures(figures, currency),
        missing="",
        money_note="",
        sources=(_source(pack, row.item_id),) if row.item_id else (),
        own_id=row.id,
        by_name=row.by_name,
        evidence=row.evidence,
        made_from=find_source(row.source, rollout_id),
    )


def _source(pack: Pack, item_id: str) -> Source:
    item = pack.item(item_id)
    return Source(number_of(pack, item), item.label.in_language(language()))
