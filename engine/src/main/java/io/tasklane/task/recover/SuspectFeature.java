package io.tasklane.task.recover;

import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import java.util.List;

/**
 * Tells tasks that kill their node from those that only run beside them, as a feature of the
 * engine.
 *
 * @param context of the engine
 */
public record SuspectFeature(EngineContext context) implements Feature {
  @Override
  public List<ClaimCondition> claimConditions() {
    return List.of(new SuspectTurns());
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        new DueWork("clear suspects", ClearSuspects.PROBE, new ClearSuspects(context.signals())));
  }
}
