"""``circular chat``: a conversation over a pipe."""

from __future__ import annotations

import pytest

from .conftest import Here

FAREWELL = "Goodbye.\n"


def said(circular: Here, *lines: str) -> str:
    ran = circular("chat", stdin="".join(f"{line}\n" for line in lines).encode())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(FAREWELL)
    assert "\x1b" not in ran.out
    return ran.out


def test_a_conversation_with_a_follow_up_sources_and_a_new_start(circular: Here) -> None:
    out = said(
        circular,
        "Who can get a policy-based loan?",
        "",
        "and for cities?",
        "/source 12",
        "/source 99",
        "/source",
        "/source x",
        "/source appendix-1 1",
        "/source no-such 1",
        "/docs",
        "/new",
        "/nonsense",
        "/quit",
        "hello",
    )
    _, loans, cities = out.split("✓ answered")
    assert "service outsourcing enterprises which meet the related requirements" in loans
    assert "grant policy-based loans to the base cities" in cities
    assert out.startswith("Ask about: Circular of Ministry of Commerce")
    assert "▶¶12" in out
    assert "circular-2006-556 has no paragraph 99" in out
    assert out.count("Say which paragraph: /source 12") == 2
    assert "appendix-1 has no paragraph 1: its text is not in the library" in out
    assert "no document 'no-such' in the library" in out
    assert "omitted · Appendix III · en" in out
    assert "Starting afresh." in out
    assert "No such command: /nonsense" in out
    assert "Hello!" not in out


def test_after_a_new_start_what_was_asked_is_forgotten(circular: Here) -> None:
    lines = ["/new", "and for cities?", "/new", "Who can get a policy-based loan?", "/new", "and for cities?"]
    out = said(circular, *lines).removesuffix(FAREWELL)
    _, first, _, after = out.split("Starting afresh.\n")
    assert after == first


@pytest.mark.parametrize("typed", [b"\n \n", b"/exit\nhello\n"])
def test_the_end_of_the_input_ends_it_politely(circular: Here, typed: bytes) -> None:
    ran = circular("chat", stdin=typed)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(FAREWELL)
    assert "Hello!" not in ran.out


def test_damaged_bytes_do_not_end_it(circular: Here) -> None:
    ran = circular("chat", stdin=b"\xff\xfe\x00\n\xe4\xbd\nhello\n")
    assert (ran.code, ran.err) == (0, "")
    assert "Hello!" in ran.out
