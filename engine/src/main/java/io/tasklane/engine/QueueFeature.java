package io.tasklane.engine;

import io.tasklane.event.EventKind;
import io.tasklane.event.LogEvent;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import io.tasklane.key.QueueKey;
import io.tasklane.monitor.QueueStatistics;
import io.tasklane.queue.admin.CreateQueues;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.admin.RekeyTasks;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.admin.UpdateQueues;
import io.tasklane.service.QueueService;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Queues and their statistics as a feature of the engine.
 *
 * @param context of the engine
 * @param directory of the queues
 * @param statistics of the queues
 * @param configured ids of the queues that every start creates
 * @param changed called with the key of every queue that changed, after the commit
 */
record QueueFeature(
    EngineContext context,
    QueueDirectory directory,
    QueueStatistics statistics,
    Set<String> configured,
    Consumer<QueueKey> changed)
    implements Feature {
  private static final String REKEYED = "SELECT EXISTS (SELECT FROM queue_rekey)";

  @Override
  public List<EventCodec> events() {
    return List.of(EventCodec.stored(EventKind.QUEUE_CHANGED, LogEvent.QUEUE_CHANGED));
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(DueWork.inSteps("recompute order keys", REKEYED, new RekeyTasks()));
  }

  @Override
  public List<Consumer<List<LogEvent>>> followers() {
    return List.of(statistics::follow);
  }

  @Override
  public List<Object> services() {
    return List.of(
        new QueueService(
            context,
            new QueueService.Commands(
                new SetQueueState(changed),
                new CreateQueues(changed),
                new UpdateQueues(changed),
                new DeleteQueues(configured, changed)),
            directory,
            statistics));
  }
}
