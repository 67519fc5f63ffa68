"""What a side writes before its values, as a person reads and types it: `+49`, or several divided by commas."""

from implement.engine.mapping.plan import Writing
from implement.engine.mapping.writings.writing import loosen

BETWEEN = ","


def beginnings_to_text(writing: Writing) -> str:
    """What stands before values, letter by letter where that is known."""
    marked = {loosen(writing.mark): writing.mark} if writing.mark else {}
    return f"{BETWEEN} ".join(marked.get(one, one) for one in writing.prefixes.split("|"))


def beginnings_from_text(text: str) -> tuple[str, str]:
    """The prefixes and the mark that a person means: one alone stands so before almost every value.

    Raises ValueError with what has neither letters nor digits, for those alone are compared.
    """
    typed = list(filter(None, map(str.strip, text.split(BETWEEN))))
    loose = {loosen(one): one for one in typed}
    if "" in loose:
        raise ValueError(loose[""])
    return "|".join(sorted(loose, key=lambda one: (-len(one), one))), typed[0] if len(typed) == 1 else ""
