package io.tasklane.worker;

import io.tasklane.task.type.Handlers;
import java.util.stream.Collectors;

/** SQL that says who executes a type. */
final class Served {
  /**
   * Whether a worker {@code w} that takes offers serves the type {@code of.task_type} in the queue
   * of the name {@code of.queue_name}.
   */
  static final String BY_WORKER =
      """
      w.state = 1 AND of.task_type = ANY (w.task_types)
        AND (w.queues = '{}' OR of.queue_name = ANY (w.queues))""";

  /** Whether such a worker can be reached and has a credit. */
  static final String FREE =
      """
      w.credits > 0 AND w.node IS NOT NULL
        AND w.heartbeat_time > clock_timestamp() - interval '10 s'""";

  private Served() {}

  /**
   * Whether a handler of this node executes the type.
   *
   * @param type SQL of it
   */
  static String byHandlers(Handlers handlers, String type) {
    String names =
        handlers.types().stream()
            .map(each -> "'" + each.name().replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "false" : type + " IN (" + names + ")";
  }
}
