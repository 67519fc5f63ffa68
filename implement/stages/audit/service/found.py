"""Everything an audit has found, as later rooms ask for it: findings of rules and one's own, by stable keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import AnswerValue, Finding, RuleKind, Severity, read_answer
from implement.stages.audit.service.audits import evaluate_audit, find_audit, open_pack
from implement.stages.audit.service.findings import list_own_findings
from implement.stages.audit.tables import AuditAnswer, OwnFinding
from implement.store import Store
from implement.web.texts import language

MINOR_UNITS = 100


@dataclass(frozen=True)
class Found:
    """A finding or risk in the reader's language; `key` is the same as long as its rule or its row exists."""

    key: str
    kind: RuleKind
    severity: Severity
    problem: str
    cause: str
    recommendation: str
    amount_minor_per_year: int | None


def list_found(rollout_id: int, store: Store) -> list[Found]:
    """Findings and risks of the newest audit, the gravest first, then those with most money; none before it began."""
    audit = find_audit(rollout_id)
    if audit is None:
        return []
    said = evaluate_audit(audit, open_pack(audit, store))
    found = [_from_rule(one) for one in (*said.findings, *said.risks)]
    found += [_from_own(row) for row in list_own_findings(audit.id)]
    return sorted(found, key=lambda one: (-one.severity, -(one.amount_minor_per_year or 0)))


def key_of_rule(rule_id: str) -> str:
    """How a finding of a rule is named in addresses and by later rooms."""
    return "-".join(["finding", *rule_id.split(".")])


def key_of_own(finding_id: int) -> str:
    """How a finding of the consultant's own is named in addresses and by later rooms."""
    return f"own-{finding_id}"


def read_numbers(rollout_id: int, item_ids: Sequence[str], store: Store) -> dict[str, Decimal]:
    """What the audit was told in numbers, by question; where several people answered, the first."""
    told = _read_answers(rollout_id, item_ids, store)
    return {key: value for key, value in told.items() if isinstance(value, Decimal)}


def read_chosen(rollout_id: int, item_id: str, store: Store) -> list[str]:
    """Which options of a question were chosen; none where it was not asked or answered."""
    told = _read_answers(rollout_id, (item_id,), store).get(item_id)
    return list(told) if isinstance(told, tuple) else []


def _read_answers(rollout_id: int, item_ids: Sequence[str], store: Store) -> dict[str, AnswerValue]:
    audit = find_audit(rollout_id)
    if audit is None:
        return {}
    items = {item.id: item for item in open_pack(audit, store).items}
    rows = db.session.execute(
        select(AuditAnswer.item_id, AuditAnswer.value)
        .where(AuditAnswer.audit_id == audit.id, AuditAnswer.item_id.in_(item_ids), AuditAnswer.value != "")
        .order_by(AuditAnswer.id.desc())
    )
    told = {item_id: read_answer(items[item_id], value) for item_id, value in rows if item_id in items}
    return {item_id: told[item_id] for item_id in item_ids if item_id in told}


def _from_rule(found: Finding) -> Found:
    speaks, money = language(), found.money
    amount = money.amount_per_year if money else None
    return Found(
        key_of_rule(found.rule.id),
        found.rule.kind,
        found.rule.severity,
        found.problem(speaks),
        found.cause(speaks),
        found.recommendation(speaks),
        None if amount is None else round(amount * MINOR_UNITS),
    )


def _from_own(row: OwnFinding) -> Found:
    words = (row.problem, row.cause, row.recommendation)
    return Found(key_of_own(row.id), RuleKind(row.kind), Severity(row.severity), *words, row.amount_minor_per_year)
