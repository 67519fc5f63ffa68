"""Learning from the best: who agrees to be an example, how their best-kept deals went, the pattern beside it (M31).

Nobody is ranked: the pattern is one for the whole rollout, from five people on, and an example is shown only while
everybody who worked on that deal agrees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.best_kept import Pattern, choose_examples, choose_runs, compare_best_kept
from implement.engine.deal_runs import DealRun
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.privacy import named_view_is_on
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import find_names, match_users, span_of_usage
from implement.stages.adoption.log_deals import list_runs_in
from implement.stages.adoption.service.counted_staff import list_agreed_then, list_counted
from implement.stages.adoption.service.parts import list_parts
from implement.stages.adoption.tables import ExampleConsent
from implement.store import Store
from implement.web.texts import lazy


@dataclass(frozen=True)
class Example:
    """The latest best-kept deal of somebody who agrees; `name` is empty where names are not agreed upon."""

    person_id: int
    name: str
    run: DealRun


@dataclass(frozen=True)
class Lessons:
    """What can be learned from: the pattern (None when too few stand behind it, and while it waits for
    the next week because somebody withdrew), examples, and how many agreed.
    """

    runs: int
    agreed: int
    pattern: Pattern | None
    examples: tuple[Example, ...]
    is_waiting: bool = False


def say_example(rollout_id: int, person_id: int | None, *, agrees: bool, by: Actor, now: datetime) -> None:
    """Agree that one's best-kept deals are shown to colleagues, or withdraw; the same word twice is said once."""
    if person_id is None:
        raise NotFound(lazy("Only people on the staff have deals to show."))
    if (person_id in list_agreed(rollout_id)) is agrees:
        return
    db.session.add(ExampleConsent(rollout_id=rollout_id, person_id=person_id, agrees=agrees, by_id=by.id, at=now))
    log_write("say_example", f"person:{person_id}", by=by, now=now, rollout_id=rollout_id, agrees=agrees)


def list_agreed(rollout_id: int) -> frozenset[int]:
    """The people whose last word was that they agree."""
    last = select(func.max(ExampleConsent.id)).where(ExampleConsent.rollout_id == rollout_id)
    last = last.group_by(ExampleConsent.person_id)
    asked = select(ExampleConsent.person_id).where(ExampleConsent.id.in_(last), ExampleConsent.agrees)
    return frozenset(db.session.scalars(asked))


def list_own_words(rollout_id: int, person_id: int) -> list[Plain]:
    """When somebody agreed and when they withdrew, for themselves."""
    mine = (ExampleConsent.rollout_id == rollout_id, ExampleConsent.person_id == person_id)
    rows = db.session.execute(
        select(ExampleConsent.at, ExampleConsent.agrees).where(*mine).order_by(ExampleConsent.id)
    )
    return [{"at": at.isoformat(), "agrees": agrees} for at, agrees in rows]


def read_lessons(rollout_id: int, store: Store, today: date) -> Lessons:
    """How the best-kept deals are run beside the others, and the examples of whoever agrees.

    The pattern is that of whoever had agreed when the week's figures were first shown: a new word counts from the next
    week on, and after somebody withdrew there is none until then, lest two looks tell of one person.
    """
    span = span_of_usage(rollout_id)
    runs = read_runs(rollout_id, store)
    agreed = frozenset(str(person_id) for person_id in list_agreed(rollout_id))
    before = list_agreed_then(rollout_id, span[1]) if span else None
    then = agreed if before is None else frozenset(str(person_id) for person_id in before)
    pattern = compare_best_kept(choose_runs(runs, then), then) if then <= agreed else None
    named = named_view_is_on(rollout_id, get_rollout(rollout_id).legal_profile, today)
    examples = _name_examples(choose_examples(runs, agreed), named=named)
    return Lessons(len(runs), len(agreed), pattern, examples, is_waiting=not then <= agreed)


def read_runs(rollout_id: int, store: Store) -> list[DealRun]:
    """How the deals that ended lately were run."""
    return while_unchanged(("deal_runs", rollout_id), lambda: _read_runs(rollout_id, store))


def _name_examples(found: Mapping[str, DealRun], *, named: bool) -> tuple[Example, ...]:
    """By name where names are agreed upon, else by the day the deal ended."""
    names = find_names([int(owner) for owner in found]) if named else {}
    examples = [Example(int(owner), names.get(int(owner), ""), run) for owner, run in found.items()]
    return tuple(sorted(examples, key=lambda one: (one.name, one.run.ended)))


def _read_runs(rollout_id: int, store: Store) -> list[DealRun]:
    span = span_of_usage(rollout_id)
    parts = list_parts(rollout_id, store)
    if span is None or not parts:
        return []
    staff = list_counted(rollout_id, span[1])
    people = {user: str(person_id) for user, person_id in match_users(staff).items()}
    with open_backend() as backend:
        return list_runs_in(parts, span[1], people, backend)
