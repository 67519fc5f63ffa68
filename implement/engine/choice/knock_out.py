"""What rules a system out whatever its score, and what cannot be said before the vendor has answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from implement.engine.choice.catalogue import Source, System


@dataclass(frozen=True)
class Needs:
    """What the firm cannot do without; None and empty mean: no such demand, or not known yet."""

    users: int | None = None
    records: int | None = None
    languages: tuple[str, ...] = ()
    hosting: str = ""
    must: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnockOut:
    """Why a system is out: hosting, accounts, records, language or must; `value` is what it offers, `needed` what is
    needed.
    """

    reason: str
    needed: str
    value: str
    source: Source | None


@dataclass(frozen=True)
class OpenPoint:
    """What would rule a system out but is not known."""

    reason: str
    needed: str


@dataclass(frozen=True)
class Standing:
    """Whether a system may still be chosen."""

    knock_outs: tuple[KnockOut, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def is_out(self) -> bool:
        """True when something rules it out."""
        return bool(self.knock_outs)


def check_system(system: System, levels: Mapping[str, int | None], needs: Needs) -> Standing:
    """Hold a system against the needs; `levels` are those that hold for this rollout."""
    found = [*_check_place(system, needs), *_check_size(system, needs), *_check_must(system, levels, needs)]
    return Standing(
        tuple(one for one in found if isinstance(one, KnockOut)),
        tuple(one for one in found if isinstance(one, OpenPoint)),
    )


def _check_place(system: System, needs: Needs) -> Iterator[KnockOut | OpenPoint]:
    source = system.oldest_source
    if needs.hosting and not system.hosting:
        yield OpenPoint("hosting", needs.hosting)
    elif needs.hosting and needs.hosting not in system.hosting:
        yield KnockOut("hosting", needs.hosting, ", ".join(system.hosting), source)
    for wanted in needs.languages:
        if not system.languages:
            yield OpenPoint("language", wanted)
        elif wanted not in system.languages:
            yield KnockOut("language", wanted, ", ".join(system.languages), source)


def _check_size(system: System, needs: Needs) -> Iterator[KnockOut | OpenPoint]:
    for what, needed in (("accounts", needs.users), ("records", needs.records)):
        limit = system.limit(what)
        if needed is None:
            continue
        if limit is None:
            yield OpenPoint(what, str(needed))
        elif limit.most is not None and limit.most < needed:
            yield KnockOut(what, str(needed), str(limit.most), limit.source)


def _check_must(system: System, levels: Mapping[str, int | None], needs: Needs) -> Iterator[KnockOut | OpenPoint]:
    for criterion_id in needs.must:
        level = levels.get(criterion_id)
        if level is None:
            yield OpenPoint("must", criterion_id)
        elif level == 0:
            yield KnockOut("must", criterion_id, "0", system.stated(criterion_id).source)
