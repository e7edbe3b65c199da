package io.tasklane.client;

import com.google.gson.Gson;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.DownloadArtifactResponse;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes payloads of values and values of payloads: JSON by Gson and bytes, inline or, above 256
 * KiB, uploaded as artifacts.
 */
public final class Payloads {
  private static final int INLINE_LIMIT = 256 * 1024;
  private static final int CHUNK = 256 * 1024;
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final Gson GSON = new Gson();

  private final Connection connection;

  Payloads(Connection connection) {
    this.connection = connection;
  }

  /**
   * The payload of a value.
   *
   * @param value null is an empty body, a byte[] is passed on as it is, a {@link Payload}, such as
   *     that of an upload, stays what it is; anything else is written as JSON. What has over 256
   *     KiB is uploaded
   * @throws IllegalArgumentException if JSON cannot express it, such as NaN
   */
  public Payload of(Object value) {
    if (value == null) {
      return Payload.getDefaultInstance();
    }
    if (value instanceof Payload payload) {
      return payload;
    }
    Payload payload = inline(value);
    return payload.getInline().size() <= INLINE_LIMIT
        ? payload
        : upload(payload.getInline(), payload.getContentType());
  }

  /** The payload of a value with all its bytes, however many. */
  public static Payload inline(Object value) {
    return value instanceof byte[] bytes
        ? Payload.newBuilder().setContentType(BYTES).setInline(ByteString.copyFrom(bytes)).build()
        : Payload.newBuilder().setContentType(JSON).setInline(json(value)).build();
  }

  /**
   * UTF-8 of the JSON of a value.
   *
   * @throws IllegalArgumentException if JSON cannot express it, such as NaN
   */
  public static ByteString json(Object value) {
    return ByteString.copyFromUtf8(GSON.toJson(value));
  }

  /**
   * What a payload carries.
   *
   * @param type what JSON is read as; byte[] for the bytes as they are
   * @return null for an empty body
   * @throws com.google.gson.JsonSyntaxException if it is no JSON of this type
   */
  public <T> T value(Payload payload, Class<T> type) {
    return read(payload.hasReference() ? download(payload) : payload.getInline(), type);
  }

  /** The same of bytes that are there. */
  public static <T> T read(ByteString bytes, Class<T> type) {
    if (type == byte[].class) {
      return type.cast(bytes.toByteArray());
    }
    return GSON.fromJson(bytes.toStringUtf8(), type);
  }

  /** Uploads bytes, and returns the payload that refers to them. */
  public Payload upload(ByteString bytes, String contentType) {
    String hash = sha256(bytes);
    PayloadReference reference =
        PayloadReference.newBuilder()
            .setUri("artifacts/" + hash)
            .setSizeBytes(bytes.size())
            .setSha256(hash)
            .build();
    Artifact artifact =
        Artifact.newBuilder().setContentType(contentType).setReference(reference).build();
    connection.call(left -> send(artifact, bytes));
    return Payload.newBuilder().setContentType(contentType).setReference(reference).build();
  }

  private UploadArtifactResponse send(Artifact artifact, ByteString bytes) {
    Answer answer = new Answer();
    StreamObserver<UploadArtifactRequest> upload =
        ArtifactServiceGrpc.newStub(connection.channel()).uploadArtifact(answer);
    upload.onNext(UploadArtifactRequest.newBuilder().setArtifact(artifact).build());
    for (int start = 0; start < bytes.size(); start += CHUNK) {
      ByteString chunk = bytes.substring(start, Math.min(bytes.size(), start + CHUNK));
      upload.onNext(UploadArtifactRequest.newBuilder().setChunk(chunk).build());
    }
    upload.onCompleted();
    return answer.await();
  }

  /**
   * The bytes of an artifact, checked against its hash; a download that breaks off goes on where it
   * was.
   *
   * @throws TasklaneException with code DATA_LOSS if they are others
   */
  public ByteString download(Payload payload) {
    PayloadReference reference = payload.getReference();
    ByteString.Output data = ByteString.newOutput();
    var artifacts = ArtifactServiceGrpc.newBlockingStub(connection.channel());
    try (Messages<DownloadArtifactResponse> messages =
        new Messages<>(
            connection,
            () -> {
              if (data.size() >= reference.getSizeBytes()) {
                return Optional.<Iterator<DownloadArtifactResponse>>empty();
              }
              DownloadArtifactRequest.Builder request = DownloadArtifactRequest.newBuilder();
              request.setName(reference.getUri()).setOffset(data.size());
              return Optional.of(artifacts.downloadArtifact(request.build()));
            },
            false)) {
      messages.forEachRemaining(message -> append(data, message.getChunk()));
    }
    ByteString bytes = data.toByteString();
    if (!sha256(bytes).equals(reference.getSha256())) {
      throw new TasklaneException(
          Status.Code.DATA_LOSS, reference.getUri() + " has other bytes than its hash says");
    }
    return bytes;
  }

  private static void append(ByteString.Output data, ByteString chunk) {
    try {
      chunk.writeTo(data);
    } catch (IOException e) {
      throw new UncheckedIOException("memory is written to without errors", e);
    }
  }

  private static String sha256(ByteString bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      bytes.asReadOnlyByteBufferList().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The one answer of an upload. */
  private static final class Answer implements StreamObserver<UploadArtifactResponse> {
    private final CompletableFuture<UploadArtifactResponse> answer = new CompletableFuture<>();

    @Override
    public void onNext(UploadArtifactResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      // The answer has come.
    }

    UploadArtifactResponse await() {
      try {
        return answer.join();
      } catch (CompletionException failed) {
        throw Status.fromThrowable(failed.getCause()).asRuntimeException(trailers(failed));
      }
    }

    private static io.grpc.Metadata trailers(CompletionException failed) {
      return Status.trailersFromThrowable(failed.getCause());
    }
  }
}
