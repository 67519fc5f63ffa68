"""How likely a letter is in German, Polish, Russian or English text, and in which company it stands."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

RUSSIAN = (
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    (0.109, 0.085, 0.080, 0.073, 0.067, 0.062, 0.055, 0.047, 0.045, 0.044, 0.035, 0.032, 0.030, 0.028, 0.026, 0.020,
     0.019, 0.017, 0.017, 0.016, 0.016, 0.014, 0.012, 0.010, 0.009, 0.007, 0.006, 0.005, 0.004, 0.003, 0.003, 0.001,
     0.001),
)  # fmt: skip
UKRAINIAN = "іїєґўјљњћђџ"
GERMAN = {"ü": 0.35, "ä": 0.28, "ö": 0.2, "ß": 0.12}
POLISH = {"ł": 0.2, "ą": 0.12, "ę": 0.14, "ó": 0.12, "ż": 0.11, "ś": 0.09, "ć": 0.06, "ń": 0.05, "ź": 0.02}
WESTERN = {"é": 0.03, "è": 0.008, "à": 0.008, "á": 0.01, "í": 0.008, "ç": 0.008, "ñ": 0.008, "ê": 0.005, "ú": 0.005,
           "ô": 0.004, "â": 0.003, "î": 0.002, "ë": 0.003, "ï": 0.003, "å": 0.004, "ø": 0.004, "æ": 0.003, "û": 0.002,
           "ã": 0.003, "õ": 0.002, "ù": 0.002, "š": 0.004, "č": 0.004, "ž": 0.004, "ř": 0.003, "ě": 0.003, "ý": 0.003,
           "ő": 0.003, "ă": 0.002, "ş": 0.001, "ș": 0.001, "ț": 0.001, "œ": 0.001}  # fmt: skip
MARKS = {"„": 0.01, "“": 0.008, "”": 0.01, "–": 0.012, "—": 0.008, "…": 0.005, "€": 0.02, "«": 0.008, "»": 0.008,
         "№": 0.008, "’": 0.008, "‘": 0.003, "\u00a0": 0.01, "°": 0.004, "§": 0.004, "£": 0.003, "²": 0.002,
         "´": 0.002, "©": 0.001, "®": 0.001, "™": 0.001, "·": 0.001, "½": 0.001, "±": 0.0005, "•": 0.002}  # fmt: skip

CAPITAL = 0.12
SOME_LETTER = 3e-4
SOME_SIGN = 1e-5
DRAWING = 3e-6
CONTROL = 1e-9
MIXED_SCRIPTS = -5.0
CAPITAL_INSIDE = -3.5
SIGN_INSIDE = -4.0
LATIN_CROWD = -1.5


def _language(letters: dict[str, float]) -> dict[str, float]:
    capitals = {letter.upper(): share * CAPITAL for letter, share in letters.items() if len(letter.upper()) == 1}
    return MARKS | capitals | letters


def _thinned(letters: dict[str, float], by: float) -> dict[str, float]:
    return {letter: share * by for letter, share in letters.items()}


LANGUAGES = (
    _language(_thinned(WESTERN, 0.1) | GERMAN),
    _language(_thinned(WESTERN, 0.05) | _thinned(GERMAN, 0.03) | POLISH),
    _language(_thinned(GERMAN, 0.3) | WESTERN),
    _language(dict.fromkeys(UKRAINIAN, 0.0008) | dict(zip(*RUSSIAN, strict=True))),
)
"""Which letters beyond ASCII German, Polish, other Western and Russian text holds, and how often."""


def score_words(words: Iterable[str]) -> float:
    """The log likelihood of the letters beyond ASCII in the likeliest of the languages; higher is more likely."""
    seen = Counter(near for word in words for near in _neighbourhoods(word))
    company = sum(times * _score_company(*near) for near, times in seen.items())
    letters: Counter[str] = Counter()
    for (_, letter, _), times in seen.items():
        letters[letter] += times
    return company + max(_score_letters(letters, language) for language in LANGUAGES)


def _neighbourhoods(word: str) -> Iterator[tuple[str, str, str]]:
    padded = f" {word} "
    for place in range(1, len(padded) - 1):
        if padded[place] > "\x7f":
            yield padded[place - 1], padded[place], padded[place + 1]


def _score_letters(letters: Counter[str], language: dict[str, float]) -> float:
    return sum(times * math.log(language.get(letter) or _rare(letter)) for letter, times in letters.items())


def _score_company(before: str, letter: str, after: str) -> float:
    if not letter.isalpha():
        inside = before.isalpha() and after.isalpha() and letter not in "\u00a0’–´·"
        return SIGN_INSIDE if inside else 0.0
    score = CAPITAL_INSIDE if letter.isupper() and before.islower() else 0.0
    cyrillic = is_cyrillic(letter)
    if any(sign.isalpha() and is_cyrillic(sign) != cyrillic for sign in (before, after)):
        score += MIXED_SCRIPTS
    if not cyrillic and min(before, after) > "\x7f" and before.isalpha() and after.isalpha():
        score += LATIN_CROWD
    return score


def is_cyrillic(letter: str) -> bool:
    """Whether a letter is of the Cyrillic script."""
    return "\u0400" <= letter <= "\u04ff"


def _rare(letter: str) -> float:
    if letter.isalpha():
        return SOME_LETTER
    if "\u2500" <= letter <= "\u259f":
        return DRAWING
    return CONTROL if unicodedata.category(letter).startswith("C") or letter == "\ufffd" else SOME_SIGN
