package io.tasklane.resource;

import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import java.util.List;

/**
 * Resources as a feature of the engine.
 *
 * @param context of the engine
 * @param units that runs hold
 */
public record ResourceFeature(EngineContext context, ResourceUnits units) implements Feature {
  private static final String REFILLED =
      "SELECT EXISTS (SELECT FROM resource WHERE refill_due <= clock_timestamp())";

  /** The resources of this engine. */
  public ResourceFeature(EngineContext context) {
    this(context, new ResourceUnits(context.signals()));
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(new DueWork("refill resources", REFILLED, new RefillResources(units)));
  }

  @Override
  public List<ClaimCondition> claimConditions() {
    return List.of(units);
  }

  @Override
  public List<CompletionListener> completionListeners() {
    return List.of(units);
  }

  @Override
  public List<Object> services() {
    return List.of(new ResourceService(context, new ChangeResources(units)));
  }
}
