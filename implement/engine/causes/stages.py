"""Words by which deal stages say open, won and lost in four languages."""

from collections.abc import Iterable

from implement.engine.mapping.writings.writing import loosen

WON = frozenset(
    [
        "won",
        "closedwon",
        "gewonnen",
        "wygrana",
        "wygrane",
        "wygrany",
        "выиграна",
        "выиграно",
        "успешно",
        "successful",
        "success",
        "verkauft",
        "sold",
        "paid",
    ]
)
LOST = frozenset(
    [
        "lost",
        "closedlost",
        "verloren",
        "przegrana",
        "przegrane",
        "przegrany",
        "utracona",
        "проиграна",
        "проиграно",
        "закрытоинереализовано",
        "неуспешно",
        "unsuccessful",
        "abgelehnt",
        "rejected",
        "cancelled",
        "canceled",
        "storniert",
    ]
)
CLOSED = (
    WON
    | LOST
    | frozenset(
        ["closed", "abgeschlossen", "zamknieta", "zamknięta", "закрыта", "закрыто", "done", "finished", "churned"]
    )
)


def is_won(stage: str) -> bool:
    """Say whether a stage means that the deal is won."""
    return loosen(stage) in WON


def is_lost(stage: str) -> bool:
    """Say whether a stage means that the deal is lost."""
    return loosen(stage) in LOST


def is_closed(stage: str) -> bool:
    """Say whether a stage means that the deal has ended."""
    return loosen(stage) in CLOSED


def speak_of_deals(stages: Iterable[str]) -> bool:
    """Say whether these values are stages of deals: some say won or lost."""
    return any(is_won(stage) or is_lost(stage) for stage in stages)
