package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.key.QueueKey;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether queues accept the tasks that a command puts into them. The transaction has locked their
 * rows, so the answer holds until it commits: a task either exists before its queue drains or is
 * deleted, or is not created.
 */
public final class IntakeCheck {
  /** Looks up the intake of queues. */
  @FunctionalInterface
  public interface Intakes {
    /** The intake of the queue with this key; empty where another transaction is changing it. */
    Optional<Intake> of(QueueKey queue) throws SQLException;
  }

  private final Intakes intakes;
  private final boolean runs;

  private IntakeCheck(Intakes intakes, boolean runs) {
    this.intakes = intakes;
    this.runs = runs;
  }

  /** A check for tasks that clients create. */
  static IntakeCheck ofClients(Intakes intakes) {
    return new IntakeCheck(intakes, false);
  }

  /** A check for tasks that runs create, which a draining queue accepts. */
  public static IntakeCheck ofRuns(Intakes intakes) {
    return new IntakeCheck(intakes, true);
  }

  /** The outcome of a command with these new tasks; empty where all of them are accepted. */
  public <R> Optional<Outcome<R>> keepsOut(List<NewTask> tasks) throws SQLException {
    for (NewTask task : tasks) {
      Optional<Intake> intake = intakes.of(task.queue());
      if (intake.isEmpty()) {
        return Optional.of(Outcome.again());
      }
      if (intake.get() == Intake.CLOSED) {
        return Optional.of(Outcome.refused(unknown(task)));
      }
      if (intake.get() == Intake.RUNS_ONLY && !runs) {
        return Optional.of(Outcome.refused(draining(task.queueId())));
      }
    }
    return Optional.empty();
  }

  private static Refusal unknown(NewTask task) {
    return Refusal.invalid(
        RefusalReason.QUEUE_UNKNOWN,
        task.path() + "task.queue",
        "queue \"queues/" + task.queueId() + "\" does not exist");
  }

  private static Refusal draining(String queueId) {
    return Refusal.precondition(
        RefusalReason.QUEUE_DRAINING,
        "queues/" + queueId,
        "is draining and takes no new tasks; resume it, or use another");
  }
}
