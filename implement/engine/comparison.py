"""Two sets of findings compared as sets: what was mended, what is still there, what has come."""

import ibis
import ibis.expr.types as ir

from implement.engine.reconcile.classes import DUPLICATED

IDENTITY = ("table", "class", "field", "record", "copy")
"""What makes two findings of two runs the same: values and row numbers may change, these do not."""
FIXED, OPEN, NEW = "fixed", "open", "new"
CHANGES = (FIXED, OPEN, NEW)


def identify(findings: ir.Table) -> ir.Table:
    """Add to findings what they are recognised by: the source's id where there is one, and which further copy it is."""
    source, target = findings["source_id"], findings["target_id"]
    return findings.mutate(
        record=ibis.ifelse(source == "", target, source),
        copy=ibis.ifelse(findings["class"] == DUPLICATED, target, ""),
    )


def compare_findings(before: ir.Table, after: ir.Table) -> ir.Table:
    """All findings of both, each once with its `change`: fixed ones as they were, the others as they are now."""
    one, other = identify(before), identify(after)
    parts = (
        one.anti_join(_names(other), IDENTITY).mutate(change=ibis.literal(FIXED)),
        other.semi_join(_names(one), IDENTITY).mutate(change=ibis.literal(OPEN)),
        other.anti_join(_names(one), IDENTITY).mutate(change=ibis.literal(NEW)),
    )
    return ibis.union(*parts)


def count_shared(before: ir.Table, after: ir.Table) -> ir.Table:
    """How many findings of `after` were in `before` already: per discrepancy of both (`was`, `discrepancy`), `rows`."""
    known = identify(before).select(*IDENTITY, was="discrepancy").distinct()
    both = identify(after).join(known, IDENTITY)
    return both.group_by("was", "discrepancy").aggregate(rows=both.count())


def find_same(findings: ir.Table, wanted: ir.Table) -> ir.Table:
    """The findings that `wanted` names by the columns of IDENTITY, with all columns of both."""
    return identify(findings).join(wanted, IDENTITY)


def _names(identified: ir.Table) -> ir.Table:
    return identified.select(*IDENTITY).distinct()
