package io.tasklane.commit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that users hand in and handlers return: at most {@value #MAX_NESTING} levels, in UTF-8,
 * numbers of at most 1,000 digits, strings without U+0000 and without halves of surrogate pairs,
 * which neither PostgreSQL nor UTF-8 can hold. The rule is the same at every way in: what was
 * accepted once can be read, put into another document and written later.
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
   * Passes a whole document that obeys the rule.
   *
   * @throws LimitExceededException where it nests too deep, or a name or number is too long
   * @throws IOException saying what else is wrong with it
   */
  public static void require(byte[] document) throws IOException {
    try (JsonParser parser = FACTORY.createParser(utf8(document))) {
      if (parser.nextToken() == null) {
        throw new IOException("it is empty, and must be JSON");
      }
      int open = 0;
      do {
        requireToken(parser);
        open += parser.currentToken().isStructStart() ? 1 : 0;
        open -= parser.currentToken().isStructEnd() ? 1 : 0;
        parser.nextToken();
      } while (open > 0);
      if (parser.currentToken() != null) {
        throw new IOException("it is not JSON: there is more after the end of the document");
      }
    } catch (StreamConstraintsException limit) {
      throw new LimitExceededException(limit.getOriginalMessage(), limit);
    } catch (JsonProcessingException malformed) {
      throw new IOException("it is not JSON: " + malformed.getOriginalMessage(), malformed);
    } catch (NumberFormatException exponent) {
      throw new LimitExceededException("a number's exponent is too large", exponent);
    }
  }

  private static void requireToken(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case FIELD_NAME, VALUE_STRING -> requireText(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue(); // reads all digits
      default -> {
        // nothing that could be wrong beyond its syntax
      }
    }
  }

  private static void requireText(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        throw new IOException("a string with U+0000 is not allowed");
      }
      if (Character.isSurrogate(unit)) {
        if (!Character.isSurrogatePair(unit, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw new IOException("a string with half of a surrogate pair is not allowed");
        }
        i++;
      }
    }
  }

  private static String utf8(byte[] document) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException other) {
      throw new IOException("it is not UTF-8", other);
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
      return EXACT.readTree(utf8(text));
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
