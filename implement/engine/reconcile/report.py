"""The reconciliation as one HTML page that needs nothing else: totals, causes, value at risk, first findings."""

from collections.abc import Iterable, Sequence
from html import escape

from implement.engine.reconcile.classes import CLASSES
from implement.engine.reconcile.findings import COLUMNS
from implement.engine.reconcile.run import Reconciliation

FINDINGS_SHOWN = 500
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { border-bottom: 1px solid #999; padding: .3rem .6rem; text-align: left; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


def render_report(found: Reconciliation, source: str, target: str) -> str:
    """Write the report of one reconciliation."""
    verdict = f"{found.harmful:,} harmful findings" if found.harmful else "Nothing harmful was found"
    sections = [
        f"<h1>Reconciliation of {escape(source)} with {escape(target)}</h1><p><strong>{verdict}.</strong></p>",
        "<h2>Tables</h2>",
        _tables(found),
        "<h2>Causes</h2>",
        _causes(found),
        "<h2>Value at risk</h2>",
        _risk(found),
        "<h2>Findings</h2>",
        _findings(found),
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Reconciliation</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(sections)}</body></html>\n"
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
        return f"<td class='number'>{cell:,}</td>"
    return f"<td>{escape(str(cell))}</td>"
