"""What changed between two texts, paragraph by paragraph: kept, gone, come."""

from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, GONE, COME = "kept", "gone", "come"


@dataclass(frozen=True)
class Passage:
    """A paragraph that both texts hold, or only the earlier (`gone`), or only the later one (`come`)."""

    fate: str
    text: str


def compare_texts(before: str, after: str) -> list[Passage]:
    """Both texts as one list of paragraphs, each with its fate; a changed one is gone and come."""
    old, new = _split(before), _split(after)
    found: list[Passage] = []
    for tag, first, last, begin, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Passage(KEPT, text) for text in old[first:last]]
        else:
            found += [Passage(GONE, text) for text in old[first:last]]
            found += [Passage(COME, text) for text in new[begin:end]]
    return found


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
