"""Keep the translations complete: `python -m implement.web.texts.catalog` adds new texts and says what is missing."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from implement.web.texts.extraction import MessageId, extract_messages, find_bare_texts
from implement.web.texts.translations import FOLDER, read_catalog

TRANSLATED = ("de", "pl", "ru")
SAME_WORD = "same word"  # a translator's comment for a text that reads alike in both languages
WORD = re.compile(r"[^\W\d_]{3,}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@dataclass(frozen=True)
class Gap:
    """A text that somebody would read in the wrong language."""

    language: str
    text: str
    reason: str


def find_untranslated() -> list[Gap]:
    """Texts that are missing, unsure, left in English, torn (placeholders differ) or never marked; empty is well."""
    wanted = extract_messages()
    gaps = [gap for language in TRANSLATED for gap in _find_gaps(language, wanted)]
    return gaps + [Gap("all", text, f"not marked in {place}") for place, text in find_bare_texts()]


def update_catalogs() -> None:
    """Write the three files anew: new texts empty, gone ones dropped, in alphabetical order for easy merges."""
    wanted = extract_messages()
    for language in TRANSLATED:
        _write(language, _renewed(language, wanted))


def _renewed(language: str, wanted: set[MessageId]) -> Catalog:
    old = read_catalog(language)
    new = Catalog(locale=language, project="Implement", fuzzy=False)
    for message_id in wanted:
        known = old.get(message_id if isinstance(message_id, str) else message_id[0])
        if known is None:
            new.add(message_id)
        else:
            new.add(message_id, known.string, flags=known.flags, user_comments=known.user_comments)
    return new


def _write(language: str, catalog: Catalog) -> None:
    path: Path = FOLDER / f"{language}.po"
    with path.open("wb") as file:
        write_po(file, catalog, width=116, sort_output=True, no_location=True, omit_header=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    path.write_text(head + path.read_text("utf-8").lstrip(), "utf-8")


def _find_gaps(language: str, wanted: set[MessageId]) -> list[Gap]:
    catalog = read_catalog(language)
    gaps = []
    for message_id in sorted(wanted, key=str):
        text = message_id if isinstance(message_id, str) else message_id[0]
        reason = _fault(catalog.get(text), message_id, catalog.num_plurals)
        if reason:
            gaps.append(Gap(language, text, reason))
    return gaps


def _fault(message: Message | None, wanted: MessageId, num_plurals: int) -> str:
    """Why a translation cannot stand, or nothing."""
    if message is None:
        return "missing"
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    counted = not isinstance(wanted, str)
    if not all(forms) or len(forms) != (num_plurals if counted else 1):
        return "missing"
    if message.fuzzy:
        return "unsure"
    originals = list(wanted) if counted else [str(wanted)]
    if any(
        set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(originals[-1])) - _droppable(form) for form in forms
    ):
        return "placeholders differ"
    alike = set(forms) & set(originals) and WORD.search(PLACEHOLDER.sub("", forms[0]))
    return "left in English" if alike and SAME_WORD not in message.user_comments else ""


def _droppable(form: str) -> set[str]:
    """A counted text may say its number in words."""
    return {"%(num)d"} if "%(num)d" not in form else set()


def main() -> int:
    """Bring the files up to date and print what is left to do; 1 when something is."""
    update_catalogs()
    gaps = find_untranslated()
    for gap in gaps:
        print(f"{gap.language}\t{gap.reason}\t{gap.text!r}")
    print(f"{len(extract_messages())} texts, {len(gaps)} gaps", file=sys.stderr)
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
