package io.tasklane.workflow.execution;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Creates and cancels the tasks of workflows, as parts of the command that runs.
 *
 * @param admission checks a request and fills in defaults
 * @param creation creates tasks
 * @param cancels cancels tasks
 * @param copies creates tasks once more that did not succeed
 */
record TaskOrders(
    TaskAdmission admission, CreateTasks creation, CancelTasks cancels, CopyTasks copies) {
  /** The bit of a task's listeners that says that workflows wait for its end. */
  static final int LISTENER = 2;

  private static final int REJECTED_AT_MOST = 1;

  /** What became of an order: a task, or why there is none. */
  record Ordered(Creation creation, Refusal refusal) {}

  /** Also makes sure that its end is noticed where the task existed before. */
  private static final String LISTEN =
      """
      UPDATE task SET listeners = listeners | :bit
      WHERE id = :task AND NOT state = ANY (:final)""";

  private static final String LOCK =
      """
      WITH all_of_them AS (
        SELECT id FROM task WHERE id = ANY (:tasks) AND ordering_key IS NULL)
      SELECT (SELECT count(*) FROM all_of_them) AS asked, count(*) AS locked FROM (
        SELECT id FROM task WHERE id = ANY (:tasks) AND ordering_key IS NULL
        ORDER BY id FOR UPDATE SKIP LOCKED) AS l""";

  NewTask admit(TaskRequest request, String workflow) {
    return admission.admit(request, "", Task.WORKFLOW + workflow).withListeners(LISTENER);
  }

  /** The same for an input of any size. */
  NewTask admitWhole(TaskRequest request, String workflow) {
    return admission.admitWhole(request, Task.WORKFLOW + workflow).withListeners(LISTENER);
  }

  /** Creates these tasks, all at once unless one of them is refused. */
  List<Ordered> create(Batch batch, List<NewTask> tasks) throws SQLException {
    List<Ordered> ordered = new ArrayList<>();
    try {
      for (Creation creation : creation().createOfRun(batch, tasks)) {
        ordered.add(new Ordered(creation, null));
      }
      return ordered;
    } catch (Refusal refusal) {
      if (tasks.size() <= REJECTED_AT_MOST) {
        return List.of(new Ordered(null, refusal));
      }
    }
    int half = tasks.size() / 2;
    ordered.addAll(create(batch, tasks.subList(0, half)));
    ordered.addAll(create(batch, tasks.subList(half, tasks.size())));
    return ordered;
  }

  /** Whether the end of a task that existed before will be noticed; else it has ended already. */
  boolean listen(Connection connection, Task existing) throws SQLException {
    return NamedSql.on(connection, LISTEN)
            .set("bit", LISTENER)
            .set("task", existing.id())
            .set(
                "final",
                "int4",
                Arrays.stream(TaskState.values())
                    .filter(TaskState::isFinal)
                    .map(TaskState::code)
                    .toArray())
            .update()
        == 1;
  }

  /**
   * Locks tasks that are about to be cancelled. Whoever completes one of them holds its row and
   * waits for the workflow, which this transaction holds: so this one gives way at once.
   */
  void lock(Connection connection, List<TaskKey> tasks) throws SQLException {
    boolean all =
        NamedSql.on(connection, LOCK)
            .set("tasks", "int8", tasks)
            .one(row -> row.getLong("asked") == row.getLong("locked"));
    if (!all) {
      throw Again.because("a task of the workflow is moving just now");
    }
  }

  /** Cancels a task; one that has ended stays as it is. */
  void cancel(Batch batch, String taskId, Actor actor) throws SQLException {
    try {
      Outcome<Task> outcome =
          cancels.executeOne(batch, new CancelTasks.Cancel(taskId, actor, false));
      if (outcome instanceof Outcome.Again<Task>) {
        throw Again.because("task " + taskId + " is moving just now");
      }
    } catch (Refusal ended) {
      return; // its end was reported, or is by this very command
    }
  }
}
