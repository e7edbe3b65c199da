package io.tasklane.task.store;

import io.tasklane.app.Refusal;
import io.tasklane.store.Batch;
import io.tasklane.store.Intake;
import io.tasklane.store.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether queues take the tasks that a command puts into them. The transaction holds their rows, so
 * the answer holds until it commits: a task is either there before its queue drains or is deleted,
 * or is not created.
 *
 * @param batch the transaction
 */
public record IntakeCheck(Batch batch) {
  /** What becomes of a command of a client with these tasks, empty where all are taken. */
  public <R> Optional<Outcome<R>> ofClient(List<NewTask> tasks) throws SQLException {
    return check(tasks, true);
  }

  /** What becomes of the end of a run with these children, empty where all are taken. */
  public <R> Optional<Outcome<R>> ofRun(List<NewTask> children) throws SQLException {
    return check(children, false);
  }

  private <R> Optional<Outcome<R>> check(List<NewTask> tasks, boolean client) throws SQLException {
    for (int i = 0; i < tasks.size(); i++) {
      NewTask task = tasks.get(i);
      Optional<Intake> intake = batch.intake(task.queue());
      if (intake.isEmpty()) {
        return Optional.of(Outcome.again());
      }
      if (intake.get() == Intake.CLOSED) {
        Refusal unknown = unknown("task.queue", task.queueId());
        return Optional.of(
            Outcome.refused(tasks.size() == 1 ? unknown : unknown.within("requests[" + i + "].")));
      }
      if (intake.get() == Intake.RUNS_ONLY && client) {
        return Optional.of(Outcome.refused(draining(task.queueId())));
      }
    }
    return Optional.empty();
  }

  /** The refusal of a task for a queue that does not exist, or not any more. */
  public static Refusal unknown(String field, String queueId) {
    return Refusal.invalid(
        "QUEUE_UNKNOWN", field, "queue \"queues/" + queueId + "\" does not exist");
  }

  /** The refusal of a task for a queue that drains. */
  public static Refusal draining(String queueId) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        "QUEUE_DRAINING",
        "queues/" + queueId,
        "queues/" + queueId + " is draining and takes no new tasks; resume it, or use another");
  }
}
