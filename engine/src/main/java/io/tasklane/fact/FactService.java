package io.tasklane.fact;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.StoredFact;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sets, finds and deletes facts. */
public class FactService {
  private final EngineContext engine;
  private final SetFacts setting = new SetFacts();
  private final SetRunFacts settingOfRuns = new SetRunFacts();
  private final DeleteFacts deleting = new DeleteFacts();

  /** For subclasses, such as test doubles of the edges. */
  protected FactService() {
    this(null);
  }

  /** Facts of this engine. */
  public FactService(EngineContext engine) {
    this.engine = engine;
  }

  /**
   * The fact with this final part of the name.
   *
   * @throws Refusal NOT_FOUND: FACT_NOT_FOUND, also where it has expired
   */
  public StoredFact get(String name) {
    return engine.database().with(c -> new FactReader(c).require(name));
  }

  /** Facts that have not expired, in the order of their names, after this one, at most so many. */
  public List<StoredFact> list(String after, int limit) {
    return engine.database().with(c -> new FactReader(c).list(after, limit));
  }

  /**
   * Sets a fact, whether it exists or not.
   *
   * @throws Refusal (in the stage) INVALID_ARGUMENT: INVALID_FIELD, about its value or expire time
   */
  public CompletionStage<Answer<StoredFact>> set(
      Fact fact, Actor actor, Change<StoredFact> change) {
    try {
      return engine.committer().submit(setting, NewFact.of(fact, actor), change);
    } catch (IllegalArgumentException notStorable) {
      return CompletableFuture.failedFuture(
          Refusal.invalid(RefusalReason.INVALID_FIELD, "fact.value", notStorable.getMessage()));
    }
  }

  /**
   * Deletes a fact; the answer is what was deleted.
   *
   * @throws Refusal (in the stage) NOT_FOUND: FACT_NOT_FOUND
   */
  public CompletionStage<Answer<StoredFact>> delete(
      String name, Actor actor, Change<StoredFact> change) {
    return engine.committer().submit(deleting, new DeleteFacts.Delete(name, actor), change);
  }

  /**
   * Sets a fact at once on behalf of a run.
   *
   * @param task key of its task
   * @param token fencing token of the run
   * @return false where the lease of the run is over: then nothing is set
   */
  public CompletionStage<Boolean> setOfRun(TaskKey task, FencingToken token, NewFact fact) {
    return engine.committer().submit(settingOfRuns, new SetRunFacts.Wanted(task, token, fact));
  }
}
