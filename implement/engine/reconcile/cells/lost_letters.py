"""Letters that an encoding did not know, and what stands in their place."""

LOST = "\ufffd"
LOST_SIGNS = f"?{LOST}□"
"""What stands for letters an encoding did not know."""
LAST_ASCII = "\x7f"
MOST_BYTES = 4
"""So many signs a lost letter leaves at most, one for each byte it had."""


def may_have_lost_letters(found: str) -> bool:
    """Say at a glance whether a text may have kept its escapes, or signs for letters that were lost."""
    return "&" in found or (not found.isascii() and (LOST in found or "□" in found)) or "?" in found


def letters_lost(written: str, found: str) -> bool:
    """Each letter beyond ASCII became a question mark, a replacement sign, or nothing."""
    marks = sum(map(found.count, LOST_SIGNS)) - written.count("?")
    if marks <= 0 or written.isascii():
        return False
    ends, places = 1, _places_of(found)
    signs = sum(places.get(sign, 0) for sign in LOST_SIGNS)
    for letter in written:
        follow = _follow(ends, signs) if letter > LAST_ASCII else 0
        ends = follow | (ends & places.get(letter, 0)) << 1
        if not ends:
            return False
    return bool(ends >> len(found) & 1)


def _places_of(text: str) -> dict[str, int]:
    """Where each letter stands, a bit for each place: a text is then followed in all ways at once, however many."""
    places: dict[str, int] = {}
    for place, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


def _follow(ends: int, signs: int) -> int:
    """Where a lost letter may end that begins at some places: it left one sign or as many as it had bytes."""
    found = 0
    for _ in range(MOST_BYTES):
        ends = (ends & signs) << 1
        found |= ends
    return found
