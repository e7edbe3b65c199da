package io.tasklane.workflow.definition;

import java.util.Map;
import java.util.Optional;

/**
 * Values of a task that are computed when its node starts, each as CEL.
 *
 * @param input key of the input to expression; with any of them a chain passes nothing by itself
 * @param priority yields 1 to 10
 * @param orderingKey yields a string
 * @param labels key to expression that yields a string
 * @param runAfter yields a timestamp, or the text of one
 */
public record TaskExpressions(
    Map<String, String> input,
    Optional<String> priority,
    Optional<String> orderingKey,
    Map<String, String> labels,
    Optional<String> runAfter) {
  /** Nothing is computed. */
  public static final TaskExpressions NONE =
      new TaskExpressions(Map.of(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

  /** Copies the maps. */
  public TaskExpressions {
    input = Map.copyOf(input);
    labels = Map.copyOf(labels);
  }

  /** Only keys of the input are computed. */
  public static TaskExpressions ofInput(Map<String, String> input) {
    return new TaskExpressions(input, NONE.priority, NONE.orderingKey, Map.of(), NONE.runAfter);
  }
}
