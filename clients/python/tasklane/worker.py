"""The worker: runs handlers for the tasks that a server offers."""

import ctypes
import datetime
import os
import signal
import socket
import threading
import time

from tasklane import run as runs
from tasklane.connection import Connection
from tasklane.errors import TasklaneError
from tasklane.line import Line
from tasklane.payloads import Payloads, fields, to_json
from tasklane.pool import Children
from tasklane.port import Port
from tasklane.v1 import common_pb2, task_service_pb2, worker_service_pb2_grpc
from tasklane.v1 import worker_service_pb2 as service
from tasklane.workflows import fill_task

_VERSION = "tasklane-python 0.1"
# What a handler has after it was interrupted at the end of a drain, in s.
_LAST_WORDS = 2.0
# How long the server has to end the stream after that, in s.
_GOODBYE = 10.0
_registered = {}


def task(name=None, **type_fields):
    """Makes a function the handler of a task type; it is called with the input and the Run.

        @task("news.summary", retry_policy={"maximum_attempts": 3})
        def summary(input, run):
            return {"headline": input["symbol"]}

    The type has the function's name where none is given. Further fields are those of TaskType, for
    example queues, description, input_schema, default_timeouts and revision.
    """

    def register(function):
        function.tasklane_type = (name if isinstance(name, str) else function.__name__, type_fields)
        _registered[function.tasklane_type[0]] = function
        return function

    return register(name) if callable(name) else register


class _Running:
    """A task that was offered: until its end is acknowledged it is held, until then or earlier busy."""

    def __init__(self, lease):
        self.lease = lease
        self.id = lease.lease_id
        self.busy = True
        self.stop = None
        self.stopped = threading.Event()
        self.started = False
        self.thread = None
        self.child = None
        self.sign = None


class Worker:
    """Takes tasks of the registered types, at most slots at a time, until it is told to stop.

    handlers are those of @task, unless a list of decorated functions is given. pool is "threads",
    or "processes" for handlers that compute or leak: then a process is replaced after
    tasks_per_child tasks, or after a task that leaves it with more than memory_limit bytes.
    drain_seconds is how long running tasks may take at SIGTERM, before they are given back.
    """

    def __init__(self, target, *, slots=1, queues=(), handlers=None, pool="threads",
                 memory_limit=0, tasks_per_child=0, drain_seconds=30.0, version=_VERSION):
        if handlers is None:
            self._handlers = dict(_registered)
        else:
            self._handlers = {h.tasklane_type[0]: h for h in handlers}
        self._slots = slots
        self._drain_seconds = drain_seconds
        self._connection = Connection(target, 60.0)
        self.payloads = Payloads(self._connection)
        self.stub = worker_service_pb2_grpc.WorkerServiceStub(self._connection.channel)
        self.call = self._connection.call
        self._lock = threading.Lock()
        self._held = {}
        self._draining = None
        self._thread = None
        hello = service.Hello(
            worker=service.Worker(
                host=f"{socket.gethostname()} pid {os.getpid()}",
                version=version,
                queues=[q if q.startswith("queues/") else f"queues/{q}" for q in queues],
                slots=slots,
            ),
            task_types=[_type_of(handler) for handler in self._handlers.values()],
        )
        self.line = Line(self.stub, hello, self)
        self._children = None
        if pool == "processes":
            self._children = Children(self._handlers, slots, tasks_per_child, memory_limit)

    def run(self):
        """Runs until SIGTERM or SIGINT, then drains; a second one ends the process at once."""
        def stop(number, _):
            if self._draining is not None:
                os._exit(1)
            self.drain(signal.Signals(number).name)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        self.start()
        self.join()

    def start(self):
        """Runs beside the caller; returns when the server knows the worker and its types."""
        self._thread = threading.Thread(target=self._serve, name="worker", daemon=True)
        self._thread.start()
        while not self.line.known.wait(0.2):
            if self._draining is not None:
                break
        if self.line.error is not None:
            raise self.line.error

    def join(self):
        """Waits until it has drained; raises TasklaneError where the server refused it."""
        while self._thread.is_alive():
            self._thread.join(0.2)
        if self.line.error is not None:
            raise self.line.error

    def drain(self, reason=""):
        """Takes no more tasks, and ends when those that run have ended, or were given back."""
        with self._lock:
            first = self._draining is None
            self._draining = reason if first else self._draining
        if first:
            threading.Thread(target=self._drain, name="drain", daemon=True).start()

    def _serve(self):
        try:
            self.line.run()
        finally:
            if self._children is not None:
                self._children.close()
            self._connection.channel.close()

    def _drain(self):
        self.line.report(leave=service.Leave(reason=self._draining))
        self._await_end(self._drain_seconds)
        for running in self._all():
            self.stopped(running.id, "DRAIN", 0.0)
        self._await_end(_LAST_WORDS)
        for running in self._all():
            self._end(running, runs.Outcome("released"), None)
        self._await_end(_LAST_WORDS)
        self.line.close()
        self._thread.join(_GOODBYE)
        self.line.abort()

    def _await_end(self, seconds):
        end = time.monotonic() + seconds
        while (self._all() or not self.line.idle()) and time.monotonic() < end:
            time.sleep(0.02)

    def _all(self):
        with self._lock:
            return list(self._held.values())

    # What the line asks and says

    def free_slots(self):
        with self._lock:
            if self._draining is not None:
                return 0
            return self._slots - sum(running.busy for running in self._held.values())

    def held(self):
        with self._lock:
            return list(self._held)

    def signs(self):
        signs = []
        for running in self._all():
            sign, running.sign = running.sign, None
            if sign is not None:
                signs.append(service.LeaseHeartbeat(lease_id=running.id, progress=sign))
        return signs

    def offered(self, lease):
        running = _Running(lease)
        with self._lock:
            reason = "the worker drains" if self._draining is not None else ""
            if lease.task.task_type not in self._handlers:
                reason = f"the worker has no handler of {lease.task.task_type}"
            if not reason:
                self._held[running.id] = running
        if reason:
            self.line.report(reject=service.Reject(lease_id=running.id, reason=reason))
            return
        accept = service.Accept(lease_id=running.id)
        self.line.report(lambda error: self._accepted(running, error), accept=accept)

    def stopped(self, lease_id, kind, grace):
        running = self._held.get(lease_id)
        if running is None or running.stop == "LOST":
            return
        running.stop = kind
        running.stopped.set()
        if running.child is not None:
            running.child.stop(kind)
        if kind in ("CANCEL", "TIMEOUT", "LOST") or kind == "DRAIN" and grace == 0:
            # A handler that looks sees it before it is interrupted.
            timer = threading.Timer(max(grace, 0.5), self._interrupt, (running,))
            timer.daemon = True
            timer.start()

    def lost(self, lease_id, reason):
        running = self._held.get(lease_id)
        if running is not None:
            self.stopped(lease_id, "LOST", 0.0)
            if not running.started or not running.busy:
                self._forget(running)

    def drained(self, reason):
        self.drain(reason or "the server asked for it")

    # A run from its accept to its end

    def _accepted(self, running, error):
        if error is not None or running.stop == "LOST":
            self._forget(running)
            return
        running.started = True
        running.thread = threading.Thread(
            target=self._execute, args=(running,), name=running.lease.task.name, daemon=True
        )
        running.thread.start()

    def _execute(self, running):
        run = None
        try:
            facts, input = self._facts(running.lease)
            run = runs.Run(Port(self, running), facts)
            handler = self._handlers[running.lease.task.task_type]
            if self._children is None:
                outcome = runs.outcome_of(handler, input, run)
            else:
                outcome = self._children.run(running, facts, input, run)
            self._end(running, outcome, run)
        except BaseException as error:  # an interrupt that came late, or an input that is gone
            if running.busy:
                code, message, _, trace = runs.described(error)
                failed = (code, message, False, None)
                self._end(running, runs.Outcome("failed", failed, error, trace), run)

    def _facts(self, lease):
        task = lease.task
        limit = lease.time_limit.ToTimedelta() or datetime.timedelta(days=1)
        facts = {
            "name": task.name,
            "task_type": task.task_type,
            "attempt": task.attempt,
            "fencing_token": lease.fencing_token,
            "lease_id": lease.lease_id,
            "labels": dict(task.labels),
            "saved": self.payloads.value(lease.checkpoint),
            "deadline": runs.now() + limit,
        }
        input = self.payloads.value(task.input)
        return facts, {} if input is None else input

    def _interrupt(self, running):
        """Raises Stopped in the thread of a handler, where that runs code of Python."""
        if not running.busy:
            return
        if running.child is not None:
            running.child.kill()
        elif running.thread is not None:
            ident = ctypes.c_ulong(running.thread.ident)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(runs.Stopped))

    def _end(self, running, outcome, run):
        with self._lock:
            if not running.busy:
                return
            running.busy = False
        if outcome.kind == "lost" or running.stop == "LOST":
            self._forget(running)
            self.line.top_up()
            return
        try:
            message = self._message(running, outcome, run)
        except (TypeError, ValueError) as error:
            message = self._failure(running, "RESULT_INVALID", str(error), permanent=True)
        except TasklaneError as error:
            too_large = error.reason in ("ARTIFACT_TOO_LARGE", "PAYLOAD_TOO_LARGE")
            code = "RESULT_TOO_LARGE" if too_large else error.reason or error.code
            message = self._failure(running, code, str(error), permanent=too_large)
        self._send_end(running, message)

    def _send_end(self, running, message):
        for body in message.values():
            if not isinstance(body, service.Suspend):
                body.credit = self.line.credit()

        def done(error):
            # STALE_LEASE: another run has the task. Anything else is a result nobody will take.
            if error is not None and error.reason != "STALE_LEASE" and "failure" not in message:
                code = "RESULT_TOO_LARGE" if error.reason == "PAYLOAD_TOO_LARGE" else error.reason
                failed = self._failure(running, code, str(error), permanent=True)
                self._send_end(running, failed)
            else:
                self._forget(running)

        self.line.report(done, **message)

    def _forget(self, running):
        with self._lock:
            running.busy = False
            self._held.pop(running.id, None)

    def _message(self, running, outcome, run):
        ids = {"lease_id": running.id}
        if outcome.kind == "suspended":
            rest = fields({"rest": datetime.timedelta(seconds=outcome.value.rest)})
            return {"suspend": service.Suspend(step=outcome.value.step, **rest, **ids)}
        ids["fencing_token"] = running.lease.fencing_token
        if outcome.kind == "released":
            return {"release": service.Release(reason=running.stop or "", **ids)}
        if outcome.kind == "failed":
            return self._failure(running, *outcome.value, trace=outcome.trace)
        done = service.Completion(result=self.payloads.of(outcome.value), **ids)
        for task_id, queue, task_type, input, options in run.at_success["children"]:
            child = done.children.add(task_id=task_id)
            fill_task(child.task, self.payloads, queue, task_type, input, options)
        for event_type, subject, data in run.at_success["events"]:
            event = done.events.add(event_type=event_type, subject=subject)
            event.data.inline = to_json(data)
        done.facts.extend(Port.fact(*fact) for fact in run.at_success["facts"])
        return {"completion": done}

    def _failure(self, running, code, message, permanent=False, retry_after=None, trace=""):
        kind = common_pb2.Failure.KIND_PERMANENT if permanent else common_pb2.Failure.KIND_RETRYABLE
        report = service.FailureReport(
            lease_id=running.id,
            fencing_token=running.lease.fencing_token,
            failure=common_pb2.Failure(kind=kind, code=code, message=message, stack_trace=trace),
        )
        if retry_after is not None:
            report.retry_delay.FromTimedelta(datetime.timedelta(seconds=retry_after))
        return {"failure": report}


def _type_of(handler):
    name, type_fields = handler.tasklane_type
    return task_service_pb2.TaskType(task_type=name, **fields(type_fields))
