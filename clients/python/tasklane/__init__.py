"""Tasklane for Python: create tasks and workflows, follow events, and run handlers as a worker.

    from tasklane import Client

    with Client("127.0.0.1:9090") as client:
        print(client.run("DATA_FETCHER", "system.echo", {"symbol": "AAPL"}))

The messages of the contract are in tasklane.v1, as protoc generates them; `prepare` does that.
"""

import pathlib
import sys

_generated = pathlib.Path(__file__).resolve().parent.parent / "generated"
if not _generated.is_dir():
    raise ImportError(f"{_generated} is missing: run {_generated.parent / 'prepare'} first")
__path__.append(str(_generated / "tasklane"))
sys.path.append(str(_generated))

from tasklane.client import Client, Created  # noqa: E402
from tasklane.errors import (  # noqa: E402
    TaskFailed,
    TasklaneError,
    Violation,
    WaitTimeout,
    WorkflowFailed,
)
from tasklane.events import Event, Subscription  # noqa: E402
from tasklane.run import Run, Stopped, TaskError  # noqa: E402
from tasklane.worker import Worker, task  # noqa: E402
from tasklane.workflows import chain, for_each, group, task_node  # noqa: E402

__all__ = [
    "Client",
    "Created",
    "Event",
    "Run",
    "Stopped",
    "Subscription",
    "TaskError",
    "TaskFailed",
    "TasklaneError",
    "Violation",
    "WaitTimeout",
    "Worker",
    "WorkflowFailed",
    "chain",
    "for_each",
    "group",
    "task",
    "task_node",
]
