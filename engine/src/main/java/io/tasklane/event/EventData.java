package io.tasklane.event;

import io.tasklane.commit.UserJson;
import io.tasklane.task.Payload;
import java.io.IOException;

/** The data of a published event: a JSON object in UTF-8, whoever publishes it. */
public final class EventData {
  private EventData() {}

  /**
   * Checks.
   *
   * @throws IllegalArgumentException saying what it is instead of a JSON object
   */
  public static void requireObject(Payload data) {
    try {
      UserJson.require(data.body());
      if (!UserJson.read(data.body()).isObject()) {
        throw notAllowed("it is no object");
      }
    } catch (IOException malformed) {
      throw notAllowed(malformed.getMessage());
    }
  }

  private static IllegalArgumentException notAllowed(String fault) {
    return new IllegalArgumentException("data of an event must be a JSON object: " + fault);
  }
}
