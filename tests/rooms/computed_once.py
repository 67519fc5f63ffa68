"""What the engine computed in this test run: the same inputs are not computed again for the next test.

Rows, findings and the database's part are written anew each time. That the engine gives the same for the same inputs
is proved where nothing is remembered: in the tests of the engine, and after `forget`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import UPLOAD_LIMITS, IntakeLimits, IntakeManifest
from implement.engine.intake.manifest import keep_intake
from implement.engine.intake.reading import read_file
from implement.engine.mapping import Mapping
from implement.engine.reconcile import Reconciliation
from implement.stages.transfer import work
from implement.stages.transfer.service import mappings, reading, runs
from implement.stages.transfer.service.sides import TableAtHand
from implement.store import Store

_readings: dict[str, tuple[IntakeManifest, dict[str, bytes]]] = {}
_proposals: dict[str, Mapping] = {}
_outcomes: dict[str, Reconciliation] = {}
_propose, _reconcile = mappings.compute_proposal, runs.compute_run


def forget() -> None:
    """Have everything computed anew."""
    for known in (_readings, _proposals, _outcomes):
        known.clear()


def read_here(path: Path, into: Path, *, limits: IntakeLimits = UPLOAD_LIMITS, name: str) -> IntakeManifest:
    """Read a file in this process: what the limited one does is proved elsewhere, and it takes a second to start."""
    with open_backend(scratch=into) as backend:
        return keep_intake(read_file(path, backend, name=name, limits=limits), into)


def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, propose and reconcile each input once in this test run."""
    monkeypatch.setattr(reading, "read_tables_in_child", read_once)
    for module in (mappings, work):
        monkeypatch.setattr(module, "compute_proposal", _propose_once)
    for module in (runs, work):
        monkeypatch.setattr(module, "compute_run", _reconcile_once)


def read_once(path: Path, into: Path, *, limits: IntakeLimits = UPLOAD_LIMITS, name: str) -> IntakeManifest:
    """Read in this process, and each content once in this test run."""
    key = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {name} {limits}"
    if key not in _readings:
        found = read_here(path, into, limits=limits, name=name)
        parts = [one for one in into.rglob("*") if one.is_file()]
        _readings[key] = found, {str(one.relative_to(into)): one.read_bytes() for one in parts}
        return found
    found, parts = _readings[key]
    for part, content in parts.items():
        (into / part).parent.mkdir(parents=True, exist_ok=True)
        (into / part).write_bytes(content)
    return found


def _propose_once(tables: Sequence[TableAtHand], **given: Any) -> Mapping:
    key = _tell_apart(tables)
    if key not in _proposals:
        _proposals[key] = _propose(tables, **given)
    return _proposals[key]


def _reconcile_once(asked: runs.RunWork, *, store: Store, **given: Any) -> runs.RunOutcome:
    key = f"{_tell_apart(asked.tables)} {asked.mapping}"
    if key not in _outcomes:
        _outcomes[key] = _reconcile(asked, store=store, **given).found
    return runs.keep_outcome(asked, _outcomes[key], store=store)


def _tell_apart(tables: Sequence[TableAtHand]) -> str:
    """Tables by what they hold; where they stand in the database does not matter."""
    return repr([replace(table, table_id=0) for table in tables])
