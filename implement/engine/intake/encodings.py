"""Decide in which encoding a text file is written, by what its bytes would say in each."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from implement.engine.intake.letters import score_words

CANDIDATES = {
    "cp1252": 0.0,
    "cp1251": 0.0,
    "cp1250": 0.0,
    "iso8859-2": -1.0,
    "cp866": -1.0,
    "koi8-r": -1.0,
    "cp852": -2.0,
    "cp850": -2.0,
    "iso8859-5": -3.0,
    "mac-cyrillic": -5.0,
    "mac-roman": -5.0,
}
"""Single-byte encodings met in German, Polish and Russian offices, each with the logarithm of how common it is."""

WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
BLOCK = 1 << 20
HEAD, ELSEWHERE = 1 << 18, 1 << 16
MOST_WORDS = 4_000
LONGEST_WORD = 40
LEAST_PLAUSIBLE = 0.97
FEWEST_CONTROLS = 4
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class ByteSurvey:
    """What the bytes beyond ASCII of a whole file look like: lines in valid UTF-8, other lines, their words."""

    utf8_lines: int = 0
    other_lines: int = 0
    words: Counter[bytes] = field(default_factory=Counter)


def guess_encoding(path: Path) -> str | None:
    """Decide from head, middle and tail of a file; None when they are no text at all.

    The name "utf-8" may prove wrong further on; then `survey_bytes` and `decide_single_byte` look at every line.
    """
    head, *rest = _samples(path)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    wide = _wide_encoding(head)
    if wide:
        return wide
    if is_binary(head):
        return None
    other = [sample for sample in (head, *rest) if not _is_utf8(sample)]
    if not other or _most_lines_are_utf8(other):
        return "utf-8"
    return decide_single_byte(Counter(word for sample in other for word in WORD.findall(sample)))


def decide_single_byte(words: Counter[bytes]) -> str:
    """Choose the encoding in which the given words read most like a language."""
    chosen = [word[:LONGEST_WORD] for word, _ in words.most_common(MOST_WORDS)]
    merits = {
        name: prior + score_words(word.decode(name, "replace") for word in chosen) for name, prior in CANDIDATES.items()
    }
    return max(merits, key=lambda name: merits[name])


def survey_bytes(path: Path) -> ByteSurvey:
    """Look at every line of a file that holds bytes beyond ASCII."""
    survey = ByteSurvey()
    for line in _foreign_lines(path):
        if _is_utf8(line, whole=True):
            survey.utf8_lines += 1
            continue
        survey.other_lines += 1
        if len(survey.words) < MOST_WORDS:
            survey.words.update(WORD.findall(line))
    return survey


def is_binary(head: bytes) -> bool:
    """Whether the first bytes hold so many control characters that they are no text."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 26) for byte in head[:4096])
    return controls >= FEWEST_CONTROLS and controls * 20 > len(head[:4096])


def _samples(path: Path) -> list[bytes]:
    size = path.stat().st_size
    with path.open("rb") as file:
        samples = [file.read(HEAD)]
        for start in (size // 2, size - ELSEWHERE):
            if start > HEAD:
                file.seek(start)
                samples.append(file.read(ELSEWHERE))
    return samples


def _is_utf8(sample: bytes, *, whole: bool = False) -> bool:
    """Whether bytes are UTF-8; a letter cut at either end does not count against them."""
    if not whole:
        start = next((place for place, byte in enumerate(sample[:4]) if byte & 0xC0 != 0x80), 0)
        sample = sample[start:]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _most_lines_are_utf8(samples: list[bytes]) -> bool:
    lines = [line for sample in samples for line in sample.split(b"\n")[1:-1] if not line.isascii()]
    return sum(_is_utf8(line, whole=True) for line in lines) * 2 > len(lines)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of separators, digits and line ends is zero."""
    zeros = head.count(0)
    if zeros * 20 < len(head):
        return None
    even = head[: len(head) // 2 * 2]
    for name, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        if even[place::2].count(0) * 5 < zeros * 4:
            continue
        text = even.decode(name, "replace")
        plausible = sum(sign in "\t\r\n" or " " <= sign < "\u0530" or "\u2010" <= sign < "\u2123" for sign in text)
        if plausible >= LEAST_PLAUSIBLE * len(text):
            return name
    return None


def _foreign_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            block += file.readline(BLOCK)
            if not block.isascii():
                yield from (line for line in block.splitlines() if not line.isascii())
