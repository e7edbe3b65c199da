package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.Failure;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do to queues and tasks. */
@ExtendWith(SharedServer.class)
class ControlIT {
  private static Task.Builder sleep(long millis) {
    return Client.task(Client.AI, "system.sleep", "{\"millis\":" + millis + "}");
  }

  private static Task cancel(Client client, Task task) {
    CancelTaskRequest request =
        CancelTaskRequest.newBuilder().setName(task.getName()).setReason("wrong day").build();
    return client.tasks().cancelTask(request).getTask();
  }

  @Test
  void a_paused_queue_finishes_what_runs_and_starts_nothing_until_it_is_resumed(Client client) {
    Task running = client.create(sleep(1500));
    client.reach(running, State.STATE_RUNNING);
    client.pause(Client.AI);
    Task waiting = client.create(Client.task(Client.AI, "system.noop", "{}"));
    Task ran;
    try {
      ran = client.end(running);
      assertThat(ran.getState()).isEqualTo(State.STATE_SUCCEEDED);
      GetQueueRequest get = GetQueueRequest.newBuilder().setName(Client.AI).build();
      Queue queue = client.queues().getQueue(get).getQueue();
      assertThat(queue.getState()).isEqualTo(Queue.State.STATE_PAUSED);
      assertThat(queue.getPauseActor().getReason()).isEqualTo("test");
      assertThat(client.get(waiting.getName()).getState()).isEqualTo(State.STATE_QUEUED);
      GetQueueStatsRequest ask = GetQueueStatsRequest.newBuilder().setName(Client.AI).build();
      QueueStats stats = client.queues().getQueueStats(ask).getStats();
      assertThat(stats.getDepth()).isEqualTo(1);
      assertThat(stats.getCountByStateOrDefault("RUNNING", 0)).isZero();
    } finally {
      client.resume(Client.AI);
    }
    Task ended = client.end(waiting);
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(Timestamps.compare(ran.getEndTime(), ended.getStartTime())).isNegative();
  }

  @Test
  void a_waiting_task_is_cancelled_at_once_and_never_runs(Client client) {
    client.pause(Client.AI);
    try {
      Task task = client.create(Client.task(Client.AI, "system.noop", "{}"));
      Task cancelled = cancel(client, task);
      assertThat(cancelled.getState()).isEqualTo(State.STATE_CANCELLED);
      assertThat(cancelled.getCancelActor().getReason()).isEqualTo("wrong day");
    } finally {
      client.resume(Client.AI);
    }
    Task after = client.create(Client.task(Client.AI, "system.noop", "{}"));
    assertThat(client.end(after).getState()).isEqualTo(State.STATE_SUCCEEDED);
  }

  @Test
  void a_running_task_is_asked_to_stop_and_its_queue_goes_on(Client client) {
    Task task = client.create(sleep(600_000));
    client.reach(task, State.STATE_RUNNING);
    Task next = client.create(Client.task(Client.AI, "system.noop", "{}"));
    assertThat(cancel(client, task).getState()).isIn(State.STATE_CANCELLING, State.STATE_CANCELLED);
    Task cancelled = client.end(task);
    assertThat(cancelled.getState()).isEqualTo(State.STATE_CANCELLED);
    Task ended = client.end(next);
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(Timestamps.compare(cancelled.getEndTime(), ended.getStartTime()))
        .isLessThanOrEqualTo(0);
  }

  @Test
  void an_attempt_over_its_time_limit_ends_the_task_as_timed_out(Client client) {
    Timeouts limit = Timeouts.newBuilder().setAttemptTimeout(Durations.fromSeconds(1)).build();
    Task task = client.end(client.create(sleep(600_000).setTimeouts(limit)));
    assertThat(task.getState()).isEqualTo(State.STATE_FAILED);
    assertThat(task.getFailure().getKind()).isEqualTo(Failure.Kind.KIND_TIMEOUT);
    assertThat(task.getAttempt()).isEqualTo(1);
    var ran = Timestamps.between(task.getStartTime(), task.getEndTime());
    assertThat(Durations.toMillis(ran)).isBetween(900L, 30_000L);
  }

  @Test
  void a_task_ends_when_it_may_wait_no_longer_for_its_start_or_for_its_next_attempt(Client client) {
    Timeouts limits =
        Timeouts.newBuilder()
            .setQueueTimeout(Durations.fromSeconds(1))
            .setTotalTimeout(Durations.fromSeconds(1))
            .setCancelGrace(Durations.fromSeconds(3))
            .build();
    RetryPolicy tomorrow =
        RetryPolicy.newBuilder().setInitialBackoff(Durations.fromDays(1)).build();
    client.pause(Client.AI);
    try {
      Task.Builder fails = Client.task(Client.DATA, "system.fail", "{}").setTimeouts(limits);
      Task rests = client.create(fails.setRetryPolicy(tomorrow));
      Task waits = client.create(sleep(1).setTimeouts(limits));
      Timeouts held = client.get(waits.getName()).getTimeouts();
      assertThat(held.toBuilder().clearAttemptTimeout().build()).isEqualTo(limits);
      assertThat(timedOut(client.end(waits))).isEqualTo("QUEUE_TIMEOUT");
      Task ended = client.end(rests);
      assertThat(timedOut(ended)).isEqualTo("TOTAL_TIMEOUT");
      assertThat(ended.getAttempt()).isEqualTo(1);
    } finally {
      client.resume(Client.AI);
    }
  }

  private static String timedOut(Task task) {
    assertThat(task.getState()).isEqualTo(State.STATE_FAILED);
    assertThat(task.getFailure().getKind()).isEqualTo(Failure.Kind.KIND_TIMEOUT);
    return task.getFailure().getCode();
  }
}
