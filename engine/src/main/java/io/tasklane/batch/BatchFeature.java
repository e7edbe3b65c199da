package io.tasklane.batch;

import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.update.UpdateTasks;
import io.tasklane.time.Ticker;
import java.util.List;
import java.util.function.Supplier;

/**
 * Batch operations as a feature of the engine.
 *
 * @param context of the engine
 * @param actions what is done to targets
 * @param names draws names for batch operations, in the order of time
 */
public record BatchFeature(EngineContext context, TargetActions actions, Supplier<String> names)
    implements Feature {
  /**
   * The batch operations of this engine.
   *
   * @param cancels cancels tasks
   * @param copies creates tasks once more
   * @param workflows cancels workflows
   * @param names draws names for batch operations, in the order of time
   */
  public static BatchFeature of(
      EngineContext context,
      CancelTasks cancels,
      CopyTasks copies,
      TargetActions.WorkflowCancels workflows,
      Supplier<String> names) {
    TargetActions actions =
        new TargetActions(
            cancels,
            copies,
            new UpdateTasks(context.signals()),
            new DiscardDeadLetters(),
            workflows);
    return new BatchFeature(context, actions, names);
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        new DueWork(
            "step batch operations",
            BatchRows.PROBE,
            new StepBatches(actions, context.signals(), Ticker.SYSTEM),
            BatchPace.MOST_IN_STEP,
            1));
  }

  @Override
  public List<Object> services() {
    return List.of(new BatchService(context, names, BatchPace.MOST_TARGETS));
  }
}
