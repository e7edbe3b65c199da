package io.tasklane.workflow.execution;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Task;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.store.NodeColumns;
import io.tasklane.workflow.store.StoredWorkflow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the tasks of a queue for a node that runs it: their ends are reported to the node from this
 * transaction on.
 *
 * @param batch in whose transaction
 * @param tasks creates copies of tasks
 */
record QueueTasks(Batch batch, TaskOrders tasks) {
  private static final String TAKE =
      """
      WITH waiting AS (
        SELECT task FROM task_ready WHERE queue = :queue
        UNION ALL SELECT task FROM task_aside WHERE queue = :queue
        UNION ALL SELECT d.task FROM task_due d JOIN task k ON k.id = d.task
          WHERE k.queue = :queue AND k.state = ${RETRY_WAIT}),
      found AS MATERIALIZED (
        SELECT id FROM task
        WHERE id = ANY (ARRAY(SELECT task FROM waiting)) AND state IN (${QUEUED}, ${RETRY_WAIT})
        ORDER BY id FOR UPDATE),
      noted AS (
        UPDATE task k SET listeners = k.listeners | ${LISTENER} FROM found f WHERE k.id = f.id)
      INSERT INTO workflow_task (task, workflow, node, index, run, taken)
      SELECT id, :workflow, :node, :index::int[], :run, true FROM found
      ON CONFLICT (task, workflow, node, index) DO UPDATE SET run = EXCLUDED.run, taken = true"""
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${RETRY_WAIT}", Integer.toString(TaskState.RETRY_WAIT.code()))
          .replace("${LISTENER}", Integer.toString(TaskOrders.LISTENER));

  /** The tasks of the latest run of a node that did not succeed. */
  private static final String EARLIER =
      """
      SELECT k.id, k.name FROM workflow_task t JOIN task k ON k.id = t.task
      WHERE t.workflow = :workflow AND t.node = :node AND t.index = :index::int[] AND t.taken
        AND k.state > ${SUCCEEDED} AND t.run = (
          SELECT max(l.run) FROM workflow_task l WHERE l.workflow = :workflow AND l.node = :node
            AND l.index = :index::int[] AND l.taken AND l.run < :run)
      ORDER BY k.id"""
          .replace("${SUCCEEDED}", Integer.toString(TaskState.SUCCEEDED.code()));

  private static final String KEEP =
      """
      INSERT INTO workflow_task (task, workflow, node, index, run, taken)
      VALUES (:task, :workflow, :node, :index::int[], :run, true)
      ON CONFLICT (task, workflow, node, index) DO UPDATE SET run = EXCLUDED.run, taken = true""";

  private record Earlier(TaskKey id, String name) {}

  /** Takes what waits in this queue, whose owner row is locked. */
  Step take(StoredWorkflow workflow, Action.TakeQueue take, QueueKey queue) throws SQLException {
    int count = of(TAKE, workflow, take).set("queue", queue).update();
    return new Step(workflow.id(), new WorkflowEvent.QueueTaken(take.key(), take.run(), count));
  }

  /** Runs those of the earlier run again that did not succeed; whatever cannot be, has failed. */
  List<Step> again(StoredWorkflow workflow, Action.TakeQueue take) throws SQLException {
    List<Earlier> earlier =
        of(EARLIER, workflow, take)
            .list(row -> new Earlier(new TaskKey(row.getLong("id")), row.getString("name")));
    List<Step> steps = new ArrayList<>();
    WorkflowEvent taken = new WorkflowEvent.QueueTaken(take.key(), take.run(), earlier.size());
    steps.add(new Step(workflow.id(), taken));
    for (Earlier one : earlier) {
      try {
        keep(workflow, take, copy(workflow, one));
      } catch (Refusal refusal) {
        keep(workflow, take, one.id());
        steps.add(new Step(workflow.id(), failed(take, refusal)));
      }
    }
    return steps;
  }

  private TaskKey copy(StoredWorkflow workflow, Earlier one) throws SQLException {
    Actor actor = new Actor(Task.WORKFLOW + workflow.record().name(), "the workflow was retried");
    Outcome<Task> outcome =
        tasks
            .copies()
            .executeOne(
                batch,
                new CopyTasks.Request(one.name(), CopyTasks.Origin.TASK, CopyOptions.NONE, actor));
    if (outcome instanceof Outcome.Done<Task> done) {
      tasks.listen(batch.connection(), done.result());
      return done.result().id();
    }
    if (outcome instanceof Outcome.Refused<Task> refused) {
      throw refused.refusal();
    }
    throw Again.because("task " + one.name() + " is moving just now");
  }

  private void keep(StoredWorkflow workflow, Action.TakeQueue take, TaskKey task)
      throws SQLException {
    of(KEEP, workflow, take).set("task", task).update();
  }

  private static WorkflowEvent failed(Action.TakeQueue take, Refusal refusal) {
    Cause cause = Cause.permanent(refusal.reason().name(), refusal.getMessage());
    return new WorkflowEvent.QueueTaskCompleted(
        take.key(), take.run(), NodeState.FAILED, Optional.of(cause));
  }

  private Parameters of(String sql, StoredWorkflow workflow, Action.TakeQueue take)
      throws SQLException {
    return NamedSql.on(batch.connection(), sql)
        .set("workflow", workflow.id())
        .set("node", take.key().nodeId())
        .set("index", NodeColumns.index(take.key()))
        .set("run", take.run());
  }
}
