"""A terminal at which one command can be typed, and nothing else is at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from ui.console.stage import Hooks

CLINIC = Path("/clinic")
"""Where the clinic's own record lies."""


def typed_at(
    register: Callable[[typer.Typer], None], arguments: list[str], **hooks: Callable[..., Any]
) -> Result:
    """Type a command, and return what it said.

    Args:
        register: Makes the command known.
        arguments: What is typed after the program's name.
        hooks: What the command may ask of the program; all else must not be asked.
    """
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    never = dict.fromkeys(
        (
            "open_practice",
            "open_store",
            "open_window",
            "restore",
            "read",
            "read_certificate",
            "rebuild",
            "lone_verifier",
            "play_in_window",
        ),
        _never,
    )
    at_hand = never | {"clinic_store": lambda: CLINIC} | hooks
    made = Hooks(version="1", program=("chairside",), **at_hand)
    return CliRunner().invoke(app, arguments, obj=made)


def _never(*_: object) -> Any:  # noqa: ANN401 - it returns nothing, ever
    raise AssertionError("nobody asked for this")
