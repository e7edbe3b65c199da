package io.tasklane.cli.task;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Blocker;
import io.tasklane.v1.LeaseBlocker;
import io.tasklane.v1.QueueOwnerBlocker;
import io.tasklane.v1.ResourceBlocker;
import io.tasklane.v1.RunningTaskBlocker;
import io.tasklane.v1.TasksAheadBlocker;
import java.util.Locale;

/**
 * One blocker in plain English.
 *
 * @param what the task waits for
 * @param clears what would clear it
 */
record BlockerText(String what, String clears) {
  static BlockerText of(Blocker blocker) {
    return switch (blocker.getCauseCase()) {
      case DEPENDENCY ->
          new BlockerText(
              blocker.getDependency().getTask()
                  + ", which it depends on and which is "
                  + TaskStates.label(blocker.getDependency().getState()),
              "when that task ends as needed");
      case NOT_BEFORE ->
          new BlockerText(
              "its run-after time, " + Timestamps.toString(blocker.getNotBefore().getTime()),
              "then");
      case RETRY_BACKOFF ->
          new BlockerText("its next attempt", at(blocker.getRetryBackoff().getTime()));
      case ORDERING_KEY ->
          new BlockerText(
              blocker.getOrderingKey().getTask()
                  + ", which is before it in the line of ordering key "
                  + blocker.getOrderingKey().getOrderingKey(),
              "when that task ends");
      case TIME_OVER ->
          new BlockerText(
              "nothing: its time is over (" + blocker.getTimeOver().getCode() + ")",
              "never: it ends FAILED within seconds");
      case RESOURCE -> resource(blocker.getResource());
      case OTHER -> new BlockerText(blocker.getOther().getReason(), "");
      default -> ofQueue(blocker);
    };
  }

  private static BlockerText ofQueue(Blocker blocker) {
    return switch (blocker.getCauseCase()) {
      case QUEUE_PAUSED ->
          new BlockerText(
              "its queue, which was paused by " + actor(blocker.getQueuePaused().getActor()),
              "with queue resume");
      case QUEUE_OWNER -> owner(blocker.getQueueOwner());
      case OLD_LEASE -> lease(blocker.getOldLease());
      case RATE_LIMIT ->
          new BlockerText(
              "the rate limit of its queue, " + blocker.getRateLimit().getLimit(),
              at(blocker.getRateLimit().getRefillTime()) + ", or with queue update --rate-limit");
      case CALENDAR_CLOSED ->
          new BlockerText(
              "the market of its queue: " + blocker.getCalendarClosed().getReason(),
              blocker.getCalendarClosed().hasOpenTime()
                  ? at(blocker.getCalendarClosed().getOpenTime())
                      + ", or with queue update --calendar none"
                  : "with calendar update, or with queue update --calendar none");
      case SUSPECT ->
          new BlockerText(
              blocker.getSuspect().getTask() + ", whose run was lost with its node",
              "when that task has run for a while or has ended");
      case WORKFLOW_ORDER ->
          new BlockerText(
              blocker.getWorkflowOrder().getWorkflow() + ", which runs its queue later",
              "when that workflow gets there or ends, or with workflow cancel");
      case NO_WORKER ->
          new BlockerText(
              "somebody who executes " + blocker.getNoWorker().getTaskType(),
              "when a handler or a worker serves that type");
      case WORKERS_BUSY ->
          new BlockerText(
              "a free slot of the workers that serve "
                  + blocker.getWorkersBusy().getTaskType()
                  + ", of which there are "
                  + blocker.getWorkersBusy().getWorkerCount(),
              "when one of them ends a task, or with more workers");
      case RUNNING_TASK -> running(blocker.getRunningTask());
      case TASKS_AHEAD -> ahead(blocker.getTasksAhead());
      default -> new BlockerText("something that this version does not know", "");
    };
  }

  private static BlockerText resource(ResourceBlocker resource) {
    return new BlockerText(
        units(resource.getNeededUnits())
            + " of "
            + resource.getResource()
            + ", of which "
            + resource.getFreeUnits()
            + " are free",
        "when others give theirs back, or with resource update");
  }

  private static String units(int units) {
    return units == 1 ? "1 unit" : units + " units";
  }

  private static String actor(Actor actor) {
    return actor.getPrincipal() + (actor.getReason().isEmpty() ? "" : ": " + actor.getReason());
  }

  private static BlockerText owner(QueueOwnerBlocker owner) {
    if (owner.getNode().isEmpty()) {
      return new BlockerText("a node that takes its queue", "when a node does");
    }
    return new BlockerText(
        owner.getNode() + ", which hands its queue over to " + owner.getNextNode(),
        "when the runs of the queue have ended");
  }

  private static BlockerText lease(LeaseBlocker lease) {
    return new BlockerText(
        lease.getNode() + ", which owns its queue and is gone or silent",
        lease.hasExpireTime()
            ? at(lease.getExpireTime()) + ", or when the node is back"
            : "when another node takes the queue");
  }

  private static BlockerText running(RunningTaskBlocker run) {
    String left =
        run.hasRemainingP50()
            ? ", in about " + span(run.getRemainingP50()) + ", 90 %: " + span(run.getRemainingP90())
            : "";
    return new BlockerText(
        run.getTask() + ", which has run for " + span(run.getElapsed()) + " on " + run.getWorker(),
        "when that run ends" + left);
  }

  private static BlockerText ahead(TasksAheadBlocker ahead) {
    return new BlockerText(
        ExplanationLines.many(ahead.getHigherPriorityCount())
            + " tasks of higher priority and "
            + ExplanationLines.many(ahead.getEarlierCount())
            + " earlier ones, first "
            + String.join(", ", ahead.getFirstTasksList()),
        "when they have started, or with a higher priority");
  }

  private static String at(com.google.protobuf.Timestamp time) {
    return "at " + Timestamps.toString(time);
  }

  private static String span(Duration span) {
    return String.format(Locale.ROOT, "%.1fs", Durations.toMillis(span) / 1000.0);
  }
}
