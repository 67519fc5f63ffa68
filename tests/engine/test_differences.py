"""What changed between two versions of a text."""

from implement.engine.differences import Passage, compare_texts


def test_a_changed_paragraph_is_gone_and_come() -> None:  # M113
    found = compare_texts("One\n\nTwo\n\nThree", "One\n\nTwo, at once\n\nThree\n\nFour")
    assert found == [
        Passage("kept", "One"),
        Passage("gone", "Two"),
        Passage("come", "Two, at once"),
        Passage("kept", "Three"),
        Passage("come", "Four"),
    ]


def test_the_same_text_has_no_differences() -> None:
    assert {one.fate for one in compare_texts("One\nTwo", "One\n\n Two ")} == {"kept"}
