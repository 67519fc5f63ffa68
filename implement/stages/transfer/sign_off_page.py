"""The report that both sides sign: what it says, and how it is written as a document and printed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import current_app, render_template, request
from markupsafe import Markup

from implement.db import db
from implement.engine.mapping import Mapping
from implement.rollout.service.reports import ReportFrame
from implement.rollout.service.signatures import SIDES, SignedBy, hash_bytes
from implement.stages.transfer import totals_page
from implement.stages.transfer.case_words import STATE_LABELS, say_case
from implement.stages.transfer.money_page import say_sums
from implement.stages.transfer.pictures import draw_flow
from implement.stages.transfer.run_page import DiscrepancyLine, RunPage
from implement.stages.transfer.service.at_risk import AtRisk, read_at_risk
from implement.stages.transfer.service.case_list import SettledCase, list_settled
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.sign_off import Paper, is_unharmed, list_signed
from implement.stages.transfer.service.totals import TotalLine, list_totals
from implement.stages.transfer.tables import MappingVersion, SignOff, TransferRun
from implement.stages.transfer.words import FATE_LABELS
from implement.store import Store
from implement.web.access import Role
from implement.web.charts import Chart
from implement.web.pdf import render_pdf
from implement.web.texts import in_language

MOST_CAUSES, MOST_CLIENTS = 15, 10


@dataclass(frozen=True)
class Relation:
    """How a relation arrived: records that lost it and records that point elsewhere."""

    table: str
    column: str
    parent: str
    torn: int
    wrong: int


@dataclass(frozen=True)
class LeftBehind:
    """A table or column that was left behind on purpose; `column` is empty for a whole table."""

    table: str
    column: str
    reason: str


@dataclass(frozen=True)
class SignOffReport:
    """Everything the report says of one run."""

    page: RunPage
    mapping: Mapping
    mapping_sha256: str
    settled: Sequence[SettledCase]
    found: AtRisk

    @classmethod
    def open(cls, run: TransferRun, store: Store) -> "SignOffReport":
        """Read what a run found, what was decided on it, and what it was frozen with."""
        version = db.session.get_one(MappingVersion, run.mapping_id)
        mapping, settled = load_mapping(version, store=store), list_settled(run.id)
        return cls(RunPage.open(run), mapping, version.sha256, settled, read_at_risk(run, store=store))

    @property
    def run(self) -> TransferRun:
        """The run itself."""
        return self.page.run

    @property
    def flow(self) -> Chart:
        """Where the records went; its bands lead nowhere, because a document stands alone."""
        return draw_flow(self.page.results, lambda **_asked: "#tables")

    @property
    def causes(self) -> list[DiscrepancyLine]:
        """The largest causes."""
        return self.page.lines[:MOST_CAUSES]

    @property
    def relations(self) -> list[Relation]:
        """Every relation between compared tables, the harmed ones first."""
        results = self.page.results
        parents: dict[tuple[str, str], list[str]] = defaultdict(list)
        for table, one in ((t.source, one) for t in self.mapping.tables if t.target for one in t.relations):
            parents[table, one.column].append(one.parent)
        counts = {
            (one.table_name, one.field, one.fate): 0 for one in results.discrepancies if not one.is_whole
        }  # fmt: skip
        for one in results.discrepancies:
            if not one.is_whole:
                counts[one.table_name, one.field, one.fate] += one.findings
        rows = [
            Relation(table, column, ", ".join(names), *(counts.get((table, column, fate), 0)
                     for fate in ("torn_relation", "wrong_relation")))
            for (table, column), names in parents.items()
        ]  # fmt: skip
        return sorted(rows, key=lambda one: (-one.torn - one.wrong, one.table, one.column))

    @property
    def control_totals(self) -> list[TotalLine]:
        """What the old system itself counted, as it was held against this run."""
        return [line for line in list_totals(self.run.rollout_id, self.run) if line.held is not None]

    @property
    def left_behind(self) -> list[LeftBehind]:
        """What was not transferred on purpose, with the reason."""
        tables = [LeftBehind(one.source, "", one.left_behind) for one in self.mapping.tables if one.left_behind]
        columns = [
            LeftBehind(table.source, column.source, column.left_behind)
            for table in self.mapping.tables
            for column in table.columns
            if column.left_behind
        ]
        return tables + columns

    @property
    def money(self) -> list[tuple[str, str, str]]:
        """Per table of deals: open and won money at risk."""
        return self.page.money

    @property
    def lost_clients(self) -> list[tuple[str, str, str, str]]:
        """The lost clients with most open money: name, open and won money, last contact."""
        currency = self.page.results.currency
        return [
            (one.name or one.key, say_sums(one.open, currency), say_sums(one.won, currency),
             one.last_contact.isoformat() if one.last_contact else "–")
            for lost in self.found.clients
            for one in lost.clients[:MOST_CLIENTS]
        ]  # fmt: skip


@dataclass(frozen=True)
class SignOffPage:
    """How the report of a run stands: its newest frozen edition (None before it was made) and who signed it.

    `is_current` while the run still reads as it did, `is_unharmed` while the kept bytes are those that were signed.
    """

    row: SignOff | None
    signed: Sequence[SignedBy]
    missing: Sequence[Role]
    is_current: bool
    is_unharmed: bool

    @classmethod
    def open(cls, run: TransferRun, row: SignOff | None, content: str, *, store: Store) -> "SignOffPage":
        """Look at the newest edition."""
        if row is None:
            return cls(None, (), SIDES, is_current=False, is_unharmed=True)
        signed = list_signed(row)
        missing = [side for side in SIDES if side not in {one.role for one in signed}]
        current = hash_bytes(content.encode()) == row.content_sha256
        return cls(row, signed, missing, is_current=current, is_unharmed=is_unharmed(row, store=store))

    @property
    def may_be_signed(self) -> bool:
        """True while somebody is missing and nothing changed since it was made."""
        return bool(self.missing) and self.is_current and self.is_unharmed


def write_content(run: TransferRun, store: Store, language: str) -> str:
    """What the report says, in one language; the same while results and decisions are the same."""
    with in_language(language):
        labels = {"fates": FATE_LABELS, "states": STATE_LABELS, "say_case": say_case, "say": totals_page}
        return render_template("transfer/parts/sign_off/content.html", one=SignOffReport.open(run, store), **labels)


def write_paper(
    run: TransferRun, content: str, frame: ReportFrame, *, language: str, made_by: str, made_at: datetime
) -> Paper:
    """The report as a document of its own and as a print, neither of which needs anything else."""
    around = {"frame": frame, "made_by": made_by, "made_at": made_at, "language": language, "number": run.number}
    with in_language(language):
        style = Markup(f"<style>{_read_style()}</style>")
        html = render_template(
            "transfer/parts/sign_off/document.html", content=Markup(content), style=style, **around
        ).encode()
    return Paper(language, content, html, _print(html, frame, language, ()))


def print_signed(row: SignOff, frame: ReportFrame, signed: Sequence[SignedBy], *, store: Store) -> bytes:
    """The very document that was signed, with the signatures of both sides on its last page."""
    return _print(store.path(row.html_sha256).read_bytes(), frame, row.language, signed)


def _print(html: bytes, frame: ReportFrame, language: str, signed: Sequence[SignedBy]) -> bytes:
    """Print the document; below it stand its fingerprint and who signed it."""
    with in_language(language):
        seal = render_template("report/_seal.html", sha256=hash_bytes(html), signed=signed, frame=frame)
    printed = html.decode().replace("</body>", f"{seal}</body>")
    return render_pdf(printed, request.url_root)


@cache
def _read_style() -> str:
    """The styles of printed reports."""
    folder = Path(current_app.static_folder or "")
    return (folder / "paper.css").read_text("utf-8") + (folder / "document.css").read_text("utf-8")
