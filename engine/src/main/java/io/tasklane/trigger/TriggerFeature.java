package io.tasklane.trigger;

import io.tasklane.event.EventRows;
import io.tasklane.event.LogEvent;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.EventWakeUp;
import io.tasklane.feature.Feature;
import io.tasklane.feature.TemplateStarts;
import io.tasklane.time.Ticker;
import java.util.List;
import java.util.function.Consumer;

/**
 * Triggers as a feature of the engine.
 *
 * @param context of the engine
 * @param templates starts workflows
 * @param rows reads the log
 */
public record TriggerFeature(EngineContext context, TemplateStarts templates, EventRows rows)
    implements Feature {
  @Override
  public List<EventCodec> events() {
    return TriggerEvents.CODECS;
  }

  @Override
  public List<Consumer<List<LogEvent>>> followers() {
    return List.of(
        new EventWakeUp(
            context, FireTriggers.TYPES, new FireTriggers(templates, rows), Ticker.SYSTEM));
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        DueWork.inSteps("fire triggers", FireTriggers.PROBE, new FireTriggers(templates, rows)));
  }

  @Override
  public List<Object> services() {
    return List.of(new TriggerService(context, new ChangeTriggers(templates, context.signals())));
  }
}
