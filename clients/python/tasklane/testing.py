"""The test kit: runs a handler without a server, with time that passes only as it is told.

    kit = Kit(summary)
    outcome = kit.run({"symbol": "AAPL"})
    assert outcome.result == {"headline": "AAPL"}
"""

import datetime
import json

from tasklane import run as runs
from tasklane.payloads import INLINE_LIMIT, Payloads, to_json

_START = datetime.datetime(2026, 1, 5, 9, 30, tzinfo=datetime.timezone.utc)


class Failure:
    """Why a run failed: code, message, permanent."""

    def __init__(self, code, message, permanent):
        self.code = code
        self.message = message
        self.permanent = permanent


class RunOutcome:
    """What a run did: result, or failure with retry_after, or stopped (why it let itself be stopped).

    log, progress (the last report), partial_result, events, facts and children (of a success only),
    facts_now; attempt; start and time, when the run began and ended.
    """

    def __init__(self, attempt, start):
        self.attempt = attempt
        self.start = start
        self.time = start
        self.result = None
        self.failure = None
        self.retry_after = None
        self.stopped = None
        self.log = []
        self.progress = None
        self.partial_result = None
        self.events = []
        self.facts = {}
        self.facts_now = {}
        self.children = []


class Kit:
    """One task and its handler. Each run() is the next run; what a server would keep is kept.

    saved is the last checkpoint; steps and effects are those that are known; time is the stepped
    clock, from start on. An event that is in events is what await_event of its type yields.
    """

    def __init__(self, handler, *, start=_START, labels=None, events=None):
        self._handler = handler
        self.start = start
        self.time = start
        self.saved = None
        self.steps = {}
        self.effects = {}
        self.events = dict(events or {})
        self._labels = dict(labels or {})
        self._attempt = 0
        self._stop_at = None
        self._stop = None
        self.outcome = None

    def advance(self, seconds):
        """Lets time pass."""
        self.time += datetime.timedelta(seconds=seconds)
        return self

    def stop_after(self, seconds, kind="CANCEL"):
        """Asks the handler to stop when so much time has passed, for a reason of Run.stop."""
        self._stop_at = self.time + datetime.timedelta(seconds=seconds)
        self._stop = kind
        return self

    def run(self, input=None):
        """Runs the handler once, over all its sleeps, and returns its RunOutcome."""
        self._attempt += 1
        self.outcome = RunOutcome(self._attempt, self.time)
        while True:
            run = runs.Run(_Port(self), self._facts())
            input = {} if input is None else json.loads(to_json(input))
            outcome = runs.outcome_of(self._handler, input, run)
            if outcome.kind != "suspended":
                break
            self.advance(outcome.value.rest)
        self._settle(outcome, run)
        return self.outcome

    def _facts(self):
        return {
            "name": "tasks/test",
            "task_type": getattr(self._handler, "tasklane_type", ("test",))[0],
            "attempt": self._attempt,
            "fencing_token": self._attempt,
            "lease_id": f"tasks/test/leases/{self._attempt}",
            "labels": dict(self._labels),
            "saved": self.saved,
            "deadline": self.time + datetime.timedelta(hours=1),
        }

    def _settle(self, outcome, run):
        self.outcome.time = self.time
        if isinstance(outcome.error, runs.Stopped) or outcome.kind in ("released", "lost"):
            self.outcome.stopped = run.stop
            # What was given back uses no attempt.
            self._attempt -= outcome.kind == "released"
        elif outcome.kind == "failed":
            code, message, permanent, self.outcome.retry_after = outcome.value
            self.outcome.failure = Failure(code, message, permanent)
        else:
            self._succeed(outcome.value, run)

    def _succeed(self, value, run):
        try:
            self.outcome.result = value if isinstance(value, bytes) else json.loads(to_json(value))
        except (TypeError, ValueError) as error:
            self.outcome.failure = Failure("RESULT_INVALID", str(error), True)
            return
        self.outcome.events = run.at_success["events"]
        self.outcome.facts = {name: fact for name, fact, _ in run.at_success["facts"]}
        self.outcome.children = [child[1:] for child in run.at_success["children"]]


class _Port:
    def __init__(self, kit):
        self._kit = kit

    def now(self):
        return self._kit.time

    def stop(self):
        at = self._kit._stop_at
        return self._kit._stop if at is not None and self._kit.time >= at else None

    def pause(self, seconds):
        until = self._kit.time + datetime.timedelta(seconds=seconds)
        at = self._kit._stop_at
        self._kit.time = min(until, max(at, self._kit.time)) if at is not None else until

    def progress(self, *report):
        self._kit.outcome.progress = report

    def checkpoint(self, state):
        self._kit.saved = self._small("a checkpoint", state)

    def partial_result(self, value):
        self._kit.outcome.partial_result = self._small("a partial result", value)

    @staticmethod
    def _small(what, value):
        size = len(Payloads.inline(value).inline)
        if size > INLINE_LIMIT:
            raise ValueError(f"{what} has {size} bytes; at most {INLINE_LIMIT} fit")
        return value

    def log(self, lines):
        self._kit.outcome.log.extend(lines)

    def set_fact_now(self, name, value, _):
        self._kit.outcome.facts_now[name] = value

    def intend(self, key):
        known = self._kit.effects.get(key)
        self._kit.effects.setdefault(key, ("INTENDED", None))
        done = known is not None and known[0] == "DONE"
        return done, known is not None and not done, known[1] if done else None

    def effect_done(self, key, outcome):
        self._kit.effects[key] = ("DONE", outcome)

    def begin_step(self, name):
        return name in self._kit.steps, self._kit.steps.get(name)

    def step_done(self, name, result, _):
        self._kit.steps[name] = result

    def step_failed(self, *_):
        pass  # the next run does it again

    def sleep_step(self, name, seconds):
        due = self._kit.steps.setdefault(name, self._kit.time + datetime.timedelta(seconds=seconds))
        rest = (due - self._kit.time).total_seconds()
        return rest <= 0, None, rest

    def await_event_step(self, name, event_type, timeout, _):
        if event_type in self._kit.events:
            return True, self._kit.events[event_type], 0
        return self.sleep_step(name, timeout)
