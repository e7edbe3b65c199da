package io.tasklane.grpc.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.task.Payload;
import io.tasklane.v1.PayloadReference;

/** Bodies of inputs, results and events. */
public final class PayloadMapping {
  private static final String EMPTY_OBJECT = "{}";

  private PayloadMapping() {}

  /** To the wire. */
  public static io.tasklane.v1.Payload toWire(Payload payload) {
    return payload
        .reference()
        .map(PayloadMapping::byReference)
        .orElseGet(
            () ->
                io.tasklane.v1.Payload.newBuilder()
                    .setContentType(payload.contentType())
                    .setInline(ByteString.copyFrom(payload.body()))
                    .build());
  }

  /** From the wire; no content type means JSON, and JSON without a body is the empty object. */
  public static Payload fromWire(io.tasklane.v1.Payload payload) {
    boolean json = payload.getContentType().isEmpty();
    String contentType = json ? Payload.JSON : payload.getContentType();
    if (payload.hasReference()) {
      return Payload.reference(fromWire(payload.getReference(), contentType));
    }
    Payload given = new Payload(contentType, payload.getInline().toByteArray());
    boolean absent = payload.getInline().isEmpty() && given.isJson();
    return absent ? new Payload(given.contentType(), EMPTY_OBJECT.getBytes(UTF_8)) : given;
  }

  /** Which bytes, to the wire. */
  public static PayloadReference toWire(ArtifactReference artifact) {
    return PayloadReference.newBuilder()
        .setUri(artifact.name())
        .setSizeBytes(artifact.sizeBytes())
        .setSha256(artifact.sha256())
        .build();
  }

  /** Which bytes, from the wire; the contract's rules have seen to it that the parts agree. */
  public static ArtifactReference fromWire(PayloadReference reference, String contentType) {
    return new ArtifactReference(reference.getSha256(), reference.getSizeBytes(), contentType);
  }

  private static io.tasklane.v1.Payload byReference(ArtifactReference artifact) {
    return io.tasklane.v1.Payload.newBuilder()
        .setContentType(artifact.contentType())
        .setReference(toWire(artifact))
        .build();
  }
}
