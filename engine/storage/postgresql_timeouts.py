"""A PostgreSQL connection that gives up on a server which does not answer.

`statement_timeout` is the server's own: one that is frozen does not keep it. TCP's time-outs do not
help either, as the kernel of a frozen server still acknowledges. So the client looks at its watch.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg

#: Seconds for a server to accept a connection (psycopg knows no shorter time).
CONNECT_SECONDS = 2
#: Seconds to wait for a row or the schema that somebody else holds, and for a statement: kept by
#: the server, which then says what it was.
LOCK_SECONDS, STATEMENT_SECONDS = 4, 5
#: Seconds after which a server that keeps neither is given up.
PATIENCE_SECONDS = 6.0
#: The same for the question whether an idle connection still works.
PING_SECONDS = 2.0


class PatientConnection(psycopg.Connection[Any]):
    """patience: seconds that a statement may take; None: as long as it likes."""

    patience: float | None = PATIENCE_SECONDS

    def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
        """See psycopg. Raises OperationalError, with the connection closed, when time is up."""
        if self.patience is None:
            return super().wait(gen, *arguments, **options)
        return super().wait(self._watched(gen, self.patience), *arguments, **options)

    def _watched(self, gen: Any, seconds: float) -> Generator[Any, Any, Any]:
        """`gen`, which psycopg resumes every tenth of a second though nothing came."""
        end = monotonic() + seconds
        try:
            wanted = next(gen)
            while True:
                came = yield wanted
                if not came and monotonic() > end:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer within {seconds:g} seconds")
                wanted = gen.send(came)
        except StopIteration as end_of_it:
            return end_of_it.value
