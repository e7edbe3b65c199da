package io.tasklane.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasklane.commit.UserJson;
import io.tasklane.task.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The data of a published event: a JSON object in UTF-8, whoever publishes it. */
public final class EventData {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(UserJson.FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private EventData() {}

  /**
   * Checks.
   *
   * @throws IllegalArgumentException saying what it is instead of a JSON object
   */
  public static void requireObject(Payload data) {
    try {
      JsonNode node = MAPPER.readTree(utf8(data));
      if (!node.isObject()) {
        throw notAllowed("it is no object");
      }
    } catch (CharacterCodingException notUtf8) {
      throw notAllowed("it is not UTF-8");
    } catch (JsonProcessingException malformed) {
      throw notAllowed("it is not JSON: " + malformed.getOriginalMessage());
    }
  }

  private static String utf8(Payload data) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data.body())).toString();
  }

  private static IllegalArgumentException notAllowed(String fault) {
    return new IllegalArgumentException("data of an event must be a JSON object: " + fault);
  }
}
