"""A Streamlit session without a browser: the websocket protocol of 1.67, as far as needed.

Sends what the browser sends (all held widget states, the hashes of cached messages) and keeps
track of what is on the page. For load, where a hundred browsers would measure the browsers.
"""

from __future__ import annotations

import asyncio
import time
import urllib.parse
from typing import Any, Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

#: Seconds for a handshake or a run. On a busy machine they take long, and that is no failure.
PATIENCE = 240


class Session:
    """One tab. `elements` is what is on the page, by its place."""

    def __init__(self, url: str, cookie: str | None = None) -> None:
        self.url = url.rstrip("/")
        self.cookie = cookie
        self.query = ""
        self.elements: dict[tuple[int, ...], tuple[Any, str, int]] = {}
        self.widgets: dict[str, WidgetState] = {}
        self.messages: dict[str, ForwardMsg] = {}
        self.errors: list[str] = []
        self.runs = 0
        self.page = ""
        self.socket: Any = None

    async def open(self) -> float:
        """Connects and runs the page once. Returns the seconds that took."""
        parts = urllib.parse.urlsplit(self.url)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self.socket = await websockets.connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=headers,
            origin=f"{parts.scheme}://{parts.netloc}",  # type: ignore[arg-type]
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        return await self.rerun()

    async def close(self) -> None:
        await self.socket.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.socket is not None:
            await self.close()

    async def rerun(self, trigger: WidgetState | None = None, fragment: str = "") -> float:
        """One run of the script (or a fragment); returns the seconds until it had finished."""
        self.runs += 1
        message = BackMsg()
        run = message.rerun_script
        run.query_string = self.query
        run.page_script_hash = self.page
        run.fragment_id = fragment
        run.context_info.timezone = "Asia/Seoul"
        run.context_info.locale = "en-US"
        run.context_info.url = self.url + "/"
        run.context_info.color_scheme = "light"
        run.cached_message_hashes.extend(self.messages)
        for state in [*self.widgets.values(), *([trigger] if trigger is not None else [])]:
            run.widget_states.widgets.add().CopyFrom(state)
        begin = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while not self._take(await asyncio.wait_for(self.socket.recv(), PATIENCE)):
            pass
        took = time.perf_counter() - begin
        for place, (_, owner, seen) in list(self.elements.items()):
            if seen < self.runs and (not fragment or owner == fragment):
                del self.elements[place]
        return took

    def _take(self, data: bytes) -> bool:
        """One message from the server; True when the run has finished."""
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "ref_hash":
            known = ForwardMsg()
            known.CopyFrom(self.messages[message.ref_hash])
            known.metadata.CopyFrom(message.metadata)
            message = known
        elif message.metadata.cacheable:
            self.messages[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            place = tuple(message.metadata.delta_path)
            self.elements[place] = (element, message.delta.fragment_id, self.runs)
            if element.WhichOneof("type") == "exception":
                self.errors.append(element.exception.message)
        elif kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        return kind == "script_finished" and (
            message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def of_type(self, kind: str) -> list[tuple[Any, str]]:
        """The elements of one type on the page, with the fragment each belongs to."""
        return [
            (getattr(element, kind), fragment)
            for _, (element, fragment, _) in sorted(self.elements.items())
            if element.WhichOneof("type") == kind
        ]

    async def click(self, word: str) -> float:
        """Presses the first button whose label has `word` in it."""
        for button, fragment in self.of_type("button"):
            if word in button.label:
                return await self.rerun(WidgetState(id=button.id, trigger_value=True), fragment)
        labels = [button.label for button, _ in self.of_type("button")]
        raise KeyError(f"no button {word!r}; there are {labels}")

    def has_button(self, word: str) -> bool:
        return any(word in button.label for button, _ in self.of_type("button"))

    def fill(self) -> None:
        """Puts something into every widget for an answer that the page has."""
        for field, _ in self.of_type("text_input"):
            self.widgets[field.id] = WidgetState(id=field.id, string_value="0.5")
        for radio, _ in self.of_type("radio"):
            self.widgets[radio.id] = WidgetState(id=radio.id, string_value=radio.options[0])
