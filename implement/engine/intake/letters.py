"""How likely a letter is in German, Polish, Russian or English text, and in which company it stands."""

import math
import unicodedata

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


def _frequencies() -> dict[str, float]:
    known = dict(zip(*RUSSIAN, strict=True)) | dict.fromkeys(UKRAINIAN, 0.0008) | WESTERN | GERMAN | POLISH
    capitals = {letter.upper(): share * CAPITAL for letter, share in known.items() if len(letter.upper()) == 1}
    return MARKS | capitals | known


FREQUENCIES = _frequencies()


def score_word(word: str) -> float:
    """The log likelihood of the letters beyond ASCII in one word, higher is more likely."""
    return sum(
        _score_letter(word[place - 1 : place], letter, word[place + 1 : place + 2])
        for place, letter in enumerate(word)
        if letter > "\x7f"
    )


def _score_letter(before: str, letter: str, after: str) -> float:
    score = math.log(FREQUENCIES.get(letter) or _rare(letter))
    neighbours = before + after
    if letter.isalpha():
        if letter.isupper() and before.islower():
            score += CAPITAL_INSIDE
        cyrillic = is_cyrillic(letter)
        if any(sign.isalpha() and is_cyrillic(sign) != cyrillic for sign in neighbours):
            score += MIXED_SCRIPTS
        if not cyrillic and sum(sign > "\x7f" and sign.isalpha() for sign in neighbours) == 2:
            score += LATIN_CROWD
    elif before.isalpha() and after.isalpha() and letter not in "\u00a0’–´·":
        score += SIGN_INSIDE
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
