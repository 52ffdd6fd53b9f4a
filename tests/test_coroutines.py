from __future__ import annotations

from pathlib import Path

from tests.coroutines import run

TESTS = Path(__file__).parent


async def answer() -> int:
    return 42


def test_a_coroutine_runs_beside_a_loop_that_is_running_already() -> None:
    async def beside() -> int:
        return run(answer())

    assert run(beside()) == 42


def test_no_test_counts_on_being_the_only_one_with_a_loop() -> None:
    calls = "asyncio" + ".run("
    found = [path.name for path in TESTS.rglob("test_*.py") if calls in path.read_text("utf-8")]
    assert found == []
