"""Checklists: packs of questions in four languages, the answers of a firm, and the findings that follow from them."""

from implement.engine.checklist.answering import UnusableAnswer, read_answer, show_answer, write_answer
from implement.engine.checklist.answers import Answer, AnswerValue, Reply
from implement.engine.checklist.evaluation import Contradiction, Evaluation, Finding, SectionScore, evaluate
from implement.engine.checklist.gates import GateCriterion, load_gates
from implement.engine.checklist.joining import JoinedPack, join_packs
from implement.engine.checklist.money import MoneyEstimate, MoneyStep
from implement.engine.checklist.pack import (
    AnswerKind,
    FindingRule,
    Item,
    Level,
    Option,
    Pack,
    Role,
    RuleKind,
    Section,
    Severity,
    Unit,
    pack_hash,
)
from implement.engine.checklist.reading import load_pack, read_pack
from implement.engine.checklist.regulations import RegulationTemplate, load_regulation
from implement.engine.checklist.settling import Comparison
from implement.engine.checklist.sheet import SheetFault, UnusableSheet
from implement.engine.checklist.side_effects import Remedy, SideEffect, load_side_effects
from implement.engine.checklist.text import LANGUAGES, Text, UnknownLanguage, show_number

__all__ = [
    "LANGUAGES",
    "Answer",
    "AnswerKind",
    "AnswerValue",
    "Comparison",
    "Contradiction",
    "Evaluation",
    "Finding",
    "FindingRule",
    "GateCriterion",
    "Item",
    "JoinedPack",
    "Level",
    "MoneyEstimate",
    "MoneyStep",
    "Option",
    "Pack",
    "RegulationTemplate",
    "Remedy",
    "Reply",
    "Role",
    "RuleKind",
    "Section",
    "SectionScore",
    "Severity",
    "SheetFault",
    "SideEffect",
    "Text",
    "Unit",
    "UnknownLanguage",
    "UnusableAnswer",
    "UnusableSheet",
    "evaluate",
    "join_packs",
    "load_gates",
    "load_pack",
    "load_regulation",
    "load_side_effects",
    "pack_hash",
    "read_answer",
    "read_pack",
    "show_answer",
    "show_number",
    "write_answer",
]
