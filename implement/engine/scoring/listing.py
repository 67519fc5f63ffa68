"""SCORES.csv and REASONS.csv: the columns, their order and their decimals."""

from collections.abc import Iterable

from implement.engine.scoring.people import UserScore

SCORE_COLUMNS = (
    "user", "status", "usage", "usage_low", "usage_high", "resistance", "resistance_low", "resistance_high", "flagged",
    "type_1", "type_2", "dormancy_band", "dormancy_risk", "days_silent", "present_days", "note",
)  # fmt: skip
REASON_COLUMNS = ("user", "signal", "k", "n", "peer_level", "concern", "first_day", "last_day")


def list_scores(scores: Iterable[UserScore]) -> list[tuple[str, ...]]:
    """One row per user, sorted by user; what is not known is empty."""
    return [
        (
            score.user, score.status, one_decimal(score.usage), one_decimal(score.usage_low),
            one_decimal(score.usage_high),
            one_decimal(score.resistance.score), one_decimal(score.resistance.low), one_decimal(score.resistance.high),
            "yes" if score.resistance.is_flagged else "no", score.resistance.fit.first or "",
            score.resistance.fit.second or "", score.dormancy_band or "", one_decimal(score.dormancy_risk),
            whole(score.days_silent), whole(score.present_days), "; ".join(score.notes),
        )
        for score in sorted(scores, key=lambda score: score.user)
    ]  # fmt: skip


def list_reasons(scores: Iterable[UserScore]) -> list[tuple[str, ...]]:
    """One row per user and signal that stands out, sorted by user and signal; k and n are plain counts."""
    rows = [
        (
            score.user, reason.signal, plain(reason.k), plain(reason.n),
            f"{reason.peer_level:.3f}", f"{reason.concern:.3f}",
            reason.first_day.isoformat(), reason.last_day.isoformat(),
        )
        for score in scores
        for reason in score.reasons
    ]  # fmt: skip
    return sorted(rows)


def one_decimal(value: float | None) -> str:
    """A figure with one decimal, never −0.0; empty when unknown."""
    return "" if value is None else f"{round(value, 1) + 0.0:.1f}"


def plain(value: float) -> str:
    """A count as a whole number, a sum of shares with one decimal."""
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def whole(value: int | None) -> str:
    """A whole number; empty when unknown."""
    return "" if value is None else str(value)
