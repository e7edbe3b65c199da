package io.tasklane.effect;

import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.feature.Feature;
import io.tasklane.key.FencingToken;
import io.tasklane.task.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The effect ledger as a feature of the engine. Records effects of runs, here and outside the
 * server; each is durable before the caller gets the answer.
 */
public class EffectService implements Feature {
  /** The longest key. */
  public static final int LONGEST_KEY = 512;

  private final GroupCommitter committer;
  private final RecordEffects records = new RecordEffects();

  /** For subclasses, such as test doubles of the edges. */
  protected EffectService() {
    this(null);
  }

  /** A ledger that writes with this committer. */
  public EffectService(GroupCommitter committer) {
    this.committer = committer;
  }

  /**
   * Records an effect on behalf of a run.
   *
   * @param taskId final part of the name of the run's task
   * @param token fencing token of the run
   * @param key business identity of the effect
   * @param state INTENDED before the effect, DONE after it
   * @param outcome kept with DONE
   * @return what was known before. Fails with a {@link Refusal}, ABORTED: STALE_LEASE,
   *     EFFECT_IN_PROGRESS; FAILED_PRECONDITION: EFFECT_NOT_INTENDED; UNAVAILABLE:
   *     DATABASE_UNAVAILABLE
   */
  public CompletionStage<Optional<KnownEffect>> record(
      String taskId, FencingToken token, String key, EffectState state, Optional<Payload> outcome) {
    return committer.submit(records, new RecordEffects.Entry(taskId, token, key, state, outcome));
  }

  @Override
  public List<Object> services() {
    return List.of(this);
  }
}
