package io.tasklane.app;

import io.tasklane.deadletter.DeadLetter;
import io.tasklane.deadletter.store.DeadLetterReader;
import io.tasklane.deadletter.store.DiscardDeadLetters;
import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import io.tasklane.engine.RunningEngine;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.store.RepeatTasks;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where dead letters are looked at, replayed and discarded. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeadLetterDesk {
  private final Supplier<Engine> engine;

  /** For the container's proxies. */
  public DeadLetterDesk() {
    this.engine = null;
  }

  /** The desk of the running engine. */
  @Inject
  public DeadLetterDesk(EngineRoom room) {
    this.engine = new RunningEngine(room);
  }

  /** The desk of this engine. */
  public DeadLetterDesk(Engine engine) {
    this.engine = () -> engine;
  }

  /**
   * The dead letter of the task with this id.
   *
   * @throws Refusal NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public DeadLetter get(String taskId) {
    return engine.get().database().with(c -> new DeadLetterReader(c).require(taskId));
  }

  /** Those that fit, the newest first, at most the query's limit. */
  public List<DeadLetter> list(DeadLetterQuery query) {
    return engine.get().database().with(c -> new DeadLetterReader(c).list(query));
  }

  /**
   * Makes a new task, a copy of the one that failed. The dead letter stays, and counts it.
   *
   * @param taskId final part of its name
   * @param input instead of the old one
   * @param reason why
   * @param change who asks
   * @throws Refusal (in the stage) NOT_FOUND: DEAD_LETTER_NOT_FOUND; INVALID_ARGUMENT, for the new
   *     input: INPUT_SCHEMA, PAYLOAD_TOO_LARGE; FAILED_PRECONDITION, where such a task could not be
   *     created now: QUEUE_DRAINING, QUEUE_UNKNOWN, TASK_TYPE_UNKNOWN, TASK_TYPE_NOT_ACCEPTED,
   *     INPUT_SCHEMA
   */
  public CompletionStage<Answer<Task>> replay(
      String taskId, Optional<Payload> input, String reason, Change<Task> change) {
    RepeatTasks.Wish wish =
        new RepeatTasks.Wish(
            taskId, RepeatTasks.Origin.DEAD_LETTER, input, change.caller().actor(reason));
    return engine.get().committer().submit(engine.get().tasks().repeats(), wish, change);
  }

  /**
   * Puts it away for good; its task stays.
   *
   * @throws Refusal (in the stage) NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public CompletionStage<Answer<String>> discard(
      String taskId, String reason, Change<String> change) {
    DiscardDeadLetters.Wish wish =
        new DiscardDeadLetters.Wish(taskId, change.caller().actor(reason));
    return engine.get().committer().submit(engine.get().tasks().discards(), wish, change);
  }
}
