"""Questions that come by mail: sender, text and instant; pages become plain words, hostile ones too."""

from datetime import UTC, datetime

import pytest

from implement.engine.mail_question import UnusableMail, read_mail

PLAIN = (
    "From: Bob <Bob@Example.com>\r\nSubject: =?utf-8?q?Wo_ist_der_Verlauf=3F?=\r\nMessage-ID: <1@example.com>\r\n"
    "Date: Mon, 02 Mar 2026 09:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Guten Tag,\r\nwo steht der Verlauf?\r\n> frühere Mail\r\n"
).encode()
PAGE = (
    b"From: bob@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<style>p{}</style><script>alert(1)</script><p>Where is <b>it</b>?</p><p onclick='x()'>=cmd()</p>"
)


def test_a_mail_is_a_question_without_what_it_quotes() -> None:  # M22
    found = read_mail(PLAIN)
    assert (found.sender, found.subject) == ("bob@example.com", "Wo ist der Verlauf?")
    assert found.text == "Guten Tag,\nwo steht der Verlauf?"
    assert found.sent_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert found.message_id == "<1@example.com>"


def test_of_a_page_only_its_words_are_kept() -> None:
    assert read_mail(PAGE).text == "Where is it?\n=cmd()"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "not_a_mail"),
        (b"", "not_a_mail"),
        (b"Subject: Hello\r\n\r\nText", "no_sender"),
        (b"From: bob@example.com\r\n\r\n   ", "no_text"),
    ],
)
def test_what_is_no_mail_is_refused_with_the_reason(raw: bytes, code: str) -> None:
    with pytest.raises(UnusableMail) as refusal:
        read_mail(raw)
    assert refusal.value.code == code


def test_a_mail_in_an_unknown_writing_is_read_as_far_as_it_goes() -> None:
    raw = b"From: bob@example.com\r\nContent-Type: text/plain; charset=klingon\r\n\r\nWhere is it?"
    assert read_mail(raw).text == "Where is it?"
