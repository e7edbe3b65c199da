package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.StoredFact;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.task.Actor;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fact service for tests, in memory. */
public final class FactsOfTest extends FactService {
  public final TreeMap<String, StoredFact> known = new TreeMap<>();
  public Change<StoredFact> lastChange;

  @Override
  public StoredFact get(String name) {
    return Optional.ofNullable(known.get(name))
        .orElseThrow(
            () ->
                Refusal.notFound(RefusalReason.FACT_NOT_FOUND, "facts/" + name, "does not exist"));
  }

  @Override
  public List<StoredFact> list(String after, int limit) {
    return known.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public CompletionStage<Answer<StoredFact>> set(
      Fact fact, Actor actor, Change<StoredFact> change) {
    lastChange = change;
    StoredFact stored = new StoredFact(fact, ApiOfTest.CLOCK.instant(), actor);
    known.put(fact.name(), stored);
    return CompletableFuture.completedStage(new Answer.Fresh<>(stored));
  }

  @Override
  public CompletionStage<Answer<StoredFact>> delete(
      String name, Actor actor, Change<StoredFact> change) {
    lastChange = change;
    StoredFact before = get(name);
    known.remove(name);
    return CompletableFuture.completedStage(new Answer.Fresh<>(before));
  }
}
