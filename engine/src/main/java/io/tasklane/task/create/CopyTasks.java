package io.tasklane.task.create;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.dependency.CopiedNeedReader;
import io.tasklane.dependency.CopiedNeeds;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.UnmetNeedException;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.step.CopiedSteps;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Runs tasks again that ended without success. A final state stays final, so a new task is created
 * as a copy of the old one.
 *
 * @param creation creates the copies
 * @param copying prepares them
 */
public record CopyTasks(CreateTasks creation, Copying copying)
    implements SingleCommand<CopyTasks.Request, Task> {
  /** What a request names. */
  public enum Origin {
    /** A task that ended without success. */
    TASK,
    /** A dead letter, which counts its replays. */
    DEAD_LETTER
  }

  /**
   * A request to run a task again.
   *
   * @param taskId final part of the name of the task or of its dead letter
   * @param origin which of the two
   * @param options how the copy differs from the original
   * @param actor who, and why
   */
  public record Request(String taskId, Origin origin, CopyOptions options, Actor actor) {}

  /** Prepares the copy. */
  @FunctionalInterface
  public interface Copying {
    /**
     * The task to create.
     *
     * @param needs what it depends on
     * @param input instead of the old one
     * @throws Refusal where it could not be created now
     */
    NewTask again(Task original, List<Dependency> needs, Optional<Payload> input, String principal);
  }

  private static final String OF = "UPDATE task SET retry_of = :original WHERE name = :copy";
  private static final String LOCK = "SELECT FROM dead_letter WHERE task = :task FOR UPDATE";
  private static final String COUNT =
      """
      WITH changed AS (
        UPDATE dead_letter SET replay_count = replay_count + 1, replay_principal = :actor,
            replay_reason = :reason, replay_time = clock_timestamp()
        WHERE task = :task RETURNING *)
      """
          + DeadLetterEvents.logged(DeadLetterEvents.REPLAYED, "'tasks/' || :copy::text");

  @Override
  public CommandOrder order() {
    return CommandOrder.COPY_TASKS;
  }

  /** Checks everything before it writes. */
  @Override
  public Outcome<Task> executeOne(Batch batch, Request request) throws SQLException {
    Connection connection = batch.connection();
    boolean replay = request.origin() == Origin.DEAD_LETTER;
    Task original = replay ? deadTask(connection, request) : endedTask(connection, request);
    CopyOptions options = request.options();
    List<Dependency> needs = needs(connection, original, options);
    NewTask copy = copying.again(original, needs, options.input(), request.actor().principal());
    create(batch, original, copy);
    NamedSql.on(connection, OF)
        .set("original", original.taskId())
        .set("copy", copy.taskId())
        .update();
    if (options.keepsSteps()) {
      CopiedSteps.take(connection, original.taskId(), copy.taskId());
    }
    if (replay) {
      NamedSql.on(connection, COUNT)
          .set("actor", request.actor().principal())
          .set("reason", Rows.storable(request.actor().reason()))
          .set("task", original.id())
          .set("copy", copy.taskId())
          .update();
    }
    return Outcome.done(new TaskReader(connection).require(copy.taskId()));
  }

  private static List<Dependency> needs(Connection connection, Task original, CopyOptions options)
      throws SQLException {
    CopiedNeeds needs = CopiedNeedReader.of(connection, original);
    if (options.input().isPresent()) {
      needs = needs.withoutOutputs();
    }
    try {
      return options.ignoreDependencies() ? needs.ignore() : needs.require();
    } catch (UnmetNeedException unmet) {
      throw notAgain(
          original,
          RefusalReason.DEPENDENCY_NOT_MET,
          unmet.getMessage() + "; retry that task first, or ignore the dependencies");
    }
  }

  private void create(Batch batch, Task original, NewTask copy) throws SQLException {
    List<Creation> creations;
    try {
      creations = creation.createOfClient(batch, List.of(copy));
    } catch (Refusal refusal) {
      throw refusal.sort() == Refusal.Sort.RESOURCE_EXHAUSTED
          ? refusal
          : TaskAdmission.notAgain(original, refusal);
    }
    Creation only = creations.get(0);
    if (only.existing()) {
      Task holder = only.task();
      throw notAgain(
          original,
          RefusalReason.DEDUPLICATION_KEY_IN_USE,
          holder.name()
              + " has its deduplication key and is "
              + holder.state()
              + "; wait for its end, or cancel it");
    }
  }

  private static Refusal notAgain(Task original, RefusalReason reason, String why) {
    return Refusal.precondition(reason, original.name(), "cannot be run again: " + why);
  }

  private static Task deadTask(Connection connection, Request request) throws SQLException {
    Refusal missing = DeadLetterReader.notFound(request.taskId());
    Task task = new TaskReader(connection).find(request.taskId()).orElseThrow(() -> missing);
    if (!NamedSql.on(connection, LOCK).set("task", task.id()).exists()) {
      throw missing;
    }
    return task;
  }

  private static Task endedTask(Connection connection, Request request) throws SQLException {
    Task task = new TaskReader(connection).require(request.taskId());
    if (!task.isFinished()) {
      throw refusal(task, RefusalReason.TASK_NOT_ENDED, "wait for its end, or cancel it");
    }
    if (task.state() == TaskState.SUCCEEDED) {
      throw refusal(
          task, RefusalReason.TASK_SUCCEEDED, "create a new task to do its work once more");
    }
    return task;
  }

  private static Refusal refusal(Task task, RefusalReason reason, String advice) {
    return Refusal.precondition(
        reason, task.name(), "is " + task.state() + " and cannot be retried: " + advice);
  }
}
