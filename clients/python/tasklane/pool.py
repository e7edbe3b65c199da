"""Handlers in processes of their own, one for each slot."""

import multiprocessing
import queue
import signal
import threading

from tasklane import run as runs
from tasklane.line import memory_of

# The start of a process copies no threads of gRPC.
_spawn = multiprocessing.get_context("spawn")


class Children:
    """The processes of a worker; one that has done its share is replaced before the next task."""

    def __init__(self, handlers, slots, tasks_per_child, memory_limit):
        self._handlers = handlers
        self._tasks = tasks_per_child
        self._memory = memory_limit
        self._idle = queue.LifoQueue()
        for _ in range(slots):
            self._idle.put(None)

    def run(self, running, facts, input, run):
        """Runs a handler in a process, and says how it ended."""
        child = self._idle.get()
        if child is None:
            child = _Child(self._handlers)
        running.child = child
        try:
            outcome = child.run(facts, input, run)
        finally:
            running.child = None
            spent = self._tasks and child.tasks >= self._tasks
            fat = self._memory and memory_of(child.process.pid) > self._memory
            if spent or fat or not child.process.is_alive():
                child.close()
                child = None
            self._idle.put(child)
        return outcome

    def close(self):
        while not self._idle.empty():
            child = self._idle.get()
            if child is not None:
                child.close()


class _Child:
    def __init__(self, handlers):
        self._pipe, inner = _spawn.Pipe()
        self.process = _spawn.Process(target=_main, args=(inner, handlers), daemon=True)
        self.process.start()
        inner.close()
        self._lock = threading.Lock()
        self._killed = False
        self.tasks = 0

    def run(self, facts, input, run):
        self.tasks += 1
        try:
            self._send("work", facts, input)
            if run.stop:
                self.stop(run.stop)
            while True:
                kind, *content = self._pipe.recv()
                if kind == "outcome":
                    run.at_success.update(content[1])
                    return content[0]
                self._send("answer", *_answer(run, *content))
        except (EOFError, OSError):
            self.process.join(5)
            if self._killed:
                return runs.outcome_of(_stopped, None, run)
            failed = ("PROCESS_DIED", f"the process of the handler ended with {self.process.exitcode}")
            return runs.Outcome("failed", (*failed, False, None))

    def stop(self, kind):
        try:
            self._send("stop", kind)
        except OSError:
            pass  # it has died, and run() says so

    def kill(self):
        self._killed = True
        self.process.kill()

    def close(self):
        self._pipe.close()
        self.process.join(2)
        self.process.kill()

    def _send(self, *message):
        with self._lock:
            self._pipe.send(message)


def _stopped(_, run):
    raise runs.Stopped(run.stop)


def _answer(run, method, arguments):
    try:
        return True, getattr(run._port, method)(*arguments)
    except BaseException as error:
        return False, error


class _ChildPort:
    """The port inside of the process: what it is asked goes to the worker's process."""

    def __init__(self, pipe):
        self._pipe = pipe
        self.work = queue.SimpleQueue()
        self._answers = queue.SimpleQueue()
        self._stop = None
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while True:
                kind, *content = self._pipe.recv()
                if kind == "work":
                    self._stop = None
                    self._stopped.clear()
                    self.work.put(content)
                elif kind == "stop":
                    self._stop = content[0]
                    self._stopped.set()
                else:
                    self._answers.put(content)
        except (EOFError, OSError):
            self.work.put(None)

    def now(self):
        return runs.now()

    def stop(self):
        return self._stop

    def pause(self, seconds):
        self._stopped.wait(seconds)

    def __getattr__(self, method):
        def ask(*arguments):
            with self._lock:
                self._pipe.send(("call", method, arguments))
                good, value = self._answers.get()
            if good:
                return value
            raise value

        return ask


def _main(pipe, handlers):
    # The worker decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    port = _ChildPort(pipe)
    while (work := port.work.get()) is not None:
        facts, input = work
        run = runs.Run(port, facts)
        outcome = runs.outcome_of(handlers[facts["task_type"]], input, run)
        try:
            pipe.send(("outcome", outcome._replace(error=None), run.at_success))
        except (TypeError, ValueError, AttributeError) as error:
            failed = ("RESULT_INVALID", f"{error}", True, None)
            pipe.send(("outcome", runs.Outcome("failed", failed), run.at_success))
