package io.tasklane.grpc.task;

import com.google.protobuf.Duration;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.CalendarBlocker;
import io.tasklane.v1.DependencyBlocker;
import io.tasklane.v1.LeaseBlocker;
import io.tasklane.v1.NoWorkerBlocker;
import io.tasklane.v1.OrderingKeyBlocker;
import io.tasklane.v1.OtherBlocker;
import io.tasklane.v1.QueueOwnerBlocker;
import io.tasklane.v1.QueuePausedBlocker;
import io.tasklane.v1.RateLimitBlocker;
import io.tasklane.v1.ResourceBlocker;
import io.tasklane.v1.RunningTaskBlocker;
import io.tasklane.v1.SuspectBlocker;
import io.tasklane.v1.TaskExplanation;
import io.tasklane.v1.TasksAheadBlocker;
import io.tasklane.v1.TimeBlocker;
import io.tasklane.v1.TimeOverBlocker;
import io.tasklane.v1.WorkersBusyBlocker;
import io.tasklane.v1.WorkflowOrderBlocker;
import java.time.Instant;

/** Why a task is not running, as the wire shows it. */
final class ExplanationMapping {
  private ExplanationMapping() {}

  static TaskExplanation toWire(Explanation explanation) {
    TaskExplanation.Builder wire =
        TaskExplanation.newBuilder()
            .setTask(WireName.TASK.of(explanation.taskId()))
            .setStateValue(explanation.state().code())
            .setTasksAhead(explanation.tasksAhead())
            .setRevision(explanation.revision())
            .setNoEstimateReason(explanation.start().missing());
    explanation.blockers().forEach(blocker -> wire.addBlockers(toWire(blocker)));
    explanation.start().p50().map(WireTime::of).ifPresent(wire::setStartTimeP50);
    explanation.start().p90().map(WireTime::of).ifPresent(wire::setStartTimeP90);
    return wire.build();
  }

  private static io.tasklane.v1.Blocker toWire(Blocker blocker) {
    io.tasklane.v1.Blocker.Builder wire = io.tasklane.v1.Blocker.newBuilder();
    blocker.clearTime().map(WireTime::of).ifPresent(wire::setClearTimeEstimate);
    if (!ofTask(blocker, wire) && !ofQueue(blocker, wire)) {
      throw new IllegalStateException("no message of the contract says " + blocker);
    }
    return wire.build();
  }

  /** Whether the task itself is kept from being ready. */
  private static boolean ofTask(Blocker blocker, io.tasklane.v1.Blocker.Builder wire) {
    if (blocker instanceof Blocker.Dependency need) {
      wire.setDependency(
          DependencyBlocker.newBuilder().setTask(need.task()).setStateValue(need.state().code()));
    } else if (blocker instanceof Blocker.NotBefore wait) {
      wire.setNotBefore(time(wait.time()));
    } else if (blocker instanceof Blocker.RetryBackoff wait) {
      wire.setRetryBackoff(time(wait.time()));
    } else if (blocker instanceof Blocker.TimeOver over) {
      wire.setTimeOver(TimeOverBlocker.newBuilder().setCode(over.limit().code()));
    } else if (blocker instanceof Blocker.OrderingKey line) {
      wire.setOrderingKey(
          OrderingKeyBlocker.newBuilder().setOrderingKey(line.key()).setTask(line.task()));
    } else if (blocker instanceof Blocker.Resource few) {
      wire.setResource(
          ResourceBlocker.newBuilder()
              .setResource(WireName.RESOURCE.of(few.resourceId()))
              .setNeededUnits(few.needed())
              .setFreeUnits(few.free()));
    } else if (blocker instanceof Blocker.NoWorker none) {
      NoWorkerBlocker.Builder worker = NoWorkerBlocker.newBuilder().setTaskType(none.taskType());
      none.lastSeen().map(WireTime::of).ifPresent(worker::setLastSeenTime);
      wire.setNoWorker(worker);
    } else if (blocker instanceof Blocker.WorkersBusy busy) {
      wire.setWorkersBusy(
          WorkersBusyBlocker.newBuilder()
              .setTaskType(busy.taskType())
              .setWorkerCount(busy.workers()));
    } else if (blocker instanceof Blocker.Other other) {
      wire.setOther(OtherBlocker.newBuilder().setReason(other.reason()));
    } else {
      return false;
    }
    return true;
  }

  private static TimeBlocker time(Instant time) {
    return TimeBlocker.newBuilder().setTime(WireTime.of(time)).build();
  }

  /** Whether it waits for its queue. */
  private static boolean ofQueue(Blocker blocker, io.tasklane.v1.Blocker.Builder wire) {
    if (blocker instanceof Blocker.QueuePaused paused) {
      QueuePausedBlocker.Builder pause =
          QueuePausedBlocker.newBuilder().setActor(FailureMapping.toWire(paused.actor()));
      paused.since().map(WireTime::of).ifPresent(pause::setPauseTime);
      wire.setQueuePaused(pause);
    } else if (blocker instanceof Blocker.NoOwner none) {
      wire.setQueueOwner(
          QueueOwnerBlocker.newBuilder()
              .setNode(none.node().map(ExplanationMapping::node).orElse(""))
              .setNextNode(none.next().map(ExplanationMapping::node).orElse("")));
    } else if (blocker instanceof Blocker.OldLease old) {
      LeaseBlocker.Builder lease = LeaseBlocker.newBuilder().setNode(node(old.node()));
      old.until().map(WireTime::of).ifPresent(lease::setExpireTime);
      wire.setOldLease(lease);
    } else if (blocker instanceof Blocker.RateLimit rate) {
      wire.setRateLimit(
          RateLimitBlocker.newBuilder()
              .setLimit(rate.limit())
              .setRefillTime(WireTime.of(rate.refill())));
    } else if (blocker instanceof Blocker.CalendarClosed closed) {
      CalendarBlocker.Builder calendar =
          CalendarBlocker.newBuilder()
              .setCalendar(WireName.CALENDAR.of(closed.calendar()))
              .setReason(closed.reason());
      closed.opens().map(WireTime::of).ifPresent(calendar::setOpenTime);
      wire.setCalendarClosed(calendar);
    } else if (blocker instanceof Blocker.WorkflowOrder order) {
      wire.setWorkflowOrder(WorkflowOrderBlocker.newBuilder().setWorkflow(order.workflow()));
    } else if (blocker instanceof Blocker.Suspect suspect) {
      wire.setSuspect(SuspectBlocker.newBuilder().setTask(suspect.task()));
    } else if (blocker instanceof Blocker.TasksAhead ahead) {
      wire.setTasksAhead(
          TasksAheadBlocker.newBuilder()
              .setHigherPriorityCount(ahead.higher())
              .setEarlierCount(ahead.earlier())
              .addAllFirstTasks(ahead.first()));
    } else if (blocker instanceof Blocker.RunningTask run) {
      wire.setRunningTask(running(run));
    } else {
      return false;
    }
    return true;
  }

  private static RunningTaskBlocker running(Blocker.RunningTask run) {
    RunningTaskBlocker.Builder wire =
        RunningTaskBlocker.newBuilder()
            .setTask(run.task())
            .setWorker(node(run.node()))
            .setElapsed(WireTime.of(run.elapsed()));
    run.left()
        .ifPresent(
            left -> {
              Duration p50 = WireTime.of(left.p50());
              wire.setRemainingP50(p50).setRemainingP90(WireTime.of(left.p90()));
            });
    return wire.build();
  }

  private static String node(String name) {
    return TaskMapping.executor(name);
  }
}
