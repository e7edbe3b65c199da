package io.tasklane.artifact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refers to the bytes of an artifact, and is small enough to be sent where the bytes are too large.
 *
 * @param sha256 of the bytes, 64 lower-case hexadecimal digits
 * @param sizeBytes how many bytes, 0 or more
 * @param contentType MIME type of the bytes, without control characters
 */
public record ArtifactReference(String sha256, long sizeBytes, String contentType) {
  private static final String PREFIX = "artifacts/";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LINE =
      Pattern.compile("artifacts/([0-9a-f]{64}) (\\d{1,18}) ([^\\p{Cntrl}]+)");

  /** Checks each part. */
  public ArtifactReference {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "SHA-256 \"" + sha256 + "\" is not allowed: 64 lower-case hexadecimal digits");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size " + sizeBytes + " is not allowed: 0 or more");
    }
    if (contentType.isBlank() || contentType.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "content type \"" + contentType + "\" is not allowed: text without control characters");
    }
  }

  /** "artifacts/{sha256}". */
  public String name() {
    return PREFIX + sha256;
  }

  /** The reference as one line of text. */
  public String line() {
    return name() + " " + sizeBytes + " " + contentType;
  }

  /** Parses what {@link #line} returns; empty if it is no such line. */
  public static Optional<ArtifactReference> ofLine(String line) {
    Matcher parts = LINE.matcher(line);
    return parts.matches()
        ? Optional.of(
            new ArtifactReference(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }
}
