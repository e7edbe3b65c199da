package io.tasklane.task.explain;

import io.tasklane.api.Refusal;
import io.tasklane.explain.Explanation;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.claim.ClaimConditions;

/** Says why tasks are not running. */
public class ExplainService {
  private final EngineContext engine;
  private final ExplainTasks tasks;

  /** For subclasses, such as test doubles of the edges. */
  protected ExplainService() {
    this.engine = null;
    this.tasks = null;
  }

  /**
   * The service of an engine.
   *
   * @param engine where tasks are
   * @param conditions by which tasks are claimed
   */
  public ExplainService(EngineContext engine, ClaimConditions conditions) {
    this.engine = engine;
    this.tasks = new ExplainTasks(conditions);
  }

  /**
   * Why this task is not running, in one snapshot of the database.
   *
   * @param taskId final part of its name
   * @throws Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  public Explanation explain(String taskId) {
    return engine.database().with(connection -> tasks.explain(connection, taskId));
  }
}
