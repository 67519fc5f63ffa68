"""Every checklist stands in four languages, with stable ids and demands that exist."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.house import checklists
from tests.house.checklists import Node, read_checklist, read_file

FindFaults = Callable[[Node], list[str]]

QUESTION = """
id: audit.sales.deal_chain
weight: 3
role: lead
demands: [M6]
text:
  en: Who keeps the whole chain of {deal}?
  de: Wer pflegt die ganze Kette von {deal}?
  pl: Kto prowadzi cały łańcuch {deal}?
  ru: Кто ведёт всю цепочку {deal}?
why: {en: It tears, de: Sie reißt, pl: Rwie się, ru: Она рвётся}
"""
BREACHES = [
    (checklists.find_missing_languages, "pl: Rwie się, ", ""),
    (checklists.find_missing_languages, "łańcuch {deal}", "łańcuch"),
    (
        checklists.find_missing_languages,
        "Wer pflegt die ganze Kette von {deal}?",
        "Who keeps the whole chain of {deal}?",
    ),
    (checklists.find_missing_languages, "Кто ведёт всю цепочку {deal}?", "Kto vedyot vsyu tsepochku {deal}?"),
    (checklists.find_bad_ids, "audit.sales.deal_chain", "Audit, deal chain"),
    (checklists.find_bad_demands, "M6", "M137"),
    (checklists.find_bad_demands, "[M6]", "[]"),
    (checklists.find_thin_questions, "role: lead\n", ""),
]
RULES = sorted({rule for rule, _, _ in BREACHES}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", checklists.list_files(), ids=lambda path: path.name)
def test_the_checklist_keeps(path: Path, rule: FindFaults) -> None:
    assert rule(read_file(path)) == []


@pytest.mark.parametrize(("rule", "old", "new"), BREACHES, ids=[rule.__name__ for rule, _, _ in BREACHES])
def test_a_breach_is_found(rule: FindFaults, old: str, new: str) -> None:
    assert old in QUESTION
    assert len(rule(read_checklist(QUESTION.replace(old, new)))) == 1


def test_a_question_that_stands_twice_is_found() -> None:
    question = read_checklist(QUESTION)
    assert checklists.find_bad_ids([question, question]) == ["audit.sales.deal_chain stands twice"]


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(yaml.YAMLError, match="stands twice"):
        read_checklist("role: lead\nrole: head\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_question_breaks_no_rule(rule: FindFaults) -> None:
    assert rule(read_checklist(QUESTION)) == []
