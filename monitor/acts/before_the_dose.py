"""What must be there before the first drug, by whatever way it is given."""

from __future__ import annotations

from monitor.acts.act import Act, Scene
from monitor.errors import Code, RefusedError
from monitor.second_check import in_force


def need_baseline(act: Act, scene: Scene) -> None:
    """Insist on a full set of vital signs that is not too old, a reason, or an override.

    Raises:
        RefusedError: `baseline-missing`.
    """
    session = scene.session
    if session.baseline(act.when(scene)) is not None or act.reason.strip():
        return
    if in_force(session, Code.BASELINE_MISSING) is None:
        raise RefusedError(Code.BASELINE_MISSING, minutes=session.protocol.baseline.before)
