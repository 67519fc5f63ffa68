"""Names, texts and days of invented firms."""

import random
from datetime import UTC, date, datetime, timedelta

FIRST = ["Anna", "Boris", "Carla", "David", "Elena", "Frank", "Greta", "Henry", "Irene", "Jacob", "Karin", "Louis"]
LAST = ["Adler", "Brandt", "Carver", "Dorn", "Ellis", "Fuchs", "Grant", "Hobbs", "Irving", "Jordan", "Keller", "Lindt"]
IMENA = ["Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Ирина", "Кирилл", "Лидия", "Марк"]
FAMILII = ["Азаров", "Белов", "Волков", "Громов", "Дёмин", "Ершов", "Жуков", "Зимин", "Исаев", "Котов", "Лаптев"]
WORDS = ["offer", "price", "sent", "answer", "call", "meeting", "contract", "budget", "waits", "delivery", "visit"]
STREETS = ["Oak Avenue", "Main Street", "Park Road"]
CITIES = ["Boston", "Denver", "Salem"]


def some_day(chance: random.Random) -> date:
    """A day of three years."""
    return date(2021, 1, 4) + timedelta(days=chance.randrange(1200))


def some_moment(chance: random.Random) -> datetime:
    """A moment of three years."""
    return datetime(2021, 1, 4, 8, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**8))


def some_words(chance: random.Random, count: int) -> str:
    """A text."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def turn(day: object) -> object:
    """Day and month exchanged."""
    return day.replace(day=day.month, month=day.day) if isinstance(day, date) else day


def may_turn(day: object) -> bool:
    """Say whether exchanging them gives another day."""
    return isinstance(day, date) and day.day <= 12 and day.day != day.month


def lose(_: object) -> None:
    """Nothing is left."""


def iso(day: date | None) -> str:
    """A day as programs write it."""
    return day.isoformat() if day else ""


def dotted(day: date | None) -> str:
    """A day as it is written in much of Europe."""
    return f"{day:%d.%m.%Y}" if day else ""
