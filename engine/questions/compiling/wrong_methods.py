"""The `wrong_methods:` of a block, read."""

from __future__ import annotations

from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.kinds.kind import Kind, Names, WrongMethod

KEY = "wrong_methods"


def compile_wrong_methods(
    block: Block, kind: Kind, names: Names
) -> tuple[tuple[str, WrongMethod], ...]:
    """name -> what it answers; what cannot be read is noted in the block."""
    methods: list[tuple[str, WrongMethod]] = []
    for name, node in block.mapping(KEY).items():
        if name in block.mapping("misconceptions"):
            block.fail(
                "two-names",
                node.line,
                say("a wrong method called “{name}”, which is a misconception too", name=name[:60]),
                say("a wrong method without feedback of its own"),
                say("Delete or rename it: a misconception is graded wrong anyway."),
            )
            continue
        method = kind.read_wrong_method(block, node, names)
        if method is not None:
            methods.append((name, method))
    return tuple(methods)
