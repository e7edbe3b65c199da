package io.tasklane.engine;

import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import io.tasklane.service.DeadLetterService;
import io.tasklane.task.create.CopyTasks;
import java.util.List;

/**
 * Dead letters as a feature of the engine.
 *
 * @param context of the engine
 * @param copies replays their tasks
 */
record DeadLetterFeature(EngineContext context, CopyTasks copies) implements Feature {
  @Override
  public List<EventCodec> events() {
    return DeadLetterEvents.CODECS;
  }

  @Override
  public List<Object> services() {
    return List.of(new DeadLetterService(context, copies, new DiscardDeadLetters()));
  }
}
