"""What calls raise, with the reasons that the contract names."""

from typing import NamedTuple

import grpc
from google.rpc import error_details_pb2, status_pb2

_CODES = {code.value[0]: code.name for code in grpc.StatusCode}
_DETAILS = "grpc-status-details-bin"


class Violation(NamedTuple):
    """One fault of a request: the path of the field, such as "task.priority", and what is wrong."""

    field: str
    description: str


class TasklaneError(Exception):
    """A call that was refused or that failed.

    code is the gRPC code, such as "INVALID_ARGUMENT"; reason is the one that the contract names at
    the method, such as "QUEUE_UNKNOWN", or "" where the server gave none; violations are the
    offending fields; metadata has what ErrorInfo adds, such as "oldest_token".
    """

    def __init__(self, code, message, reason="", violations=(), metadata=None):
        super().__init__(f"{code}{' ' + reason if reason else ''}: {message}")
        self.code = code
        self.message = message
        self.reason = reason
        self.violations = list(violations)
        self.metadata = dict(metadata or {})

    @classmethod
    def of_call(cls, error):
        """That of a call: a grpc.RpcError.

        The server gives details with whatever it answers, so UNKNOWN without any is of a connection
        that broke, and reads as UNAVAILABLE.
        """
        for key, value in error.trailing_metadata() or ():
            if key == _DETAILS:
                return cls.of_status(status_pb2.Status.FromString(value))
        code = error.code().name
        return cls("UNAVAILABLE" if code == "UNKNOWN" else code, error.details() or "")

    @classmethod
    def of_status(cls, status):
        """That of a google.rpc.Status, as the elements of a stream have it."""
        info = error_details_pb2.ErrorInfo()
        bad = error_details_pb2.BadRequest()
        for detail in status.details:
            if not detail.Unpack(info):
                detail.Unpack(bad)
        violations = [Violation(v.field, v.description) for v in bad.field_violations]
        return cls(_CODES[status.code], status.message, info.reason, violations, info.metadata)


class WaitTimeout(Exception):
    """The wait is over and what was waited for has not ended; it goes on."""


class TaskFailed(Exception):
    """A task that was waited for ended otherwise than SUCCEEDED; task has its failure."""

    def __init__(self, task):
        super().__init__(_sentence(task.name, task.State.Name(task.state), task.failure))
        self.task = task


class WorkflowFailed(Exception):
    """A workflow that was waited for ended otherwise than SUCCEEDED; workflow has its failure."""

    def __init__(self, workflow):
        state = workflow.State.Name(workflow.state)
        super().__init__(_sentence(workflow.name, state, workflow.failure))
        self.workflow = workflow


def _sentence(name, state, failure):
    state = state.removeprefix("STATE_")
    return f"{name} ended {state}: {failure.code or 'no failure'} {failure.message}".rstrip()
