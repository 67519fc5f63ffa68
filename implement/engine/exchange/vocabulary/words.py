"""Lists of words written as text, the likeliest first."""

Words = dict[str, tuple[str, ...]]


def word_list(text: str) -> tuple[str, ...]:
    """Split `user | user id` at its bars; line ends count as blanks."""
    return tuple(" ".join(word.split()) for word in text.split("|"))
