"""The client: everything that a program asks of a server."""

import datetime
import time
import uuid

from google.protobuf import duration_pb2, json_format

from tasklane.connection import Connection
from tasklane.creates import CreateStream
from tasklane.errors import TaskFailed, WaitTimeout, WorkflowFailed
from tasklane.events import Subscription
from tasklane.payloads import Payloads, fields, to_json
from tasklane.v1 import event_service_pb2, event_service_pb2_grpc
from tasklane.v1 import fact_service_pb2, fact_service_pb2_grpc
from tasklane.v1 import task_pb2, task_service_pb2, task_service_pb2_grpc
from tasklane.v1 import workflow_service_pb2, workflow_service_pb2_grpc
from tasklane.workflows import fill_task, tree

_STATES = task_pb2.Task.State
_WORKFLOW_STATES = workflow_service_pb2.Workflow.State
_FINAL = {
    _WORKFLOW_STATES.Value(f"STATE_{state}") for state in ("SUCCEEDED", "FAILED", "CANCELLED")
}
# A wait is asked for in parts, so that a broken connection is found within one.
_WAIT_PART = 60.0


class Created(str):
    """The name of a task, "tasks/{task}", with existing: whether it existed before."""

    def __new__(cls, name, existing):
        created = super().__new__(cls, name)
        created.existing = existing
        return created


class Client:
    """A connection to a server at "HOST:PORT". Its methods may be called by any threads.

    Each change carries a request_id of its own, so what answers UNAVAILABLE is sent again without
    taking effect twice, for at most retry_for seconds; then TasklaneError is raised. It must not
    be used on both sides of a fork.
    """

    def __init__(self, target, retry_for=60.0):
        self._connection = Connection(target, retry_for)
        channel = self._connection.channel
        self._tasks = task_service_pb2_grpc.TaskServiceStub(channel)
        self._workflows = workflow_service_pb2_grpc.WorkflowServiceStub(channel)
        self._events = event_service_pb2_grpc.EventServiceStub(channel)
        self._facts = fact_service_pb2_grpc.FactServiceStub(channel)
        self._creates = CreateStream(self._connection, self._tasks)
        self.payloads = Payloads(self._connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes the connection; calls and subscriptions in progress fail with CANCELLED."""
        self._creates.close()
        self._connection.channel.close()

    # Tasks

    def create(self, queue, task_type, input=None, *, task_id="", **options):
        """Creates a task, and returns its name (a Created) when it is durable.

        The queue is given by its id or its name. The input is JSON, bytes, or a Payload of
        upload(); above 256 KiB it is uploaded by itself. Options are fields of Task by their names,
        for example priority=8, ordering_key="A-100", run_after_time=datetime, labels={...}.
        """
        return self.create_all([self._request(queue, task_type, input, task_id, options)])[0]

    def create_all(self, tasks):
        """Creates many tasks, each for itself, and returns their names in their order.

        Each is a dict with the parameters of create(). The first error is raised when all have been
        answered; those that were not refused exist then.
        """
        requests = [self._request(**task) if isinstance(task, dict) else task for task in tasks]
        futures = [self._creates.submit(request) for request in requests]
        errors = [future.exception() for future in futures]
        for error in errors:
            if error is not None:
                raise error
        return [Created(f.result().task, f.result().existing) for f in futures]

    def get(self, name):
        """The Task as it is now."""
        request = task_service_pb2.GetTaskRequest(name=name)
        return self._connection.call(self._tasks.GetTask, request).task

    def wait(self, name, timeout=None):
        """Waits until a task has ended, and returns it; after timeout seconds raises WaitTimeout."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            part = _WAIT_PART if end is None else min(_WAIT_PART, end - time.monotonic())
            request = task_service_pb2.WaitTaskRequest(
                name=name, timeout=_duration(max(part, 0.001))
            )
            answer = self._connection.call(self._tasks.WaitTask, request, timeout=part + 10)
            if answer.reached:
                return answer.task
            if end is not None and time.monotonic() >= end:
                state = _STATES.Name(answer.task.state).removeprefix("STATE_")
                raise WaitTimeout(f"{name} is {state} after {timeout} s")

    def result(self, name, timeout=None):
        """Waits for a task, and returns its result; raises TaskFailed if it did not succeed."""
        task = self.wait(name, timeout)
        if task.state != _STATES.Value("STATE_SUCCEEDED"):
            raise TaskFailed(task)
        return self.payloads.value(task.result)

    def run(self, queue, task_type, input=None, *, timeout=None, **options):
        """Creates a task, waits for it and returns its result: create() and result()."""
        return self.result(self.create(queue, task_type, input, **options), timeout)

    def watch(self, name):
        """Yields the Task now and after every change, until it has ended."""
        last = None

        def request():
            ended = last is not None and last.HasField("end_time")
            return None if ended else task_service_pb2.WatchTaskRequest(name=name)

        for change in self._connection.stream(self._tasks.WatchTask, request):
            if last is None or change.task.etag != last.etag:
                yield change.task
            last = change.task

    def cancel(self, name, reason="", force=False):
        """Asks a task to stop, and returns it as it is then: CANCELLED, or CANCELLING if it runs."""
        request = task_service_pb2.CancelTaskRequest(
            request_id=_id(), name=name, reason=reason, force=force
        )
        return self._connection.call(self._tasks.CancelTask, request).task

    # Workflows

    def start_workflow(self, root=None, *, workflow_id="", template="", inputs=None, **options):
        """Starts a tree of chain(), group(), for_each() and task_node(), or a template.

        Returns its name. inputs are JSON values by name, which expressions read as inputs.NAME;
        options are fields of Workflow by their names, for example priority=8.
        """
        workflow = workflow_service_pb2.Workflow(**fields(options))
        if root is not None:
            workflow.root.CopyFrom(tree(root, self.payloads))
        for key, value in (inputs or {}).items():
            workflow.inputs[key].inline = to_json(value)
        request = workflow_service_pb2.StartWorkflowRequest(
            request_id=_id(), workflow_id=workflow_id, template=template, workflow=workflow
        )
        return self._connection.call(self._workflows.StartWorkflow, request).workflow.name

    def watch_workflow(self, name):
        """Yields pairs of the Workflow and the NodeStatus list of its changed nodes to its end."""
        last = None

        def request():
            if last is not None and last.state in _FINAL:
                return None
            return workflow_service_pb2.WatchWorkflowRequest(name=name)

        for change in self._connection.stream(self._workflows.WatchWorkflow, request):
            last = change.workflow
            yield change.workflow, list(change.changed_nodes)

    def workflow_result(self, name):
        """Waits for a workflow, and returns its result; raises WorkflowFailed if it has none."""
        for workflow, _ in self.watch_workflow(name):
            pass
        request = workflow_service_pb2.GetWorkflowRequest(name=name)
        workflow = self._connection.call(self._workflows.GetWorkflow, request).workflow
        if workflow.state != _WORKFLOW_STATES.Value("STATE_SUCCEEDED"):
            raise WorkflowFailed(workflow)
        return self.payloads.value(workflow.result)

    def cancel_workflow(self, name, reason=""):
        """Cancels what is open of a workflow, and returns it."""
        request = workflow_service_pb2.CancelWorkflowRequest(
            request_id=_id(), name=name, reason=reason
        )
        return self._connection.call(self._workflows.CancelWorkflow, request).workflow

    # Events, facts and artifacts

    def publish(self, event_type, subject, data=None, *, event_id=""):
        """Publishes an event, whose data are a JSON object; returns its revision when it is durable.

        An event_id makes it count once, whoever publishes it again.
        """
        event = event_service_pb2.Event(event_type=event_type, subject=subject, event_id=event_id)
        event.data.inline = to_json({} if data is None else data)
        request = event_service_pb2.PublishEventsRequest(request_id=_id(), events=[event])
        return self._connection.call(self._events.PublishEvents, request).revisions[0]

    def subscribe(self, filter="", *, position="", start_time=None):
        """Follows the events that match, from now on, from a position or from a time on.

        Returns when the server listens. The Subscription connects again whenever it has to.
        """
        return Subscription(self._connection, self._events, filter, position, start_time)

    def set_fact(self, name, value, *, expire_time=None, reason=""):
        """Sets a fact to a JSON value, for ever or until expire_time, a datetime."""
        fact = fact_service_pb2.Fact(name=_fact(name), **fields({"expire_time": expire_time}))
        json_format.ParseDict(value, fact.value)
        request = fact_service_pb2.SetFactRequest(request_id=_id(), fact=fact, reason=reason)
        self._connection.call(self._facts.SetFact, request)

    def get_fact(self, name):
        """The value of a fact; TasklaneError, reason FACT_NOT_FOUND, where there is none."""
        request = fact_service_pb2.GetFactRequest(name=_fact(name))
        answer = self._connection.call(self._facts.GetFact, request)
        return json_format.MessageToDict(answer.fact.value)

    def delete_fact(self, name):
        """Deletes a fact; TasklaneError, reason FACT_NOT_FOUND, where there is none."""
        request = fact_service_pb2.DeleteFactRequest(request_id=_id(), name=_fact(name))
        self._connection.call(self._facts.DeleteFact, request)

    def upload(self, data, content_type="application/octet-stream"):
        """Uploads bytes as an artifact; the Payload that refers to it may be an input."""
        return self.payloads.upload(data, content_type)

    def download(self, payload):
        """The bytes of an artifact that a Payload refers to, checked against its hash."""
        return self.payloads.download(payload)

    def _request(self, queue, task_type, input=None, task_id="", options=None, **more):
        task = task_pb2.Task()
        fill_task(task, self.payloads, queue, task_type, input, {**(options or {}), **more})
        return task_service_pb2.CreateTaskRequest(request_id=_id(), task_id=task_id, task=task)


def _id():
    return str(uuid.uuid4())


def _fact(name):
    return name if name.startswith("facts/") else f"facts/{name}"


def _duration(seconds):
    duration = duration_pb2.Duration()
    duration.FromTimedelta(datetime.timedelta(seconds=seconds))
    return duration
