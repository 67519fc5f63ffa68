"""The score of participation: own answers count fully, typed-in ones half, waiting costs a little and never all."""

import pytest

from implement.engine.participation import TakingPart, score_participation


@pytest.mark.parametrize(
    ("asked", "own", "typed_in", "open_days", "points"),
    [
        (20, 20, 0, None, 100),
        (20, 10, 10, None, 75),
        (20, 10, 0, 6, 50),
        (20, 10, 0, 7, 45),
        (20, 10, 0, 400, 25),
        (20, 0, 0, 400, 0),
        (3, 2, 0, 0, 66),
    ],
)
def test_the_score_follows_the_published_rule(  # M10, M98
    asked: int, own: int, typed_in: int, open_days: int | None, points: int
) -> None:
    score = score_participation(TakingPart(asked, own, typed_in, open_days))
    assert score is not None
    assert score.points == points


def test_somebody_who_was_not_asked_has_no_score() -> None:
    assert score_participation(TakingPart(0, 0, 0, None)) is None
