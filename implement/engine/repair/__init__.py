"""Repair: what is missing or damaged in the target, as tables to import there, and the way back."""

from implement.engine.repair.build import build_repair
from implement.engine.repair.files import ENGLISH_REASONS, describe_repair, write_repair
from implement.engine.repair.plan import DELETE, INSERT, KINDS, REASONS, UPDATE, LeftOut, Repair, RepairTable

__all__ = [
    "DELETE",
    "ENGLISH_REASONS",
    "INSERT",
    "KINDS",
    "REASONS",
    "UPDATE",
    "LeftOut",
    "Repair",
    "RepairTable",
    "build_repair",
    "describe_repair",
    "write_repair",
]
