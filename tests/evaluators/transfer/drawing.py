"""Catalogues of the invented firm, and draws of names, phones, postcodes and notes in the languages spoken."""

from collections.abc import Sequence

from tests.evaluators.names import Language
from tests.evaluators.transfer.sheets import (
    Cells,
    Random,
    blanked,
    cells,
    digits,
)

STAGES = ("Lead", "Qualified", "Offer", "Negotiation", "Won", "Lost")
OPEN_STAGES = ("Lead", "Qualified", "Offer", "Negotiation")
INDUSTRIES = (
    "construction",
    "food",
    "energy",
    "retail",
    "health",
    "education",
    "transport",
    "public",
    "textile",
    "metal",
)
ACTIVITY_KINDS = ("call", "meeting", "mail", "visit", "demo")
PRODUCTS = (
    "GTXPro",
    "GTX Basic",
    "GTX Plus Pro",
    "MG Special",
    "MG Advanced",
    "Kühlmax 40",
    "Piła-22",
    "Насос Н7",
    "Alpha Care",
)
SERIES = ("GTX", "GTX", "GTX", "MG", "MG", "Kühl", "Piła", "Насос", "Alpha")


def spoken_in(random: Random, tongues: list[Language], count: int) -> list[Language]:
    return [tongues[place] for place in random.integers(0, len(tongues), count)]


def one_of(random: Random, pool: Sequence[str]) -> str:
    return pool[int(random.integers(0, len(pool)))]


def written_in(random: Random, spoken: list[Language], pool: str) -> Cells:
    """One value per row, from the named pool of the row's language."""
    draws = random.random(len(spoken))
    pools = [getattr(language, pool) for language in spoken]
    return cells(values[int(draw * len(values))] for values, draw in zip(pools, draws, strict=True))


def write_notes(random: Random, spoken: list[Language], share_blank: float) -> Cells:
    """Sentences with an order number and a quantity, so that hardly two are alike."""
    orders = random.integers(10_000, 9_999_999, len(spoken))
    pieces = random.integers(2, 900, len(spoken))
    sentences = written_in(random, spoken, "sentences")
    notes = cells(text.format(order, piece) for text, order, piece in zip(sentences, orders, pieces, strict=True))
    return blanked(random, notes, share_blank)


def phones(random: Random, spoken: list[Language], share_blank: float) -> Cells:
    numbers = random.integers(100_000_000, 999_999_999, len(spoken))
    numbers += numbers % 10 == 0
    written = cells(
        f"{language.dialling_code} {number // 1_000_000} {number // 1000 % 1000:03}{number % 1000:03}"
        for language, number in zip(spoken, numbers.tolist(), strict=True)
    )
    return blanked(random, written, share_blank)


def postcodes(random: Random, spoken: list[Language]) -> Cells:
    return cells(digits(random, one_of(random, language.postcodes)) for language in spoken)
