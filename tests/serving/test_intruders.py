"""Every forbidden use case, tried over the websocket by clients that send what they like.

An instructor's page is opened and every widget on it is written down. Then others send just these
widgets: with their own cookie, with none, with an id, with a made-up one, and within the very
session of the instructor.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from engine.storage import NewReport, open_store
from tests.bench.streamlit_client import PATIENCE, Session
from tests.coroutines import run
from tests.serving.conftest import known

CARD = "xavier-normal"
TABLES = ("learner", "revision", "head", "draft", "rename", "report", "log", "memory", "credential")


class Client(Session):
    """A session that can go on in another's, and knows what its page is called."""

    session = ""

    async def join(self, session: str) -> None:
        """Connects, with the session that was somebody's before."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self.socket = await websockets.connect(
            self.url.replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit", "x", session],
            additional_headers=headers,
            origin=self.url,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )

    def _take(self, data: bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        return super()._take(data)

    async def attempt(self, trigger: WidgetState, fragment: str) -> bool:
        """Sends; False where the server answers nothing, as it does for a fragment it has not."""
        try:
            await asyncio.wait_for(self.rerun(trigger, fragment), 3)
        except TimeoutError:
            return False
        return True

    def words(self) -> str:
        return "\n".join(
            [a.body for a, _ in self.of_type("alert")]
            + [m.body for m, _ in self.of_type("markdown")]
        )


def triggers(client: Client) -> list[tuple[WidgetState, str]]:
    """Whatever can be pressed, picked or typed on the page."""
    found: list[tuple[WidgetState, str]] = []
    for kind in (
        "button",
        "text_input",
        "text_area",
        "selectbox",
        "bidi_component",
        "button_group",
    ):
        for widget, fragment in client.of_type(kind):
            id = widget.id
            if "-language-" in id:
                continue  # anybody may choose their own
            if kind == "button":
                found.append((WidgetState(id=id, trigger_value=True), fragment))
            elif kind == "bidi_component":
                typed = '{"text": "intruder", "value": "intruder", "orders": 1}'
                found.append((WidgetState(id=id, json_value=typed), fragment))
                found.append((WidgetState(id=id, json_trigger_value=typed), fragment))
            else:
                found.append((WidgetState(id=id, string_value="intruder"), fragment))
    return found


def contents(data: Any) -> dict[str, list[Any]]:
    """Read as it stands in the file: opening a store some 300 times took longer than the attack."""
    with closing(sqlite3.connect(f"file:{data / 'simcards.db'}?mode=ro", uri=True)) as database:
        return {
            table: sorted(map(str, database.execute(f"SELECT * FROM {table}"))) for table in TABLES
        }


@pytest.fixture
def school(start, content, tmp_path):
    """(server, cookie of the instructor, their id), with a report to be answered."""
    data = tmp_path / "data"
    cookie, id = known(data)
    server = start(
        SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS=id, SIMCARDS_CONTENT=str(content)
    )
    with closing(open_store(None, data)) as store:
        store.reports.add(
            NewReport(
                learner=id,
                presentation="p",
                item=f"{CARD}/sigma",
                card=CARD,
                seed=7,
                card_digest="d",
                variant=None,
                text="wrong",
                at=datetime.now(UTC),
            )
        )
    return server, cookie, id


async def instructor_at(server: Any, cookie: str, query: str) -> Client:
    """The instructor at the editor, found through the navigation as a browser does."""
    client = Client(server.url, cookie)
    client.query = query
    original = client._take
    pages: dict[str, str] = {}

    def take(data: bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "navigation":
            pages.update(
                (page.url_pathname, page.page_script_hash) for page in message.navigation.app_pages
            )
        return original(data)

    client._take = take  # type: ignore[method-assign]
    await client.open()
    client.page, client.query = pages["edit"], query
    await client.rerun()
    return client


def strangers(data: Any, name: str, instructor: str) -> dict[str, str | None]:
    """Cookies of those who are no instructors."""
    return {
        "another learner": known(data)[0],
        "nobody": None,
        "the instructor's id": f"{name}={instructor}",
        "the instructor's id, as it was": f"simcards_learner={instructor}",
        "local": f"{name}=local; simcards_learner=local",
        "made up": f"{name}={'x' * 43}",
        "an old cookie": f"simcards_learner={secrets.token_hex(16)}",
        "empty": f"{name}=; simcards_learner=",
    }


def test_no_forbidden_use_case_is_carried_out(school):
    server, cookie, id = school
    name = cookie.partition("=")[0]
    told: dict[str, tuple[int, int]] = {}

    async def attack() -> None:
        for query in (f"card={CARD}", ""):
            instructor = await instructor_at(server, cookie, query)
            sent = triggers(instructor)
            assert len(sent) > (20 if query else 5)
            page = instructor.page
            await instructor.close()
            for who, theirs in strangers(server.data, name, id).items():
                client = Client(server.url, theirs)
                client.query = query
                await client.open()
                before = contents(server.data)
                for trigger, _ in sent:
                    client.page, client.query = page, query
                    await client.rerun(trigger)
                allowed = contents(server.data) != before
                tried, done = told.get(who, (0, 0))
                told[who] = (tried + len(sent), done + allowed)
                assert "status: ready" not in client.words()
                await client.close()

    run(attack())
    print(f"tried {sum(n for n, _ in told.values())}, allowed {sum(n for _, n in told.values())}")
    assert {who: done for who, (_, done) in told.items() if done} == {}


def test_a_session_that_was_an_instructors_obeys_nobody_else(school):
    """The buttons are known to the session; who presses them is asked anew."""
    server, cookie, id = school
    name = cookie.partition("=")[0]

    async def opened() -> Client:
        return await instructor_at(server, cookie, f"card={CARD}")

    async def attack() -> int:
        theirs = strangers(server.data, name, id)
        instructors = {who: await opened() for who in theirs}
        before = contents(server.data)
        # All at once, each in a session of its own: most of it is waiting for no answer.
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(_go_on_as(server, instructors[who], of, before))
                for who, of in theirs.items()
            ]
        return sum(task.result() for task in tasks)

    tried = run(attack())
    print(f"tried {tried}, allowed 0")
    assert tried > 100


async def _go_on_as(
    server: Any, instructor: Client, cookie: str | None, before: dict[str, list[Any]]
) -> int:
    """Presses everything in a session that was an instructor's; how often something answered."""
    tried = 0
    gone: set[str] = set()
    await instructor.close()
    for trigger, fragment in triggers(instructor):
        client = Client(server.url, cookie)
        client.page, client.query = instructor.page, instructor.query
        await client.join(instructor.session)
        heard = fragment not in gone and await client.attempt(trigger, fragment)
        if not heard:
            gone.add(fragment)
            heard = await client.attempt(trigger, "")
        tried += heard
        await client.close()
        assert contents(server.data) == before, (cookie, trigger)
    return tried


def test_a_stranger_gets_words_and_no_row(school):
    server, cookie, id = school
    name = cookie.partition("=")[0]
    others = strangers(server.data, name, id)
    del others["another learner"]
    before = contents(server.data)

    async def visit(theirs: str | None) -> str:
        client = Client(server.url, theirs)
        await client.open()
        said = client.words()
        await client.close()
        return said

    for theirs in others.values():
        said = run(visit(theirs))
        assert "This browser sent no cookie" in said or "does not know this browser" in said
    assert contents(server.data) == before


def test_whoever_was_signed_out_cannot_go_on_in_an_open_tab(school):
    server, cookie, id = school

    async def go_on() -> str:
        client = await instructor_at(server, cookie, f"card={CARD}")
        with closing(open_store(None, server.data)) as store:
            store.credentials.sign_out(id)
        await asyncio.sleep(5.2)
        before = contents(server.data)
        gone: set[str] = set()
        for trigger, fragment in triggers(client):
            if fragment in gone or not await client.attempt(trigger, fragment):
                gone.add(fragment)
                await client.attempt(trigger, "")
        assert contents(server.data) == before
        await client.rerun()
        said = client.words()
        await client.close()
        return said

    assert "does not know this browser" in run(go_on())


def test_the_instructor_is_allowed_what_the_others_are_not(school):
    """So that the tests above try what can be done."""
    server, cookie, _ = school

    async def retire() -> dict[str, list[Any]]:
        client = await instructor_at(server, cookie, f"card={CARD}")
        before = contents(server.data)
        await client.click("Retire it")
        await client.close()
        return before

    before = run(retire())
    assert len(contents(server.data)["revision"]) == len(before["revision"]) + 1
