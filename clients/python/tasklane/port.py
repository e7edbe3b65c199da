"""What a Run does with the server, over the line and by calls."""

import datetime
import threading

from google.protobuf import json_format

from tasklane import run as runs
from tasklane.payloads import INLINE_LIMIT, Payloads, fields
from tasklane.v1 import fact_service_pb2, task_pb2
from tasklane.v1 import worker_service_pb2 as service

_DONE = service.EFFECT_STATE_DONE
_INTENDED = service.EFFECT_STATE_INTENDED


class Port:
    """That of one run of a worker."""

    def __init__(self, worker, running):
        self._worker = worker
        self._running = running
        self._ids = {"lease_id": running.id}
        self._token = {"fencing_token": running.lease.fencing_token, **self._ids}

    def now(self):
        return runs.now()

    def stop(self):
        return self._running.stop

    def pause(self, seconds):
        self._running.stopped.wait(seconds)

    def progress(self, completed, total, unit, message):
        self._running.sign = task_pb2.Progress(
            completed_units=completed, total_units=total, current_unit=unit, message=message
        )

    def checkpoint(self, state):
        body = self._inline("a checkpoint", state)
        self._report(checkpoint=service.CheckpointReport(checkpoint=body, **self._ids))

    def partial_result(self, value):
        body = self._inline("a partial result", value)
        report = service.PartialResultReport(partial_result=body, **self._ids)
        self._report(partial_result=report)

    def log(self, lines):
        for start in range(0, len(lines), 1000):
            part = lines[start : start + 1000]
            self._worker.line.report(log=service.LogReport(lines=part, **self._ids))

    def set_fact_now(self, name, value, expire_time):
        report = service.FactReport(fact=self.fact(name, value, expire_time), **self._ids)
        self._report(fact=report)

    @staticmethod
    def fact(name, value, expire_time):
        fact = fact_service_pb2.Fact(
            name=name if name.startswith("facts/") else f"facts/{name}",
            **fields({"expire_time": expire_time}),
        )
        json_format.ParseDict(value, fact.value)
        return fact

    def intend(self, effect_key):
        answer = self._effect(effect_key, _INTENDED, None)
        before = answer.previous_state
        outcome = self._worker.payloads.value(answer.outcome)
        return before == _DONE, before == _INTENDED, outcome

    def effect_done(self, effect_key, outcome):
        body = None if outcome is None else self._inline("an outcome", outcome)
        self._effect(effect_key, _DONE, body)

    def _effect(self, effect_key, state, outcome):
        request = service.RecordEffectRequest(
            effect_key=effect_key, state=state, outcome=outcome, **self._token
        )
        return self._worker.call(self._worker.stub.RecordEffect, request)

    def begin_step(self, name):
        done, result, _ = self._step(name, begin=service.BeginStep())
        return done, result

    def step_done(self, name, result, run_time):
        success = service.StepSuccess(**fields({"run_time": run_time}))
        success.result.CopyFrom(self._worker.payloads.of(result))
        self._step(name, success=success)

    def step_failed(self, name, code, message, permanent, trace, run_time):
        failure = service.StepFailure(failed_tries=1, **fields({"run_time": run_time}))
        kind = "KIND_PERMANENT" if permanent else "KIND_RETRYABLE"
        failure.failure.kind = failure.failure.Kind.Value(kind)
        failure.failure.code = code
        failure.failure.message = message
        failure.failure.stack_trace = trace
        self._step(name, failure=failure)

    def sleep_step(self, name, seconds):
        duration = fields({"duration": datetime.timedelta(seconds=seconds)})
        return self._step(name, sleep=service.SleepStep(**duration))

    def await_event_step(self, name, event_type, timeout, condition):
        wait = service.AwaitEventStep(
            event_type=event_type,
            condition=condition,
            **fields({"timeout": datetime.timedelta(seconds=timeout)}),
        )
        return self._step(name, await_event=wait)

    def _step(self, name, **action):
        request = service.RecordStepRequest(name=name, **action, **self._token)
        answer = self._worker.call(self._worker.stub.RecordStep, request)
        step = answer.step
        done = answer.HasField("step") and step.state == step.State.Value("STATE_SUCCEEDED")
        rest = answer.rest.ToTimedelta().total_seconds()
        return done, self._worker.payloads.value(answer.result), rest

    def _inline(self, what, value):
        body = Payloads.inline(value)
        if len(body.inline) > INLINE_LIMIT:
            raise ValueError(f"{what} has {len(body.inline)} bytes; at most {INLINE_LIMIT} fit")
        return body

    def _report(self, **message):
        answered = threading.Event()
        refused = []

        def done(error):
            refused.append(error)
            answered.set()

        self._worker.line.report(done, **message)
        while not answered.wait(0.1):
            if self._running.stop == "LOST":
                raise runs.Stopped("LOST")
        if refused[0] is not None:
            raise refused[0]
