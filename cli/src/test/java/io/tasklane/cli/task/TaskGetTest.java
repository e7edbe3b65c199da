package io.tasklane.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Failure;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskGetTest {

  @Test
  void everything_an_operator_asks_about_a_task_is_shown() throws Exception {
    Task task =
        Task.newBuilder()
            .setName("tasks/sync")
            .setQueue("queues/PORTFOLIO_SYNC")
            .setTaskType("account_sync")
            .setState(Task.State.STATE_CANCELLED)
            .setPriority(7)
            .setAttempt(2)
            .setLostCount(2)
            .setLostAloneCount(1)
            .setWorker("nodes/n-1")
            .addDependencies(Dependency.newBuilder().setTask("tasks/a").setInputKey("prices"))
            .addDependencies(
                Dependency.newBuilder()
                    .setTask("tasks/b")
                    .setPolicy(Dependency.Policy.POLICY_ON_FAILURE))
            .putLabels("desk", "us eq")
            .putLabels("account", "9")
            .putResourceUnits("ai-turns", 3)
            .setRunAfterTime(Timestamps.fromSeconds(60))
            .setExpireTime(Timestamps.fromSeconds(120))
            .setOrderingKey("account-9")
            .setDeduplicationKey("sync-9")
            .setPreemptible(true)
            .setWorkflow("workflows/morning")
            .setSchedule("schedules/nightly")
            .setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setMaximumAttempts(4)
                    .setInitialBackoff(Durations.fromSeconds(1))
                    .setMaximumBackoff(Durations.fromSeconds(300)))
            .setTimeouts(Timeouts.newBuilder().setAttemptTimeout(Durations.fromSeconds(90)))
            .setCancelActor(
                Actor.newBuilder().setPrincipal("user:alice").setReason("wrong account"))
            .setFailure(
                Failure.newBuilder()
                    .setKind(Failure.Kind.KIND_RETRYABLE)
                    .setCode("FEED_DOWN")
                    .setMessage("503"))
            .build();
    try (FakeServer server = FakeServer.start(any -> any)) {
      server.put(task);
      String shown =
          CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), "task", "get", "sync").out();
      assertThat(shown.lines().map(line -> line.replaceAll(" {2,}", ": ")))
          .contains(
              "node: nodes/n-1",
              "lost: 2 times its node, 1 of them alone",
              "needs: tasks/a, result as prices",
              "needs: tasks/b ON_FAILURE",
              "run after: 1970-01-01T00:01:00Z",
              "expires: 1970-01-01T00:02:00Z",
              "resources: ai-turns=3",
              "labels: account=9, desk=us eq",
              "ordering key: account-9",
              "key: sync-9",
              "preemptible: yes",
              "workflow: workflows/morning",
              "schedule: schedules/nightly",
              "retries: 4 attempts, 1s and up to 300s apart",
              "attempt limit: 90s",
              "cancelled by: user:alice: wrong account",
              "failure: FEED_DOWN (RETRYABLE): 503");
    }
  }
}
