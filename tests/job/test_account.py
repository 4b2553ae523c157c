"""The account of a run holds no secret, whatever a server or a library put into its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.job.account import LISTED, Account, StageAccount, page, safe, tree
from briefing.model import Problem


def account(text: str, problems: int = 1) -> Account:
    found = tuple(Problem(text, text, text) for _ in range(problems))
    stage = StageAccount("send", "failed", text, "a", "b", {}, found)
    return Account("2024-W46", "failed", 4, "a", "b", False, (stage,), found, (text,))


def test_secrets_of_the_environment_and_of_addresses_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", "hunter2 صعب")
    monkeypatch.setenv("BRIEFING_LLM_KEY", "sk-1")
    monkeypatch.setenv("BRIEFING_EMPTY_KEY", " ")
    told = account("535 no 'hunter2 صعب' or sk-1 at https://user:pa%40ss@git.example.org/wiki")
    for text in ("\n".join(page(told)), str(tree(told))):
        assert not any(secret in text for secret in ("hunter2", "sk-1", "pa%40ss", "user:"))
        assert "https://…@git.example.org/wiki" in text


@given(st.text(min_size=1).filter(lambda text: text.strip() and "…" not in text and "@" not in text), st.text(), st.text())
def test_no_secret_survives(secret: str, before: str, after: str) -> None:
    cleaned = safe(before + secret + after, {"BRIEFING_X_TOKEN": secret})
    assert secret not in cleaned


def test_a_long_list_of_problems_keeps_to_a_page() -> None:
    lines = page(account("x", 400))
    assert len(lines) < 45 and f"  and {400 - LISTED} more" in lines
