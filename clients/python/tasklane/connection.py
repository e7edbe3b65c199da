"""The connection to a server: calls that are repeated while it cannot be reached."""

import random
import time

import grpc

from tasklane.errors import TasklaneError

# Pings find a connection that is dead or a server that is frozen; the server allows one in 10 s.
_OPTIONS = [
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    # Each failed attempt asks for the address again; by default it may do so every 30 s.
    ("grpc.dns_min_time_between_resolutions_ms", 500),
    ("grpc.max_receive_message_length", 16 * 1024 * 1024),
]


class Backoff:
    """Waits between attempts, from 50 ms doubling to 2 s, of which up to half is left to chance."""

    def __init__(self):
        self.failures = 0

    def next(self):
        """Seconds to wait before the next attempt."""
        ceiling = min(2.0, 0.05 * 2**self.failures)
        self.failures += 1
        return ceiling * random.uniform(0.5, 1.0)


class Connection:
    """One channel, which connects again by itself; retry_for bounds how long a call tries, in s."""

    def __init__(self, target, retry_for):
        self.channel = grpc.insecure_channel(target, options=_OPTIONS)
        self.retry_for = retry_for

    def call(self, method, request, timeout=None):
        """Makes a call of one request, again while it answers UNAVAILABLE, for retry_for seconds.

        The request must be safe to repeat: a change carries its request_id. timeout bounds one
        attempt where the server itself may take long to answer.
        """
        backoff = Backoff()
        end = time.monotonic() + self.retry_for
        while True:
            left = max(0.001, end - time.monotonic())
            try:
                return method(request, timeout=left if timeout is None else timeout)
            except grpc.RpcError as failed:
                error = TasklaneError.of_call(failed)
            wait = backoff.next()
            if error.code != "UNAVAILABLE" or time.monotonic() + wait > end:
                raise error
            time.sleep(wait)

    def stream(self, method, request_of, forever=False):
        """Yields the messages of a stream, and opens it again when it breaks off, or ends with OK.

        request_of makes the request of each opening, from where the messages so far have come to;
        it returns None where nothing more is wanted. Without a message for retry_for seconds it
        fails; with forever only before the first one.
        """
        backoff = Backoff()
        end = time.monotonic() + self.retry_for
        while (request := request_of()) is not None:
            call = method(request)
            try:
                for message in call:
                    backoff = Backoff()
                    end = float("inf") if forever else time.monotonic() + self.retry_for
                    yield message
            except grpc.RpcError as failed:
                error = TasklaneError.of_call(failed)
                if request_of() is None:
                    return
                if error.code != "UNAVAILABLE" or time.monotonic() > end:
                    raise error from None
                time.sleep(backoff.next())
            finally:
                call.cancel()
