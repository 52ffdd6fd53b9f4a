"""Whatever somebody types, the server's log is one line an event."""

from __future__ import annotations

import io
import logging

import pytest

from engine import logs

FORGED = "x\n2026-01-01 ERROR forged\r\x1b[2J\u202e\u2028\x85end"


@pytest.fixture
def written():
    before = logging.getLogRecordFactory()
    logs.set_up()
    logger, stream = logging.getLogger("simcards.test"), io.StringIO()
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_a_message_is_one_line(written):
    logger, stream = written
    logger.error("There is nothing called “%s”", FORGED)
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().rstrip("\n").isprintable()
    logger.error("안녕하세요 σ = 0.1")
    assert "안녕하세요 σ = 0.1" in stream.getvalue()


def test_an_exception_cannot_begin_a_line_of_its_own(written):
    logger, stream = written
    try:
        try:
            raise ValueError(FORGED)
        except ValueError as error:
            raise KeyError(FORGED) from error
    except KeyError:
        logger.exception("in %s", "page")
    lines = stream.getvalue().splitlines()
    assert not [line for line in lines if line.startswith("2026-01-01")]
    assert "ValueError" in stream.getvalue()
    assert "KeyError" in stream.getvalue()
    assert "in test_an_exception" in stream.getvalue()
    assert all(line.isprintable() for line in lines)
