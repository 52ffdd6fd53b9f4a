from __future__ import annotations

import time

from tests.pages.conftest import Visit, words


def test_speed(visit: Visit) -> None:
    for q in ({}, {"all": "1"}, {"view": "contradictions"}, {"view": "open"}):
        test = visit("sources", query=q, language="ko")
        assert not test.exception, test.exception
        assert not test.error, test.error[0].value
        t = time.perf_counter()
        test.run()
        print(q, time.perf_counter() - t, len(words(test)))
