package io.tasklane.grpc.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.tasklane.task.Payload;

/** Bodies of inputs, results and events. */
public final class PayloadMapping {
  private static final String EMPTY_OBJECT = "{}";

  private PayloadMapping() {}

  /** To the wire. */
  public static io.tasklane.v1.Payload toWire(Payload payload) {
    return io.tasklane.v1.Payload.newBuilder()
        .setContentType(payload.contentType())
        .setInline(ByteString.copyFrom(payload.body()))
        .build();
  }

  /** From the wire; no content type means JSON, and JSON without a body is the empty object. */
  public static Payload fromWire(io.tasklane.v1.Payload payload) {
    boolean json = payload.getContentType().isEmpty();
    Payload given =
        new Payload(
            json ? Payload.JSON : payload.getContentType(), payload.getInline().toByteArray());
    boolean absent = payload.getInline().isEmpty() && given.isJson();
    return absent ? new Payload(given.contentType(), EMPTY_OBJECT.getBytes(UTF_8)) : given;
  }
}
