package io.tasklane.cli.task;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything an operator asks about one task, field by field; what a task does not have is left
 * out.
 */
record TaskFields(Task task) {
  private static final String POLICY = "POLICY_";
  private static final String KIND = "KIND_";

  Table table() {
    Table table = new Table("FIELD", "VALUE");
    table.row("name", task.getName());
    table.row("queue", task.getQueue()).row("type", task.getTaskType());
    table.row("state", TaskStates.label(task.getState())).row("priority", task.getPriority());
    table.row("attempt", task.getAttempt());
    text(table, "lost", task.getLostCount() == 0 ? "" : losses());
    text(table, "node", task.getWorker());
    text(table, "retry of", task.getRetryOf());
    text(table, "workflow", task.getWorkflow());
    text(table, "schedule", task.getSchedule());
    conditions(table);
    limits(table);
    times(table);
    if (task.hasProgress()) {
      table.row("progress", TaskView.progress(task.getProgress()));
    }
    ends(table);
    return table;
  }

  /** What it waits for before it starts. */
  private String losses() {
    return task.getLostCount() + " times its node, " + task.getLostAloneCount() + " of them alone";
  }

  private void conditions(Table table) {
    task.getDependenciesList().forEach(need -> table.row("needs", need(need)));
    time(table, "run after", task.hasRunAfterTime(), task.getRunAfterTime());
    time(table, "expires", task.hasExpireTime(), task.getExpireTime());
    text(table, "resources", pairs(task.getResourceUnitsMap()));
    text(table, "ordering key", task.getOrderingKey());
    text(table, "key", task.getDeduplicationKey());
    text(table, "preemptible", task.getPreemptible() ? "yes" : "");
    text(table, "labels", pairs(task.getLabelsMap()));
  }

  private static String need(Dependency need) {
    String policy =
        switch (need.getPolicy()) {
          case POLICY_UNSPECIFIED, POLICY_ON_SUCCESS -> "";
          default -> " " + need.getPolicy().name().replace(POLICY, "");
        };
    String key = need.getInputKey().isEmpty() ? "" : ", result as " + need.getInputKey();
    return need.getTask() + policy + key;
  }

  private void limits(Table table) {
    if (task.hasRetryPolicy()) {
      table.row("retries", retries(task.getRetryPolicy()));
    }
    Timeouts timeouts = task.getTimeouts();
    limit(table, "attempt limit", timeouts.hasAttemptTimeout(), timeouts.getAttemptTimeout());
    limit(table, "queue limit", timeouts.hasQueueTimeout(), timeouts.getQueueTimeout());
    limit(table, "total limit", timeouts.hasTotalTimeout(), timeouts.getTotalTimeout());
  }

  private static String retries(RetryPolicy policy) {
    return policy.getMaximumAttempts()
        + " attempts, "
        + Durations.toString(policy.getInitialBackoff())
        + " and up to "
        + Durations.toString(policy.getMaximumBackoff())
        + " apart";
  }

  private void times(Table table) {
    time(table, "created", task.hasCreateTime(), task.getCreateTime());
    time(table, "started", task.hasStartTime(), task.getStartTime());
    time(table, "ended", task.hasEndTime(), task.getEndTime());
    time(table, "next attempt", task.hasNextAttemptTime(), task.getNextAttemptTime());
  }

  private void ends(Table table) {
    if (task.hasCancelActor()) {
      table.row("cancelled by", cancel(task.getCancelActor()));
    }
    if (task.hasFailure()) {
      table.row("failure", failure(task.getFailure()));
    }
    payload(table, "input", task.hasInput(), task.getInput());
    payload(
        table, task.getResultPartial() ? "partial" : "result", task.hasResult(), task.getResult());
    time(table, "result until", task.hasResultExpireTime(), task.getResultExpireTime());
  }

  private static String cancel(Actor actor) {
    String reason = actor.getReason();
    return actor.getPrincipal() + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String failure(Failure failure) {
    return failure.getCode()
        + " ("
        + failure.getKind().name().replace(KIND, "")
        + "): "
        + failure.getMessage();
  }

  private static String pairs(Map<String, ?> pairs) {
    return new TreeMap<String, Object>(pairs)
        .entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining(", "));
  }

  private static void text(Table table, String field, String value) {
    if (!value.isEmpty()) {
      table.row(field, value);
    }
  }

  private static void time(Table table, String field, boolean known, Timestamp time) {
    if (known) {
      table.row(field, Timestamps.toString(time));
    }
  }

  private static void limit(
      Table table, String field, boolean known, com.google.protobuf.Duration span) {
    if (known && !span.equals(Durations.ZERO)) {
      table.row(field, Durations.toString(span));
    }
  }

  private static void payload(Table table, String field, boolean present, Payload payload) {
    if (present) {
      boolean inline = payload.hasInline();
      table.row(
          field, inline ? payload.getInline().toStringUtf8() : payload.getReference().getUri());
    }
  }
}
