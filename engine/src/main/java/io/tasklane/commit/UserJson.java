package io.tasklane.commit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON that users hand in and handlers return. The limits are the same wherever such JSON is read
 * or written: what was accepted once must be readable later, or only that task may fail.
 */
public final class UserJson {
  /** Levels of objects and arrays, one within another. */
  public static final int MAX_NESTING = 1000;

  /** Readers and writers with these limits. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .build();

  private static final ObjectMapper EXACT =
      JsonMapper.builder(FACTORY)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private UserJson() {}

  /** The document may be JSON, but exceeds a limit for reading or writing. */
  public static final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads a whole document, numbers as exactly as they are written.
   *
   * @return a missing node where the text is empty
   * @throws LimitExceededException where it nests too deep, or a name or number is too long
   * @throws IOException where it is not JSON
   */
  public static JsonNode read(byte[] text) throws IOException {
    try {
      return EXACT.readTree(text);
    } catch (StreamConstraintsException limit) {
      throw new LimitExceededException(limit.getOriginalMessage(), limit);
    } catch (NumberFormatException exponent) {
      throw new LimitExceededException("a number's exponent is too large", exponent);
    }
  }

  /**
   * The text of a document.
   *
   * @throws LimitExceededException where it nests too deep
   */
  public static String write(JsonNode document) throws LimitExceededException {
    try {
      return EXACT.writeValueAsString(document);
    } catch (JsonProcessingException limit) {
      throw new LimitExceededException(limit.getOriginalMessage(), limit);
    }
  }
}
