package io.tasklane.service;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.Refusal;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Task;
import io.tasklane.task.create.CopyTasks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Lists, replays and discards dead letters. */
public class DeadLetterService {
  private final EngineContext engine;
  private final CopyTasks copies;
  private final DiscardDeadLetters discards;

  /** For subclasses, such as test doubles of the edges. */
  protected DeadLetterService() {
    this(null, null, null);
  }

  /**
   * The service of an engine.
   *
   * @param engine where dead letters are
   * @param copies replays them
   * @param discards discards them
   */
  public DeadLetterService(EngineContext engine, CopyTasks copies, DiscardDeadLetters discards) {
    this.engine = engine;
    this.copies = copies;
    this.discards = discards;
  }

  /**
   * The dead letter of the task with this id.
   *
   * @throws Refusal NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public DeadLetter get(String taskId) {
    return engine.database().with(c -> new DeadLetterReader(c).require(taskId));
  }

  /** Those that match, the newest first, at most the query's limit. */
  public List<DeadLetter> list(DeadLetterQuery query) {
    return engine.database().with(c -> new DeadLetterReader(c).list(query));
  }

  /**
   * Creates a new task, a copy of the one that failed. The dead letter stays, and counts the
   * replay.
   *
   * @param taskId final part of its name
   * @param options how the new task differs from the old one
   * @param reason why
   * @param change who asks
   * @throws Refusal (in the stage) NOT_FOUND: DEAD_LETTER_NOT_FOUND; INVALID_ARGUMENT, for the new
   *     input: INPUT_SCHEMA, PAYLOAD_TOO_LARGE; FAILED_PRECONDITION, if such a task could not be
   *     created now: DEDUPLICATION_KEY_IN_USE, DEPENDENCY_NOT_MET, QUEUE_DRAINING, QUEUE_UNKNOWN,
   *     TASK_TYPE_UNKNOWN, TASK_TYPE_NOT_ACCEPTED, INPUT_SCHEMA
   */
  public CompletionStage<Answer<Task>> replay(
      String taskId, CopyOptions options, String reason, Change<Task> change) {
    CopyTasks.Request request =
        new CopyTasks.Request(
            taskId, CopyTasks.Origin.DEAD_LETTER, options, change.caller().actor(reason));
    return engine.committer().submit(copies, request, change);
  }

  /**
   * Discards it for good; its task stays.
   *
   * @throws Refusal (in the stage) NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public CompletionStage<Answer<String>> discard(
      String taskId, String reason, Change<String> change) {
    DiscardDeadLetters.Request request =
        new DiscardDeadLetters.Request(taskId, change.caller().actor(reason));
    return engine.committer().submit(discards, request, change);
  }
}
