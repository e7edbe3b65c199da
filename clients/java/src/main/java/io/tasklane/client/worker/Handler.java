package io.tasklane.client.worker;

import com.google.gson.JsonElement;

/** Does the work of the tasks of one type. */
@FunctionalInterface
public interface Handler {
  /**
   * Does the work of one task, and returns its result.
   *
   * @param input its JSON; {} where it has none, null where it is not JSON (see {@link Run#input})
   * @return the result: as {@code Payloads.of} takes it
   * @throws Exception fails the run: a {@link TaskException} as it says, any other as UNEXPECTED,
   *     to be tried again
   */
  Object handle(JsonElement input, Run run) throws Exception;
}
