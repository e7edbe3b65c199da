package io.tasklane.event;

import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import java.util.List;

/**
 * The events that producers publish, and the log for those who read it, as a feature of the engine.
 *
 * @param context of the engine
 * @param tail follows the log
 * @param pages reads it page by page
 */
public record EventFeature(EngineContext context, EventTail tail, EventPages pages)
    implements Feature {
  @Override
  public List<EventCodec> events() {
    return List.of(PublishedEvents.CODEC);
  }

  @Override
  public List<Object> services() {
    return List.of(new EventService(context.committer(), tail, pages));
  }
}
