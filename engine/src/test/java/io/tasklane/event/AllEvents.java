package io.tasklane.event;

import io.tasklane.fact.FactRows;
import io.tasklane.feature.EventCodec;
import io.tasklane.key.QueueKey;
import io.tasklane.retention.RemovalEvents;
import io.tasklane.schedule.ScheduleEvents;
import io.tasklane.step.StepEvents;
import io.tasklane.task.row.TaskEvents;
import io.tasklane.trigger.TriggerEvents;
import io.tasklane.workflow.store.WorkflowEvents;
import java.util.List;
import java.util.function.Function;

/** Reads events of every kind, as a node does. */
public final class AllEvents {
  private AllEvents() {}

  /** The rows of a log whose queues have these ids. */
  public static EventRows rows(Function<QueueKey, String> queueIds) {
    return new EventRows(queueIds)
        .register(TaskEvents.CODECS)
        .register(DeadLetterEvents.CODECS)
        .register(ScheduleEvents.CODECS)
        .register(WorkflowEvents.CODECS)
        .register(FactRows.CODECS)
        .register(StepEvents.CODECS)
        .register(TriggerEvents.CODECS)
        .register(
            List.of(
                PublishedEvents.CODEC,
                RemovalEvents.CODEC,
                EventCodec.stored(EventKind.QUEUE_CHANGED, LogEvent.QUEUE_CHANGED)));
  }
}
