"""What the law of a country lets a regulation say: profiles, terms in machine-readable form, limits with their rules
(R1–R12 of the product; rules of the product, not legal advice).
"""

from implement.engine.law.limits import Circumstances, Limit, judge_terms
from implement.engine.law.profiles import PROFILES, LegalProfile
from implement.engine.law.terms import (
    Check,
    Ground,
    Kpi,
    MeetingRule,
    Terms,
    UnusableTerms,
    read_terms,
    write_terms,
)

__all__ = [
    "PROFILES",
    "Check",
    "Circumstances",
    "Ground",
    "Kpi",
    "LegalProfile",
    "Limit",
    "MeetingRule",
    "Terms",
    "UnusableTerms",
    "judge_terms",
    "read_terms",
    "write_terms",
]
