"""A run is priced and its statements are drawn up, for everybody at once, before anything of it is kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from implement.engine.pay import read_plan, write_pay
from implement.rollout.service.signatures import hash_bytes


@dataclass(frozen=True)
class Payee:
    """Whose statement it is; `entries` are their entries in the plan, more than one where the period was split."""

    number: str
    name: str
    person_id: int | None
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Original:
    """The lines that an adjustment points to, by entry and then by part: id and amount."""

    lines: Mapping[str, Mapping[str, tuple[int | None, int]]] = field(default_factory=dict)


NO_ORIGINAL = Original()


@dataclass(frozen=True)
class DrawnUp:
    """A statement with its lines before it is kept."""

    payee: Payee
    lines: tuple[Mapping[str, object], ...]
    total_minor: int


@dataclass(frozen=True)
class Priced:
    """A run before it is kept: frozen inputs, where they came from, what the engine made of them, for whom."""

    plan: bytes
    basis: bytes
    pay: bytes
    statements: tuple[DrawnUp, ...]

    @property
    def pay_sha256(self) -> str:
        """What the frozen pay will be called."""
        return hash_bytes(self.pay)


def price_run(plan: bytes, basis: bytes, payees: Sequence[Payee], original: Original = NO_ORIGINAL) -> Priced:
    """Price a plan and draw up a statement for each person; nothing is kept yet.

    Raises UnusablePlan when the plan cannot be priced. With an `original` the lines are differences to it.
    """
    pay = write_pay(read_plan(plan))
    parts = read_parts(pay)
    return Priced(plan, basis, pay, tuple(_draw_up(payee, parts, original) for payee in payees))


def read_parts(pay: bytes) -> dict[str, list[tuple[str, int]]]:
    """By entry, the parts of what the engine wrote, in their order."""
    people = cast(list[dict[str, object]], json.loads(pay)["people"])
    return {str(person["id"]): _read_person(person) for person in people}


def counts(part: str) -> bool:
    """True for parts that make the total; the plan's parts by KPI are contained in `plan`."""
    return not part.startswith("plan:")


def sum_lines(lines: Sequence[Mapping[str, object]]) -> int:
    """What lines come to."""
    return sum(cast(int, line["amount_minor"]) for line in lines if counts(str(line["part"])))


def draw_up_lines(
    entries: Sequence[str], parts: Mapping[str, list[tuple[str, int]]], original: Original
) -> list[dict[str, object]]:
    """The lines of a statement; what the original had and the new pay has not becomes a line that takes it back."""
    lines: list[dict[str, object]] = []
    for entry in entries:
        named, before_all = {part for part, _ in parts[entry]}, original.lines.get(entry, {})
        gone = [(part, 0) for part in sorted(before_all) if part not in named]
        for part, minor in [*parts[entry], *gone]:
            line_id, before = before_all.get(part, (None, 0))
            lines.append(
                {"position": len(lines), "entry": entry, "part": part, "amount_minor": minor - before,
                 "adjusts_id": line_id}
            )  # fmt: skip
    return lines


def _draw_up(payee: Payee, parts: Mapping[str, list[tuple[str, int]]], original: Original) -> DrawnUp:
    lines = draw_up_lines(payee.entries, parts, original)
    return DrawnUp(payee, tuple(lines), sum_lines(lines))


def _read_person(person: dict[str, object]) -> list[tuple[str, int]]:
    parts = cast(list[dict[str, object]], person["parts"])
    return [(str(part["name"]), int(str(part["minor"]))) for part in parts]
