package io.tasklane.task;

import io.tasklane.artifact.ArtifactReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The opaque body of an input or a result, with its MIME type. Tasklane never looks inside, except
 * to check a JSON input against the schema of its task type.
 *
 * @param contentType MIME type, never blank
 * @param body the bytes, at most {@link #MAX_BYTES}; not copied, so neither side may change them
 */
public record Payload(String contentType, byte[] body) {
  /**
   * The content type of a payload without one. JSON is one document in UTF-8, of at most 1,000
   * levels, numbers of at most 1,000 digits, and strings without U+0000 and halves of surrogate
   * pairs; what breaks that rule is accepted nowhere.
   */
  public static final String JSON = "application/json";

  /** The content type of a payload whose body only refers to an artifact. */
  public static final String REFERENCE = "application/vnd.tasklane.artifact-reference";

  /** The largest inline payload: 256 KiB. Larger ones are stored as artifacts. */
  public static final int MAX_BYTES = 256 * 1024;

  /** Checks that both parts are present, and that a reference is valid. */
  public Payload {
    if (contentType == null || contentType.isBlank()) {
      throw new IllegalArgumentException("content type is missing");
    }
    if (body == null) {
      throw new IllegalArgumentException("body is missing");
    }
    if (contentType.equals(REFERENCE)) {
      referenced(body);
    }
  }

  /** A payload whose bytes are stored as an artifact. */
  public static Payload reference(ArtifactReference artifact) {
    return new Payload(REFERENCE, artifact.line().getBytes(StandardCharsets.UTF_8));
  }

  /** The artifact it refers to; empty if the body is the payload itself. */
  public Optional<ArtifactReference> reference() {
    return contentType.equals(REFERENCE) ? Optional.of(referenced(body)) : Optional.empty();
  }

  /** A JSON payload with this text. */
  public static Payload json(String text) {
    return new Payload(JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the content type is JSON. */
  public boolean isJson() {
    return contentType.equals(JSON) || contentType.startsWith(JSON + ";");
  }

  /** The body decoded as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static ArtifactReference referenced(byte[] body) {
    return ArtifactReference.ofLine(new String(body, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalArgumentException("the body is no reference to an artifact"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && contentType.equals(that.contentType)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * contentType.hashCode() + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return contentType + ", " + body.length + " bytes";
  }
}
