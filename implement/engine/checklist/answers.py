"""What a person can answer to a question."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Reply(StrEnum):
    """The two honest ways of not answering: nobody knows, or the question does not apply to this firm."""

    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"


AnswerValue = str | int | Decimal | tuple[str, ...] | Reply
"""Option id (or a tuple of them), level 0–4, number, text, file hash, or one of the two replies."""


@dataclass(frozen=True)
class Answer:
    """What one person answered to one question; `typed_in` when the consultant had to enter it for them (M10)."""

    item_id: str
    person: str
    value: AnswerValue
    typed_in: bool = False
