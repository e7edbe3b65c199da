package io.tasklane.step;

import io.tasklane.event.EventRows;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import java.util.List;

/**
 * Durable steps as a feature of the engine.
 *
 * @param context of the engine
 * @param log reads the rows of the event log
 */
public record StepFeature(EngineContext context, EventRows log) implements Feature {
  @Override
  public List<EventCodec> events() {
    return StepEvents.CODECS;
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        DueWork.inSteps(
            "deliver events to steps",
            DeliverStepEvents.PROBE,
            new DeliverStepEvents(log, context.signals())));
  }

  @Override
  public List<Object> services() {
    return List.of(new StepService(context));
  }
}
