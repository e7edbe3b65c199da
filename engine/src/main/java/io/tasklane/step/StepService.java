package io.tasklane.step;

import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.database.Database;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.FencingToken;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records and reads steps of tasks, for handlers here and for workers outside of the server. */
public class StepService {
  /** The code of a wait whose condition is no CEL, or cannot be evaluated. */
  public static final String EVENT_CONDITION = SettleSteps.CONDITION;

  private final Database database;
  private final GroupCommitter committer;
  private final RecordSteps records = new RecordSteps();

  /** For subclasses, such as test doubles of the edges. */
  protected StepService() {
    this(null, null);
  }

  /** The steps of the tasks of this engine. */
  public StepService(EngineContext context) {
    this(context.database(), context.committer());
  }

  private StepService(Database database, GroupCommitter committer) {
    this.database = database;
    this.committer = committer;
  }

  /**
   * Records a step on behalf of a run; it is durable when this is answered.
   *
   * @param taskId final part of the name of the run's task
   * @param token fencing token of the run
   * @param step its name, checked by {@link TaskStep#faultOfName}
   * @param report what the run says about it
   * @return the step as it is stored then: as it was, if it had succeeded before. Fails with a
   *     {@link Refusal}, ABORTED: STALE_LEASE; FAILED_PRECONDITION: STEP_LIMIT, STEP_KIND;
   *     UNAVAILABLE: DATABASE_UNAVAILABLE
   */
  public CompletionStage<KnownStep> record(
      String taskId, FencingToken token, String step, StepReport report) {
    return committer.submit(records, new RecordSteps.Entry(taskId, token, step, report));
  }

  /**
   * The steps of a task without their results, in the order in which they were first recorded; none
   * for a task that does not exist.
   *
   * @param taskId final part of its name
   */
  public List<TaskStep> list(String taskId) {
    return known(taskId).stream().map(KnownStep::step).toList();
  }

  /** The same, with the time until they are due. */
  public List<KnownStep> known(String taskId) {
    return database.with(connection -> StepRows.list(connection, taskId));
  }

  /** What is known of one step of a task; empty for nothing. */
  public Optional<KnownStep> find(String taskId, String step) {
    return database.with(connection -> StepRows.find(connection, taskId, step));
  }

  /**
   * Checks what a step asks of an event; an empty text is allowed.
   *
   * @throws InvalidExpressionException where it is no boolean CEL over the event
   */
  public static void requireCondition(String condition) throws InvalidExpressionException {
    EventCondition.compile(condition);
  }

  /**
   * Whether a live lease of this task has the token.
   *
   * @throws Refusal ABORTED: STALE_LEASE, where none has
   */
  public void requireLease(String taskId, FencingToken token, String step) {
    if (!database.with(connection -> StepRows.isLive(connection, taskId, token))) {
      throw RecordSteps.stale(new RecordSteps.Entry(taskId, token, step, null));
    }
  }

  /**
   * The kept result of a step.
   *
   * @return empty for a step that does not exist
   */
  public Optional<StoredResult> result(String taskId, String step) {
    return database.with(connection -> StepRows.result(connection, taskId, step));
  }
}
