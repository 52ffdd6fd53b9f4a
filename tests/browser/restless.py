"""The app as `make run` serves it, with a page that looks for news ten times as often.

What goes wrong when that meets a click then goes wrong within minutes.
"""

from engine.pages import clock

clock.LOOK_SECONDS = 0.4
from engine.server import app  # noqa: E402, F401
