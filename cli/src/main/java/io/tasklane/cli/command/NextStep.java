package io.tasklane.cli.command;

import java.util.Map;
import java.util.Optional;

/** What a user can do about a refusal, by the reason that the server gives. */
final class NextStep {
  private static final Map<String, String> BY_REASON =
      Map.ofEntries(
          Map.entry("TASK_NOT_FOUND", "`tasklane task list` shows those there are"),
          Map.entry("QUEUE_NOT_FOUND", "`tasklane queue list` shows those there are"),
          Map.entry("QUEUE_UNKNOWN", "`tasklane queue list` shows those there are"),
          Map.entry("TASK_TYPE_UNKNOWN", "`tasklane task types` shows those there are"),
          Map.entry("TASK_TYPE_NOT_ACCEPTED", "`tasklane task types` shows who takes which"),
          Map.entry("TEMPLATE_NOT_FOUND", "`tasklane template list` shows those there are"),
          Map.entry("TEMPLATE_UNKNOWN", "`tasklane template list` shows those there are"),
          Map.entry("SCHEDULE_NOT_FOUND", "`tasklane schedule list` shows those there are"),
          Map.entry("CALENDAR_NOT_FOUND", "`tasklane calendar list` shows those there are"),
          Map.entry("CALENDAR_UNKNOWN", "`tasklane calendar list` shows those there are"),
          Map.entry("RESOURCE_NOT_FOUND", "`tasklane resource list` shows those there are"),
          Map.entry("RESOURCE_UNKNOWN", "`tasklane resource list` shows those there are"),
          Map.entry("TRIGGER_NOT_FOUND", "`tasklane trigger list` shows those there are"),
          Map.entry("WORKFLOW_NOT_FOUND", "`tasklane workflow list` shows those there are"),
          Map.entry("DEAD_LETTER_NOT_FOUND", "`tasklane dlq list` shows those there are"),
          Map.entry("FACT_NOT_FOUND", "`tasklane fact list` shows those there are"),
          Map.entry("WORKER_NOT_FOUND", "`tasklane worker list` shows those there are"),
          Map.entry("TASK_TYPE_NOT_FOUND", "`tasklane task-type list` shows those there are"),
          Map.entry("BATCH_OPERATION_NOT_FOUND", "`tasklane batch list` shows those there are"),
          Map.entry("QUEUE_DRAINING", "`tasklane queue resume QUEUE` lets it accept tasks again"),
          Map.entry("QUEUE_NOT_EMPTY", "`tasklane queue drain QUEUE` empties it"),
          Map.entry("QUEUE_FULL", "wait, or `tasklane queue update QUEUE --max-depth N`"),
          Map.entry("ETAG_MISMATCH", "somebody else has changed it: look at it, and try again"),
          Map.entry("INPUT_SCHEMA", "`tasklane task types -o yaml` shows what inputs look like"));

  private NextStep() {}

  /** What to do next; empty where the message has to do. */
  static Optional<String> after(String reason) {
    return Optional.ofNullable(BY_REASON.get(reason));
  }
}
