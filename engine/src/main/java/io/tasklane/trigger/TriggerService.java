package io.tasklane.trigger;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Actor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, finds, changes and deletes triggers. */
public class TriggerService {
  private final EngineContext engine;
  private final ChangeTriggers changes;

  /** For subclasses, such as test doubles of the edges. */
  protected TriggerService() {
    this(null, null);
  }

  TriggerService(EngineContext engine, ChangeTriggers changes) {
    this.engine = engine;
    this.changes = changes;
  }

  /**
   * The trigger with this id.
   *
   * @throws Refusal NOT_FOUND: TRIGGER_NOT_FOUND
   */
  public StoredTrigger get(String triggerId) {
    return engine.database().with(c -> new TriggerReader(c).require(triggerId)).stored();
  }

  /** Triggers in the order of their ids, after this one, at most so many. */
  public List<StoredTrigger> list(String after, int limit) {
    return engine.database().with(c -> new TriggerReader(c).list(after, limit)).stream()
        .map(TriggerRow::stored)
        .toList();
  }

  /**
   * Checks a trigger without storing it.
   *
   * @throws Refusal INVALID_ARGUMENT: INVALID_FIELD, TEMPLATE_UNKNOWN
   */
  public void check(Trigger trigger) {
    compile(trigger);
    engine
        .database()
        .with(
            connection -> {
              changes.requireTemplate(connection, trigger);
              return null;
            });
  }

  /**
   * Stores a trigger. It sees the events that are published after the answer.
   *
   * @param disabled whether it starts nothing yet
   * @throws Refusal INVALID_ARGUMENT: INVALID_FIELD; (in the stage) TEMPLATE_UNKNOWN;
   *     ALREADY_EXISTS: TRIGGER_EXISTS
   */
  public CompletionStage<Answer<StoredTrigger>> create(
      Trigger trigger, boolean disabled, Actor actor, Change<StoredTrigger> change) {
    compile(trigger);
    ChangeTriggers.Wanted wanted = new ChangeTriggers.Wanted(trigger, disabled);
    return engine.committer().submit(changes, new ChangeTriggers.Create(wanted, actor), change);
  }

  /**
   * Changes a trigger, or enables or disables it.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from what it says to what it shall say; called within the change, once or several
   *     times
   * @param disable from whether it is disabled to whether it shall be; likewise
   * @throws Refusal (in the stage) NOT_FOUND: TRIGGER_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     INVALID_ARGUMENT: INVALID_FIELD, TEMPLATE_UNKNOWN
   */
  public CompletionStage<Answer<StoredTrigger>> update(
      String triggerId,
      Optional<String> etag,
      UnaryOperator<Trigger> edit,
      UnaryOperator<Boolean> disable,
      Actor actor,
      Change<StoredTrigger> change) {
    UnaryOperator<ChangeTriggers.Wanted> all =
        present -> {
          Trigger trigger = edit.apply(present.trigger());
          compile(trigger);
          return new ChangeTriggers.Wanted(trigger, disable.apply(present.disabled()));
        };
    return engine
        .committer()
        .submit(changes, new ChangeTriggers.Update(triggerId, etag, all, actor), change);
  }

  /**
   * Deletes a trigger; the answer is what it was.
   *
   * @param etag of the version to delete, empty for any
   * @throws Refusal (in the stage) NOT_FOUND: TRIGGER_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<StoredTrigger>> delete(
      String triggerId, Optional<String> etag, Actor actor, Change<StoredTrigger> change) {
    return engine
        .committer()
        .submit(changes, new ChangeTriggers.Delete(triggerId, etag, actor), change);
  }

  private static void compile(Trigger trigger) {
    try {
      CompiledTrigger.of(trigger);
    } catch (InvalidTriggerException invalid) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD, "trigger." + invalid.field(), invalid.getMessage());
    }
  }
}
