"""Turn a text of any encoding into UTF-8, as a stream."""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20


@dataclass(frozen=True)
class Transcoded:
    """What was met while writing UTF-8: NUL characters removed, lines read in the other encoding (first line first)."""

    nuls: int
    other_lines: tuple[int, ...]


def transcode(source: Path, target: Path, encoding: str, *, other: str | None = None, skip: int = 0) -> Transcoded:
    """Write `source` as UTF-8 without byte-order mark, NUL and its first `skip` characters.

    With `other`, each line that is no valid `encoding` is read in the other one.
    """
    other_lines: list[int] = []
    blocks = _mixed_blocks(source, encoding, other, other_lines.append) if other else decoded_blocks(source, encoding)
    nuls = 0
    with target.open("wb") as file:
        for block in blocks:
            kept, skip = block[skip:], max(0, skip - len(block))
            if "\0" in kept:
                nuls += kept.count("\0")
                kept = kept.replace("\0", "")
            file.write(kept.encode("utf-8", "replace"))
    return Transcoded(nuls, tuple(other_lines))


def decoded_blocks(path: Path, encoding: str, block_bytes: int = BLOCK) -> Iterator[str]:
    """Read a file as blocks of text; bytes the encoding does not know become the replacement character."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    with path.open("rb") as file:
        while block := file.read(block_bytes):
            text = decoder.decode(block)
            yield text.removeprefix("\ufeff") if first else text
            first = False
    yield decoder.decode(b"", final=True)


def _mixed_blocks(path: Path, encoding: str, other: str, met: Callable[[int], None]) -> Iterator[str]:
    number = 0
    with path.open("rb") as file:
        for line in file:
            number += 1
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                met(number)
                text = line.decode(other, "replace")
            yield text.removeprefix("\ufeff") if number == 1 else text
