package io.tasklane.worker.stream;

import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.type.Handlers;
import io.tasklane.worker.OfferReturns;
import io.tasklane.worker.ReturnDueOffers;
import io.tasklane.worker.ReturnUnserved;
import io.tasklane.worker.WorkerTurns;
import java.util.List;
import java.util.Optional;

/** Workers as a feature of the engine. */
public final class WorkerFeature implements Feature {
  private final EngineContext context;
  private final Handlers handlers;
  private OfferReturns returns;

  /**
   * Workers of this engine.
   *
   * @param context of the engine
   * @param handlers whose types this node executes itself
   */
  public WorkerFeature(EngineContext context, Handlers handlers) {
    this.context = context;
    this.handlers = handlers;
  }

  /** Takes what is put together after this feature. */
  public void use(TaskEnds ends) {
    returns = new OfferReturns(ends, context.signals());
  }

  @Override
  public Optional<ClaimCondition> claimTarget() {
    return Optional.of(new WorkerTurns(handlers, offer -> {}, context.signals()));
  }

  @Override
  public List<DueWork> dueWork() {
    ReturnUnserved unserved = new ReturnUnserved(handlers, context.signals());
    return List.of(
        new DueWork("return unserved tasks", unserved.probe(), unserved),
        new DueWork("return offers", ReturnDueOffers.PROBE, new ReturnDueOffers(returns)));
  }
}
