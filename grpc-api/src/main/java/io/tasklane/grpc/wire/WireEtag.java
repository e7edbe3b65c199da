package io.tasklane.grpc.wire;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.util.Optional;

/** Reads the entity tag of a request: the version that what it changes must still have. */
public final class WireEtag {
  private WireEtag() {}

  /**
   * The tag; empty where any version will do.
   *
   * @param field of the request that holds the text
   * @throws InvalidRequest for a text that is none
   */
  public static Optional<String> read(String text, String field) {
    if (!text.isEmpty() && !text.matches("\"[0-9]{1,9}\"")) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, field, "\"" + text + "\" is no etag of this service");
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
