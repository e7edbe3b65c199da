package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.Actor;
import io.tasklane.trigger.StoredTrigger;
import io.tasklane.trigger.Trigger;
import io.tasklane.trigger.TriggerCounts;
import io.tasklane.trigger.TriggerService;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A trigger service for tests, in memory. */
public final class TriggersOfTest extends TriggerService {
  public final TreeMap<String, StoredTrigger> known = new TreeMap<>();
  public Optional<Trigger> checked = Optional.empty();
  public Optional<String> lastEtag = Optional.empty();

  @Override
  public StoredTrigger get(String triggerId) {
    return Optional.ofNullable(known.get(triggerId))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.TRIGGER_NOT_FOUND, "triggers/" + triggerId, "does not exist"));
  }

  @Override
  public List<StoredTrigger> list(String after, int limit) {
    return known.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public void check(Trigger trigger) {
    checked = Optional.of(trigger);
  }

  @Override
  public CompletionStage<Answer<StoredTrigger>> create(
      Trigger trigger, boolean disabled, Actor actor, Change<StoredTrigger> change) {
    return kept(trigger, disabled, actor, 1);
  }

  @Override
  public CompletionStage<Answer<StoredTrigger>> update(
      String triggerId,
      Optional<String> etag,
      UnaryOperator<Trigger> edit,
      UnaryOperator<Boolean> disable,
      Actor actor,
      Change<StoredTrigger> change) {
    lastEtag = etag;
    StoredTrigger before = get(triggerId);
    boolean disabled = disable.apply(before.disabledBy().isPresent());
    return kept(edit.apply(before.trigger()), disabled, actor, before.version() + 1);
  }

  @Override
  public CompletionStage<Answer<StoredTrigger>> delete(
      String triggerId, Optional<String> etag, Actor actor, Change<StoredTrigger> change) {
    lastEtag = etag;
    StoredTrigger before = get(triggerId);
    known.remove(triggerId);
    return CompletableFuture.completedStage(new Answer.Fresh<>(before));
  }

  private CompletionStage<Answer<StoredTrigger>> kept(
      Trigger trigger, boolean disabled, Actor actor, int version) {
    StoredTrigger stored =
        new StoredTrigger(
            trigger, disabled ? Optional.of(actor) : Optional.empty(), TriggerCounts.NONE, version);
    known.put(trigger.name(), stored);
    return CompletableFuture.completedStage(new Answer.Fresh<>(stored));
  }
}
