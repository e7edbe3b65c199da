"""What a handler sees of the run it is in, and what it may raise."""

import datetime
import traceback
import uuid
from typing import NamedTuple

# Limits of the contract, for what would otherwise be refused after the work is done.
INLINE_LIMIT = 256 * 1024
_MESSAGE_LIMIT = 16 * 1024
_TRACE_LIMIT = 64 * 1024


class TaskError(Exception):
    """Fails the run: with a code in UPPER_SNAKE_CASE, permanently or to be tried again.

    retry_after is the wait before the next attempt, in seconds, instead of that of the policy.
    """

    def __init__(self, code, message="", *, permanent=False, retry_after=None):
        super().__init__(message or code)
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after


class Stopped(BaseException):
    """The run was asked to stop. Let it pass: what was done before is kept by the checkpoint.

    It is no Exception, so that handlers which catch those do not swallow it.
    """


class Suspended(BaseException):
    """The run gives its slot back until a step is due. Let it pass."""

    def __init__(self, step, rest):
        super().__init__(step)
        self.step = step
        self.rest = rest


class Outcome(NamedTuple):
    """How a run ended: kind is "completed", "failed", "released", "suspended" or "lost"."""

    kind: str
    value: object = None
    error: object = None
    trace: str = ""


class Run:
    """One run of a task. Its methods may be called by any thread of the handler.

    name, task_type, attempt (from 1), fencing_token, lease_id and labels are those of the task;
    saved is the last checkpoint of an earlier run, or None; deadline is when its time is up.
    """

    def __init__(self, port, facts):
        self._port = port
        self.name = facts["name"]
        self.task_type = facts["task_type"]
        self.attempt = facts["attempt"]
        self.fencing_token = facts["fencing_token"]
        self.lease_id = facts["lease_id"]
        self.labels = facts["labels"]
        self.saved = facts["saved"]
        self.deadline = facts["deadline"]
        self.at_success = {"children": [], "events": [], "facts": []}

    def now(self):
        """The time to use inside a handler, with a zone."""
        return self._port.now()

    @property
    def stop(self):
        """Why it should stop: "CANCEL", "TIMEOUT", "PREEMPT", "DRAIN" or "LOST"; None if not."""
        return self._port.stop()

    @property
    def cancelled(self):
        """Whether the work is not wanted any more; long loops should look now and then."""
        return self.stop in ("CANCEL", "TIMEOUT", "LOST")

    def check(self):
        """Raises Stopped if it should stop, for whatever reason; a checkpoint lets it go on later."""
        if self.stop:
            raise Stopped(self.stop)

    def progress(self, completed, total=0, unit="", message=""):
        """Reports how far it is, in units of its choice; the last report counts."""
        self._port.progress(completed, total, unit, message[:1024])

    def checkpoint(self, state):
        """Keeps a state (JSON or bytes, at most 256 KiB) for the next run; it is durable then."""
        self._port.checkpoint(state)

    def partial_result(self, value):
        """What is kept as the result if a cancel or a time limit ends it (at most 256 KiB)."""
        self._port.partial_result(value)

    def log(self, *lines):
        """Adds lines to the log of the attempt."""
        self._port.log([str(line)[:8192] for line in lines])

    def create_task(self, queue, task_type, input=None, **options):
        """Creates a task if and when this run succeeds; returns its name. Options as in Client."""
        task_id = options.pop("task_id", None) or str(uuid.uuid4())
        self.at_success["children"].append((task_id, queue, task_type, input, options))
        return f"tasks/{task_id}"

    def publish(self, event_type, subject, data=None):
        """Publishes an event if and when this run succeeds."""
        self.at_success["events"].append((event_type, subject, {} if data is None else data))

    def set_fact(self, name, value, expire_time=None):
        """Sets a fact if and when this run succeeds."""
        self.at_success["facts"].append((name, value, expire_time))

    def set_fact_now(self, name, value, expire_time=None):
        """Sets a fact at once, whatever ends this run; it is durable then."""
        self._port.set_fact_now(name, value, expire_time)

    def once(self, effect_key, action):
        """Causes an external effect once, whatever fails in between, and returns its outcome.

        action gets True where an earlier run may have begun the effect, and must then ask the
        target by the key first. An effect that is done is not repeated: its outcome is returned.
        """
        done, begun, outcome = self._port.intend(effect_key)
        if done:
            return outcome
        outcome = action(begun)
        self._port.effect_done(effect_key, outcome)
        return outcome

    def step(self, name, action):
        """Runs an action once for all runs of the task, and returns its kept result.

        The name is unique in the task. An action that raises is run again by the next attempt.
        """
        done, result = self._port.begin_step(name)
        if done:
            return result
        start = self.now()
        try:
            result = action()
        except Exception as error:
            self._port.step_failed(name, *described(error), self.now() - start)
            raise
        self._port.step_done(name, result, self.now() - start)
        return result

    def sleep(self, name, seconds):
        """Sleeps as a step: the slot is free meanwhile, and no restart begins it anew.

        The handler is run again from its beginning when the time has come, and gets past this.
        """
        done, _, rest = self._port.sleep_step(name, seconds)
        if not done:
            raise Suspended(name, rest)

    def await_event(self, name, event_type, timeout, condition=""):
        """Waits as a step for an event, and returns it as JSON; None after timeout seconds."""
        done, event, rest = self._port.await_event_step(name, event_type, timeout, condition)
        if not done:
            raise Suspended(name, rest)
        return event

    def pause(self, seconds):
        """Waits a moment in this slot; raises Stopped as soon as it should stop."""
        self._port.pause(seconds)
        self.check()

    def retry(self, after, message="", code="RETRY"):
        """The error to raise to be tried again after so many seconds: raise run.retry(30)."""
        return TaskError(code, message, retry_after=after)


def outcome_of(handler, input, run):
    """Runs a handler, and says how it ended."""
    try:
        return Outcome("completed", handler(input, run))
    except Suspended as suspended:
        return Outcome("suspended", suspended)
    except BaseException as error:
        stop = run.stop
        if stop == "LOST":
            return Outcome("lost")
        if isinstance(error, Stopped) and stop in ("PREEMPT", "DRAIN"):
            return Outcome("released")
        code, message, permanent, trace = described(error)
        retry_after = getattr(error, "retry_after", None)
        return Outcome("failed", (code, message, permanent, retry_after), error, trace)


def described(error):
    """Code, message, whether it is permanent, and stack trace of an error, cut to their limits."""
    code = getattr(error, "code", None) if isinstance(error, TaskError) else None
    if isinstance(error, Stopped):
        code = "STOPPED"
    trace = "".join(traceback.format_exception(error))
    message = _cut(f"{error}" if code else f"{type(error).__name__}: {error}", _MESSAGE_LIMIT)
    return code or "UNEXPECTED", message, getattr(error, "permanent", False), _cut(trace, _TRACE_LIMIT)


def _cut(text, limit):
    return text.encode()[:limit].decode(errors="ignore")


def now():
    """The time of this machine, with a zone."""
    return datetime.datetime.now(datetime.timezone.utc)
