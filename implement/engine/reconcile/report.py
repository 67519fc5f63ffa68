"""The reconciliation as one HTML page that needs nothing else: totals, causes, value at risk, first findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from implement.engine.reconcile.classes import CLASSES
from implement.engine.reconcile.findings import COLUMNS
from implement.engine.reconcile.run import Reconciliation

FINDINGS_SHOWN = 500


@dataclass(frozen=True)
class Looks:
    """How the report looks: styles, and a picture as SVG; both are put in as they stand."""

    style: str = ""
    picture: str = ""


def render_report(found: Reconciliation, source: str, target: str, looks: Looks = Looks()) -> str:
    """Write the report of one reconciliation."""
    title = f"Reconciliation of {escape(source)} with {escape(target)}"
    sections = [
        f"<h1>{title}</h1>{_verdict(found)}",
        "<h2>Tables</h2>",
        _tables(found),
        f'<figure class="chart">{looks.picture}</figure>' if looks.picture else "",
        "<h2>Causes</h2>",
        _causes(found),
        "<h2>Value at risk</h2>",
        _risk(found),
        "<h2>Findings</h2>",
        _findings(found),
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Reconciliation</title><style>{looks.style}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(sections)}</body></html>\n'


def _verdict(found: Reconciliation) -> str:
    """The answer first: what harm there is, and how many records arrived of how many."""
    said = f"{found.harmful:,} harmful findings" if found.harmful else "Nothing harmful was found"
    before, arrived = sum(t.source_rows for t in found.tables), sum(t.arrived for t in found.tables)
    return (
        f'<div class="verdict{" is-bad" if found.harmful else ""}"><p><strong>{said}.</strong></p>'
        f"<p>{arrived:,} of {before:,} records arrived; {len(found.causes):,} causes were found.</p></div>"
    )


def _tables(found: Reconciliation) -> str:
    rows = [
        [
            t.table,
            t.target or "–",
            t.source_rows,
            t.target_rows,
            t.arrived,
            t.unchanged,
            t.changed,
            ", ".join(f"{fate} {t.classes[fate]:,}" for fate in CLASSES if fate in t.classes) or "–",
        ]
        for t in found.tables
    ]
    return _table(
        ("Table", "Target", "Source rows", "Target rows", "Arrived", "Unchanged", "Changed", "Findings"), rows
    )


def _causes(found: Reconciliation) -> str:
    if not found.causes:
        return "<p>No findings share a cause.</p>"
    return "<ul>" + "".join(f"<li>{escape(cause.sentence)}</li>" for cause in found.causes) + "</ul>"


def _risk(found: Reconciliation) -> str:
    if not found.value_at_risk:
        return "<p>No table of deals with amounts and stages was found.</p>"
    parts = []
    for risk in found.value_at_risk:
        parts.append(f"<p>{escape(risk.table)}: open {escape(risk.open.said)}, won {escape(risk.won.said)}</p>")
        for column, sums in risk.by.items():
            rows = [[value or "(empty)", money.records, money.said] for value, money in list(sums.items())[:20]]
            parts.append(_table((column, "Records", "Amount"), rows) if rows else "")
    return "".join(parts)


def _findings(found: Reconciliation) -> str:
    shown = found.findings.select(list(COLUMNS)).slice(0, FINDINGS_SHOWN).to_pylist()
    note = f"<p>The first {len(shown):,} of {found.findings.num_rows:,} findings.</p>"
    return note + _table(COLUMNS, [list(row.values()) for row in shown])


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: object) -> str:
    if isinstance(cell, int):
        return f"<td class='num'>{cell:,}</td>"
    return f"<td>{escape(str(cell))}</td>"
