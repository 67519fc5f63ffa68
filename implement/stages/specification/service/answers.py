"""What the audit has settled, as this room draws on it: answers by question, and the rules that spoke."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from implement.engine.checklist import AnswerValue
from implement.stages.audit.service.audits import evaluate_audit, find_audit, open_pack
from implement.store import Store


@dataclass(frozen=True)
class AuditSaid:
    """The settled answers, and the ids of the rules that found something."""

    settled: Mapping[str, AnswerValue]
    rules: frozenset[str]

    def number(self, items: Iterable[str]) -> tuple[Fraction, str] | None:
        """The first of these questions that was answered by a number: the number and the question's id."""
        for item_id in items:
            value = self.settled.get(item_id)
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                return Fraction(value), item_id
        return None

    def chose(self, item_id: str, option: str) -> bool:
        """True when this option was ticked."""
        value = self.settled.get(item_id)
        return value == option or (isinstance(value, tuple) and option in value)


NOTHING_SAID = AuditSaid({}, frozenset())


def read_audit(rollout_id: int, store: Store) -> AuditSaid:
    """What the newest audit says; nothing before it has begun."""
    audit = find_audit(rollout_id)
    if audit is None:
        return NOTHING_SAID
    said = evaluate_audit(audit, open_pack(audit, store))
    return AuditSaid(said.settled, frozenset(one.rule.id for one in (*said.findings, *said.risks)))
