"""The score of a findings file: F1 by class, their mean, noise, false alarms, causes found."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.evaluators.transfer.patterns import Pattern
from tests.evaluators.transfer.truth import Address, Planted, Truth

HEADER = ["table", "source_id", "target_id", "class", "field", "source_value", "target_value", "cause"]
FAULT_CLASSES = (
    "dropped", "merged", "duplicated", "rekeyed", "extra", "torn_relation", "wrong_relation", "truncated", "mojibake",
    "date_swapped", "number_format", "fields_swapped", "value_lost", "value_filled", "value_changed")  # fmt: skip
BENIGN = ("reformatted", "extra")
LEAST_PLANTED = 30
SHARE_OF_A_CAUSE = 0.9
FIELD_MARKS = re.compile(r"[|,;/+&↔\s]+")


@dataclass(frozen=True)
class Finding:
    """One row of a findings file."""

    table: str
    fault: str
    address: Address
    cause: str

    @property
    def is_of_whole_column(self) -> bool:
        return not self.address[0] and not self.address[1]


@dataclass
class ClassScore:
    """How one class came out."""

    planted: int = 0
    found: int = 0
    false: int = 0

    @property
    def f1(self) -> float:
        reported = 2 * self.found + (self.planted - self.found) + self.false
        return 2 * self.found / reported if reported else 1.0


@dataclass
class Score:
    """How a whole findings file came out."""

    classes: dict[str, ClassScore]
    macro_f1: float
    noise: float
    records_reported: int
    columns_expected: int
    columns_found: int
    columns_false: list[tuple[str, str, str]]
    columns_optional: int
    causes: dict[str, bool]
    false_reformatted: int
    missed: list[Planted] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)


def read_findings(path: Path) -> list[Finding]:
    """The findings of a file; a header other than the contract's is refused."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows)
        if header != HEADER:
            raise ValueError(f"header is {header}, the contract says {HEADER}")
        return [_finding(row) for row in rows]


def is_sorted(path: Path) -> bool:
    """Whether a findings file is sorted by all its columns."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return rows == sorted(rows)


def _finding(row: list[str]) -> Finding:
    table, source, target, fault, name, _, _, cause = row
    if fault == "fields_swapped":
        name = "|".join(sorted(part for part in FIELD_MARKS.split(name) if part))
    return Finding(table, fault, (source, target, name), cause)


def score_findings(findings: Iterable[Finding], truth: Truth, patterns: Iterable[Pattern] = ()) -> Score:
    """Compare findings with the truth, instance by instance."""
    listed = list(findings)
    of_records = [finding for finding in listed if not finding.is_of_whole_column]
    of_columns = {(one.table, one.fault, one.address[2]) for one in listed if one.is_of_whole_column}
    answers = {(one.table, one.fault, one.address): one for one in of_records}
    classes, missed, false = _score_classes(answers, truth)
    counted = [one.f1 for name, one in classes.items() if name in FAULT_CLASSES and one.planted >= LEAST_PLANTED]
    noisy, reported = _noise(of_records, truth)
    return Score(
        classes=classes,
        macro_f1=sum(counted) / len(counted) if counted else float(not false),
        noise=noisy / reported if reported else 0.0,
        records_reported=reported,
        columns_expected=len(truth.columns),
        columns_found=len(of_columns & truth.columns),
        columns_false=sorted(of_columns - truth.columns - truth.optional_columns),
        columns_optional=len(of_columns & truth.optional_columns),
        causes={pattern.name: _cause_found(pattern, answers, truth) for pattern in patterns},
        false_reformatted=sum(finding.fault == "reformatted" for finding in false),
        missed=missed,
        false=false,
    )


Answers = dict[tuple[str, str, Address], Finding]


def _score_classes(answers: Answers, truth: Truth) -> tuple[dict[str, ClassScore], list[Planted], list[Finding]]:
    classes: dict[str, ClassScore] = defaultdict(ClassScore)
    missed, right = [], set()
    for planted in truth.instances:
        hits = [key for address in planted.accepted if (key := (planted.table, planted.fault, address)) in answers]
        classes[planted.fault].planted += 1
        classes[planted.fault].found += bool(hits)
        right.update(hits)
        if not hits:
            missed.append(planted)
    false = [finding for key, finding in answers.items() if key not in right]
    for finding in false:
        classes[finding.fault].false += 1
    return dict(classes), missed, false


def _record(table: str, address: Address) -> tuple[str, str, str]:
    source, target, _ = address
    return (table, "source", source) if source else (table, "target", target)


def _noise(findings: list[Finding], truth: Truth) -> tuple[int, int]:
    """Reported records that carry no planted fault, and all reported records; mere reformatting is left out."""
    reported = {_record(one.table, one.address) for one in findings if one.fault != "reformatted"}
    touched = {_record(one.table, address) for one in truth.instances for address in one.accepted}
    return len(reported - touched), len(reported)


def _cause_found(pattern: Pattern, answers: Answers, truth: Truth) -> bool:
    """Whether nine in ten findings of a pattern carry one cause that names its condition and fits few others."""
    mine = [one for one in truth.instances if one.pattern == pattern.name and one.fault == pattern.fault]
    hits = [answers.get((one.table, one.fault, address)) for one in mine for address in one.accepted]
    causes = Counter(hit.cause for hit in hits if hit and hit.cause)
    if not causes:
        return False
    cause, count = causes.most_common(1)[0]
    everywhere = sum(hit.cause == cause and hit.table == pattern.table for hit in answers.values())
    names_it = any(word.casefold() in cause.casefold() for word in pattern.words)
    return names_it and count >= SHARE_OF_A_CAUSE * len(mine) and count >= SHARE_OF_A_CAUSE * everywhere
