package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.limit.QueueRooms;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
  private final Optional<QueueRooms> rooms;

  private IntakeCheck(Intakes intakes, boolean runs, Optional<QueueRooms> rooms) {
    this.intakes = intakes;
    this.runs = runs;
    this.rooms = rooms;
  }

  /** A check for tasks that clients create. */
  static IntakeCheck ofClients(Intakes intakes, QueueRooms rooms) {
    return new IntakeCheck(intakes, false, Optional.of(rooms));
  }

  /** A check for tasks that schedules create, which a full queue accepts. */
  static IntakeCheck ofSchedules(Intakes intakes) {
    return new IntakeCheck(intakes, false, Optional.empty());
  }

  /** A check for tasks that runs create, which a draining queue and a full one accept. */
  public static IntakeCheck ofRuns(Intakes intakes) {
    return new IntakeCheck(intakes, true, Optional.empty());
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
    return full(tasks).map(Outcome::refused);
  }

  private Optional<Refusal> full(List<NewTask> tasks) throws SQLException {
    if (rooms.isEmpty()) {
      return Optional.empty();
    }
    Map<QueueKey, List<NewTask>> limited = new TreeMap<>();
    for (NewTask task : tasks) {
      if (intakes.of(task.queue()).filter(Intake.LIMITED::equals).isPresent()) {
        limited.computeIfAbsent(task.queue(), queue -> new ArrayList<>()).add(task);
      }
    }
    for (Map.Entry<QueueKey, List<NewTask>> of : limited.entrySet()) {
      List<NewTask> more = of.getValue();
      Optional<Refusal> full = rooms.get().take(of.getKey(), more.get(0).queueId(), more.size());
      if (full.isPresent()) {
        return full;
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
