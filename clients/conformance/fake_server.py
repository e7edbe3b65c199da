"""A stand-in for the server's side of WorkerService, for the checks of workers: it keeps all in memory.

It prints its address, and ends with its standard input. Leases last 2 s without a sign of life.
"""

import concurrent.futures
import datetime
import itertools
import json
import pathlib
import queue
import sys
import threading
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))

import grpc  # noqa: E402
import tasklane  # noqa: E402,F401
from google.rpc import error_details_pb2, status_pb2  # noqa: E402
from tasklane.v1 import common_pb2, event_service_pb2 as ev, event_service_pb2_grpc  # noqa: E402
from tasklane.v1 import fact_service_pb2 as fa, fact_service_pb2_grpc, task_pb2  # noqa: E402
from tasklane.v1 import task_service_pb2 as ts, task_service_pb2_grpc  # noqa: E402
from tasklane.v1 import artifact_service_pb2 as ar, artifact_service_pb2_grpc  # noqa: E402
from tasklane.v1 import worker_service_pb2 as ws, worker_service_pb2_grpc  # noqa: E402

LEASE, BEAT = 2.0, 0.4
S = task_pb2.Task
ENDED = (S.STATE_SUCCEEDED, S.STATE_FAILED, S.STATE_CANCELLED)


def status(code, reason, message):
    result = status_pb2.Status(code=getattr(grpc.StatusCode, code).value[0], message=message)
    result.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="tasklane.io"))
    return result


def abort(context, code, reason, message):
    details = status(code, reason, message).SerializeToString()
    context.set_trailing_metadata((("grpc-status-details-bin", details),))
    context.abort(getattr(grpc.StatusCode, code), message)


class Entry:
    def __init__(self, task):
        self.task = task
        self.checkpoint = None
        self.partial = None
        self.due = 0.0
        self.lease = None  # of the worker that has it
        self.worker = None
        self.accepted = False
        self.log = []
        self.steps = {}
        self.cancel = None
        self.front = False
        self.tried = 0


class Session:
    def __init__(self, name, hello):
        self.name = name
        self.hello = hello
        self.types = {t.task_type for t in hello.task_types}
        self.outbox = queue.SimpleQueue()
        self.open = True
        self.heard = time.monotonic()
        self.credits = 0
        self.draining = False


class Server(
    task_service_pb2_grpc.TaskServiceServicer,
    worker_service_pb2_grpc.WorkerServiceServicer,
    fact_service_pb2_grpc.FactServiceServicer,
    event_service_pb2_grpc.EventServiceServicer,
    artifact_service_pb2_grpc.ArtifactServiceServicer,
):
    def __init__(self):
        self.lock = threading.Condition()
        self.tasks = {}
        self.sessions = {}
        self.tokens = itertools.count(100)
        self.facts = {}
        self.events = []
        self.effects = {}
        self.artifacts = {}
        threading.Thread(target=self.tick, daemon=True).start()

    # Tasks

    def create(self, request):
        name = f"tasks/{request.task_id or uuid.uuid4()}"
        task = task_pb2.Task()
        task.CopyFrom(request.task)
        task.name = name
        task.state = S.STATE_QUEUED
        task.etag = uuid.uuid4().hex
        self.tasks[name] = Entry(task)
        return name

    def StreamCreateTasks(self, requests, context):
        for request in requests:
            with self.lock:
                name = self.create(request.request)
                self.lock.notify_all()
            result = ts.StreamCreateTasksResult(sequence=request.sequence, task=name)
            yield ts.StreamCreateTasksResponse(results=[result])

    def GetTask(self, request, context):
        with self.lock:
            return ts.GetTaskResponse(task=self.tasks[request.name].task)

    def WaitTask(self, request, context):
        end = time.monotonic() + request.timeout.ToTimedelta().total_seconds()
        with self.lock:
            entry = self.tasks[request.name]
            while entry.task.state not in ENDED and time.monotonic() < end:
                self.lock.wait(0.05)
            return ts.WaitTaskResponse(task=entry.task, reached=entry.task.state in ENDED)

    def CancelTask(self, request, context):
        with self.lock:
            entry = self.tasks[request.name]
            entry.cancel = request.reason
            if entry.lease is None:
                self.end(entry, S.STATE_CANCELLED)
            else:
                entry.task.state = S.STATE_CANCELLING
                stop = ws.StopSignal(lease_id=entry.lease, kind=ws.StopSignal.KIND_CANCEL)
                stop.grace.FromMilliseconds(300)
                self.sessions[entry.worker].outbox.put(ws.WorkResponse(stop=stop))
            return ts.CancelTaskResponse(task=entry.task)

    def ListTaskAttempts(self, request, context):
        with self.lock:
            log = "\n".join(self.tasks[request.name].log)
            return ts.ListTaskAttemptsResponse(attempts=[task_pb2.Attempt(number=1, log=log)])

    def end(self, entry, state, result=None, partial=None, failure=None):
        entry.task.state = state
        entry.lease = entry.worker = None
        if failure is not None:
            entry.task.failure.CopyFrom(failure)
        body = result or partial
        if body is not None:
            entry.task.result.CopyFrom(body)
            entry.task.result_partial = result is None
        entry.task.end_time.GetCurrentTime()
        self.lock.notify_all()

    def again(self, entry, delay=0.0, front=False, attempt=True):
        entry.lease = entry.worker = None
        entry.task.state = S.STATE_RETRY_WAIT if delay else S.STATE_QUEUED
        entry.due = time.monotonic() + delay
        entry.front = front
        if not attempt:
            entry.task.attempt -= 1
        self.lock.notify_all()

    # Workers

    def Work(self, requests, context):
        first = next(requests)
        hello = first.hello
        with self.lock:
            name = hello.worker.name or f"workers/{uuid.uuid4()}"
            old = self.sessions.get(name)
            if hello.worker.name and (old is None or old.name == "lost"):
                abort(context, "FAILED_PRECONDITION", "WORKER_LOST", f"{name} was lost")
            session = Session(name, hello)
            session.draining = old is not None and old.draining
            self.sessions[name] = session
            kept = []
            for entry in self.tasks.values():
                if entry.worker == name:
                    if entry.lease in hello.lease_ids:
                        kept.append(entry.lease)
                    else:
                        self.again(entry, front=True, attempt=False)
            welcome = ws.Welcome(worker=name, kept_lease_ids=kept)
            welcome.heartbeat_interval.FromMilliseconds(int(BEAT * 1000))
            welcome.lease_duration.FromMilliseconds(int(LEASE * 1000))
            session.outbox.put(ws.WorkResponse(welcome=welcome))
            session.outbox.put(ws.WorkResponse(acknowledgement=ws.Acknowledgement(sequence=1)))
        context.add_callback(lambda: session.outbox.put(None))
        threading.Thread(target=self.read, args=(session, requests), daemon=True).start()
        while (message := session.outbox.get()) is not None:
            yield message
        session.open = False

    def read(self, session, requests):
        try:
            for request in requests:
                with self.lock:
                    if self.sessions.get(session.name) is not session:
                        return
                    session.heard = time.monotonic()
                    self.take(session, request)
                    self.lock.notify_all()
        except grpc.RpcError:
            session.open = False
            return
        except Exception:
            session.open = False
            return
        with self.lock:
            for entry in self.tasks.values():
                if entry.worker == session.name:
                    self.again(entry, front=True, attempt=False)
            session.name = "lost"
        session.outbox.put(None)

    def take(self, session, request):
        kind = request.WhichOneof("message")
        body = getattr(request, kind)
        refused = None
        if kind == "credit":
            session.credits += body.offers
        elif kind == "leave":
            session.draining = True
        elif kind == "heartbeat":
            for sign in body.leases:
                entry = self.entry(session, sign.lease_id)
                if entry is None:
                    lost = ws.LeaseLost(lease_id=sign.lease_id, reason="it is over")
                    session.outbox.put(ws.WorkResponse(lease_lost=lost))
                elif sign.HasField("progress"):
                    entry.task.progress.CopyFrom(sign.progress)
        else:
            entry = self.entry(session, body.lease_id)
            token = int(body.lease_id.rsplit("/", 1)[1])
            if entry is None and getattr(self, "ended", {}).get(token) != kind:
                refused = status("ABORTED", "STALE_LEASE", f"{body.lease_id} is over")
            elif entry is not None:
                refused = getattr(self, f"on_{kind}")(session, entry, body)
            if refused is None:
                session.credits += getattr(body, "credit", 0)
        if refused is not None:
            answer = ws.Refused(sequence=request.sequence, status=refused)
            session.outbox.put(ws.WorkResponse(refused=answer))
        acknowledged = ws.Acknowledgement(sequence=request.sequence)
        session.outbox.put(ws.WorkResponse(acknowledgement=acknowledged))

    def entry(self, session, lease):
        for entry in self.tasks.values():
            if entry.lease == lease and entry.worker == session.name:
                return entry
        return None

    def close(self, entry, kind):
        self.ended = getattr(self, "ended", {})
        self.ended[int(entry.lease.rsplit("/", 1)[1])] = kind

    def on_accept(self, session, entry, body):
        entry.accepted = True
        entry.task.state = S.STATE_RUNNING
        entry.task.start_time.GetCurrentTime()

    def on_reject(self, session, entry, body):
        self.again(entry, front=True, attempt=False)

    def on_checkpoint(self, session, entry, body):
        entry.checkpoint = body.checkpoint

    def on_log(self, session, entry, body):
        entry.log.extend(body.lines)

    def on_partial_result(self, session, entry, body):
        entry.partial = body.partial_result

    def on_fact(self, session, entry, body):
        self.facts[body.fact.name] = body.fact

    def on_completion(self, session, entry, body):
        if len(body.result.inline) > 262144:
            return status("INVALID_ARGUMENT", "PAYLOAD_TOO_LARGE", "the result is too large")
        self.close(entry, "completion")
        for child in body.children:
            self.create(ts.CreateTaskRequest(task_id=child.task_id, task=child.task))
        self.events.extend(body.events)
        for fact in body.facts:
            self.facts[fact.name] = fact
        self.end(entry, S.STATE_SUCCEEDED, result=body.result)

    def on_failure(self, session, entry, body):
        self.close(entry, "failure")
        partial = body.partial_result if body.HasField("partial_result") else entry.partial
        most = entry.task.retry_policy.maximum_attempts or 4
        if entry.cancel is not None:
            self.end(entry, S.STATE_CANCELLED, partial=partial)
        elif body.failure.kind == common_pb2.Failure.KIND_PERMANENT or entry.task.attempt >= most:
            self.end(entry, S.STATE_FAILED, failure=body.failure)
        else:
            entry.task.failure.CopyFrom(body.failure)
            delay = body.retry_delay.ToTimedelta().total_seconds()
            if not body.HasField("retry_delay"):
                backoff = entry.task.retry_policy.initial_backoff.ToTimedelta().total_seconds()
                delay = backoff or 1.0
            self.again(entry, delay)

    def on_release(self, session, entry, body):
        self.close(entry, "release")
        if entry.cancel is not None:
            self.end(entry, S.STATE_CANCELLED, partial=entry.partial)
        else:
            self.again(entry, front=True, attempt=False)

    def on_suspend(self, session, entry, body):
        self.close(entry, "suspend")
        self.again(entry, body.rest.ToTimedelta().total_seconds(), attempt=False)
        entry.task.state = S.STATE_SCHEDULED

    def tick(self):
        beat = 0.0
        while True:
            with self.lock:
                self.lock.wait(0.02)
                now = time.monotonic()
                for session in list(self.sessions.values()):
                    if now - session.heard > LEASE and session.name != "lost":
                        for entry in self.tasks.values():
                            if entry.worker == session.name:
                                self.again(entry, front=True, attempt=False)
                                entry.task.lost_count += 1
                        self.sessions[session.name].name = "lost"
                        session.outbox.put(None)
                    if now > beat and session.open:
                        session.outbox.put(ws.WorkResponse(ping=ws.Ping()))
                if now > beat:
                    beat = now + BEAT
                ready = [e for e in self.tasks.values() if e.lease is None and e.due <= now
                         and e.task.state not in ENDED]
                for entry in sorted(ready, key=lambda e: not e.front):
                    self.offer(entry)

    def offer(self, entry):
        for session in self.sessions.values():
            if (session.open and session.credits > 0 and not session.draining
                    and session.name != "lost" and entry.task.task_type in session.types):
                session.credits -= 1
                token = next(self.tokens)
                entry.lease = f"{entry.task.name}/leases/{token}"
                entry.worker = session.name
                entry.accepted = False
                entry.task.attempt += 1
                lease = ws.Lease(lease_id=entry.lease, fencing_token=token, task=entry.task)
                if entry.checkpoint is not None:
                    lease.checkpoint.CopyFrom(entry.checkpoint)
                lease.time_limit.FromSeconds(60)
                session.outbox.put(ws.WorkResponse(offer=lease))
                return

    def live(self, context, request):
        entry = next((e for e in self.tasks.values() if e.lease == request.lease_id), None)
        if entry is None:
            abort(context, "ABORTED", "STALE_LEASE", "the lease is over")
        return entry

    def RecordEffect(self, request, context):
        with self.lock:
            self.live(context, request)
            before, outcome = self.effects.get(request.effect_key, (0, None))
            if before != ws.EFFECT_STATE_DONE:
                self.effects[request.effect_key] = (request.state, request.outcome)
            return ws.RecordEffectResponse(previous_state=before, outcome=outcome)

    def RecordStep(self, request, context):
        with self.lock:
            entry = self.live(context, request)
            kind = request.WhichOneof("action")
            known = entry.steps.setdefault(request.name, {"due": None, "done": False, "value": None})
            now = time.monotonic()
            if kind == "success" and not known["done"]:
                known.update(done=True, value=request.success.result)
            elif kind == "sleep":
                known["due"] = known["due"] or now + request.sleep.duration.ToTimedelta().total_seconds()
                known["done"] = now >= known["due"]
            elif kind == "await_event" and not known["done"]:
                wait = request.await_event
                since = known.setdefault("since", len(self.events))
                known["due"] = known["due"] or now + wait.timeout.ToTimedelta().total_seconds()
                found = [e for e in self.events[since:] if e.event_type == wait.event_type]
                if found:
                    data = json.loads(found[0].data.inline or b"{}")
                    body = {"event_type": found[0].event_type, "subject": found[0].subject, "data": data}
                    value = common_pb2.Payload(inline=json.dumps(body).encode())
                    known.update(done=True, value=value)
                known["done"] = known["done"] or now >= known["due"]
            answer = ws.RecordStepResponse()
            answer.step.state = 3 if known["done"] else 1
            if known["value"] is not None:
                answer.result.CopyFrom(known["value"])
            if known["due"] and not known["done"]:
                rest = known["due"] - now if kind == "sleep" else 0.1
                answer.rest.FromTimedelta(datetime.timedelta(seconds=rest))
            return answer

    # Events, facts, artifacts

    def PublishEvents(self, request, context):
        with self.lock:
            self.events.extend(request.events)
            return ev.PublishEventsResponse(revisions=range(1, len(request.events) + 1))

    def SubscribeEvents(self, request, context):
        at = int(request.resume_token or len(self.events))
        subject = request.filter.split('"')[1]
        yield ev.SubscribeEventsResponse(resume_token=str(at), bookmark=ev.Bookmark())
        while context.is_active():
            with self.lock:
                self.lock.wait(0.05)
                new, at = self.events[at:], len(self.events)
            batch = [e for e in new if e.subject == subject]
            if batch:
                yield ev.SubscribeEventsResponse(resume_token=str(at), batch=ev.EventBatch(events=batch))

    def GetFact(self, request, context):
        with self.lock:
            if request.name not in self.facts:
                abort(context, "NOT_FOUND", "FACT_NOT_FOUND", "no such fact")
            return fa.GetFactResponse(fact=self.facts[request.name])

    def UploadArtifact(self, requests, context):
        artifact = next(requests).artifact
        self.artifacts[artifact.reference.uri] = b"".join(r.chunk for r in requests)
        return ar.UploadArtifactResponse(artifact=artifact)

    def DownloadArtifact(self, request, context):
        data = self.artifacts[request.name][request.offset :]
        for start in range(0, len(data), 262144):
            yield ar.DownloadArtifactResponse(chunk=data[start : start + 262144])


def main():
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(64))
    fake = Server()
    task_service_pb2_grpc.add_TaskServiceServicer_to_server(fake, server)
    worker_service_pb2_grpc.add_WorkerServiceServicer_to_server(fake, server)
    fact_service_pb2_grpc.add_FactServiceServicer_to_server(fake, server)
    event_service_pb2_grpc.add_EventServiceServicer_to_server(fake, server)
    artifact_service_pb2_grpc.add_ArtifactServiceServicer_to_server(fake, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    sys.stdin.read()
    server.stop(0)


main()
