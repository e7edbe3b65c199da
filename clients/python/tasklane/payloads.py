"""Inputs, results and artifacts: JSON values and bytes, inline or, above 256 KiB, uploaded."""

import datetime
import hashlib
import json

from tasklane.errors import TasklaneError
from tasklane.v1 import artifact_service_pb2 as artifacts
from tasklane.v1 import artifact_service_pb2_grpc, common_pb2

INLINE_LIMIT = 256 * 1024
_CHUNK = 256 * 1024
_JSON = ("", "application/json")


class Payloads:
    """Makes payloads of values and values of payloads, over a connection."""

    def __init__(self, connection):
        self._connection = connection
        self._stub = artifact_service_pb2_grpc.ArtifactServiceStub(connection.channel)

    def of(self, value, content_type=""):
        """The payload of a value.

        None is an empty body, bytes are passed on as they are (application/octet-stream unless
        content_type says otherwise), a Payload, such as that of upload(), stays what it is, and
        anything else is written as JSON. What has over 256 KiB is uploaded.
        """
        if value is None:
            return common_pb2.Payload()
        if isinstance(value, common_pb2.Payload):
            return value
        payload = self.inline(value)
        content_type = content_type or payload.content_type
        if len(payload.inline) <= INLINE_LIMIT:
            payload.content_type = content_type
            return payload
        return self.upload(payload.inline, content_type)

    @staticmethod
    def inline(value):
        """The payload of a value with all its bytes, however many."""
        if isinstance(value, (bytes, bytearray)):
            return common_pb2.Payload(content_type="application/octet-stream", inline=bytes(value))
        return common_pb2.Payload(content_type="application/json", inline=to_json(value))

    def value(self, payload):
        """What of() was given: the value of JSON, else bytes; None for an empty body."""
        body = payload.WhichOneof("body")
        if body is None:
            return None
        data = self.download(payload) if body == "reference" else payload.inline
        if payload.content_type not in _JSON:
            return data
        return json.loads(data) if data else None

    def upload(self, data, content_type="application/octet-stream"):
        """Uploads bytes, and returns the Payload that refers to them."""
        digest = hashlib.sha256(data).hexdigest()
        reference = common_pb2.PayloadReference(
            uri=f"artifacts/{digest}", size_bytes=len(data), sha256=digest
        )

        def messages():
            artifact = artifacts.Artifact(content_type=content_type, reference=reference)
            yield artifacts.UploadArtifactRequest(artifact=artifact)
            for start in range(0, len(data), _CHUNK):
                chunk = bytes(data[start : start + _CHUNK])
                yield artifacts.UploadArtifactRequest(chunk=chunk)

        def attempt(_, timeout):
            return self._stub.UploadArtifact(messages(), timeout=timeout)

        # An upload is safe to repeat, and one of 1 GiB may take its time.
        self._connection.call(attempt, None, timeout=3600)
        return common_pb2.Payload(content_type=content_type, reference=reference)

    def download(self, payload):
        """The bytes of an artifact, which are checked against its hash; resumes a broken download.

        Raises TasklaneError with code DATA_LOSS where they are not those.
        """
        data = bytearray()
        reference = payload.reference

        def request():
            if len(data) >= reference.size_bytes:
                return None
            return artifacts.DownloadArtifactRequest(name=reference.uri, offset=len(data))

        for message in self._connection.stream(self._stub.DownloadArtifact, request):
            data += message.chunk
        if hashlib.sha256(data).hexdigest() != reference.sha256:
            raise TasklaneError("DATA_LOSS", f"{reference.uri} has other bytes than its hash says")
        return bytes(data)


def to_json(value):
    """UTF-8 of a value that JSON can express; NaN and infinity are refused with ValueError."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()


def fields(values):
    """Options for a message: datetimes become Timestamps, timedeltas Durations, also inside."""
    return {name: _field(value) for name, value in values.items() if value is not None}


def _field(value):
    if isinstance(value, datetime.datetime):
        value = value.astimezone(datetime.timezone.utc)
        past = value - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return {"seconds": past // datetime.timedelta(seconds=1), "nanos": past.microseconds * 1000}
    if isinstance(value, datetime.timedelta):
        seconds, rest = divmod(value, datetime.timedelta(seconds=1))
        return {"seconds": seconds, "nanos": rest.microseconds * 1000}
    if isinstance(value, dict):
        return {name: _field(inner) for name, inner in value.items()}
    return value
