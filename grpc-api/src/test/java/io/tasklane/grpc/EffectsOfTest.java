package io.tasklane.grpc;

import io.tasklane.api.Refusal;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.key.FencingToken;
import io.tasklane.task.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger for tests: it remembers what it was told, and says what it is told to. */
public final class EffectsOfTest extends EffectService {
  public final List<String> told = new ArrayList<>();
  public Optional<KnownEffect> before = Optional.empty();
  public Refusal refusal;

  @Override
  public CompletionStage<Optional<KnownEffect>> record(
      String taskId, FencingToken token, String key, EffectState state, Optional<Payload> outcome) {
    if (refusal != null) {
      return CompletableFuture.failedStage(refusal);
    }
    String what = outcome.map(Payload::text).orElse("nothing");
    told.add(taskId + " " + token + " " + key + " " + state + " " + what);
    return CompletableFuture.completedStage(before);
  }
}
