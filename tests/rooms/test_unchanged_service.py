"""What is kept while nothing is written is never served after a write, and never out of a write that is undone."""

from typing import TYPE_CHECKING

from implement.db import db, utc_now
from implement.rollout.service.log import log_write
from implement.rollout.service.rollouts import find_standing
from implement.rollout.service.unchanged import MOST_KEPT, while_unchanged
from implement.web.access import Role
from tests import builders

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, scoped_session


def a_write() -> None:
    """Something written down, not committed."""
    log_write("try", "nothing", by=None, now=utc_now())


def test_a_figure_is_computed_once_while_nothing_is_written(session: "scoped_session[Session]") -> None:
    computed: list[int] = []
    for _ in range(3):
        while_unchanged(("figure",), lambda: computed.append(1))
    assert len(computed) == 1


def test_any_write_makes_it_be_computed_anew(session: "scoped_session[Session]") -> None:
    assert while_unchanged(("figure",), lambda: "before") == "before"
    a_write()
    db.session.commit()
    assert while_unchanged(("figure",), lambda: "after") == "after"


def test_what_a_transaction_wrote_and_took_back_is_not_kept(session: "scoped_session[Session]") -> None:
    a_write()
    assert while_unchanged(("figure",), lambda: "never happened") == "never happened"
    db.session.rollback()
    assert while_unchanged(("figure",), lambda: "as it is") == "as it is"


def test_a_role_taken_in_the_same_moment_counts_at_once(session: "scoped_session[Session]") -> None:
    rollout, user = builders.a_rollout(), builders.a_user()
    db.session.commit()
    assert find_standing(user_id=user.id, rollout_id=rollout.id) is None
    builders.add_member(rollout.id, user.id, Role.LEAD, by=user, now=utc_now())
    assert find_standing(user_id=user.id, rollout_id=rollout.id) is not None


def test_no_more_is_kept_than_there_is_room_for(session: "scoped_session[Session]") -> None:
    computed: list[int] = []
    for number in (*range(MOST_KEPT + 1), 0):
        while_unchanged(("one of many", number), lambda number=number: computed.append(number))  # type: ignore[misc]
    assert computed.count(0) == 2
