package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a task is not run again, because of its deduplication key or of what it depends on. */
@ExtendWith(SharedServer.class)
class CopyPromisesIT {
  private static final String IN_USE = "FAILED_PRECONDITION DEDUPLICATION_KEY_IN_USE";
  private static final String NOT_MET = "FAILED_PRECONDITION DEPENDENCY_NOT_MET";

  @Test
  void of_a_deduplication_key_that_another_task_has(Client client) {
    RetryPolicy once = RetryPolicy.newBuilder().setMaximumAttempts(1).build();
    Task failed =
        client.end(
            client.create(
                Client.task(Client.DATA, "system.fail", "{}")
                    .setRetryPolicy(once)
                    .setDeduplicationKey("sync-A-100")));
    Task holder = client.create(later().setDeduplicationKey("sync-A-100"));
    refused(IN_USE, () -> client.tasks().retryTask(retry(failed).build()));
    refused(IN_USE, () -> client.deadLetters().replayDeadLetter(replay(failed).build()));
    client.cancel(holder);
    Task copy = client.tasks().retryTask(retry(failed).build()).getTask();
    assertThat(copy.getDeduplicationKey()).isEqualTo("sync-A-100");
    client.end(copy);
  }

  @Test
  void of_a_dependency_that_was_not_met(Client client) {
    Task need = client.create(later());
    Task order =
        client.end(
            client.create(
                Client.task(Client.DATA, "system.noop", "{}")
                    .addDependencies(Dependency.newBuilder().setTask(need.getName()))
                    .setExpireTime(in(1_000))));
    assertThat(order.getFailure().getCode()).isEqualTo("EXPIRED");
    client.cancel(need);
    refused(NOT_MET, () -> client.tasks().retryTask(retry(order).build()));
    refused(NOT_MET, () -> client.deadLetters().replayDeadLetter(replay(order).build()));
    RetryTaskRequest ignoring = retry(order).setIgnoreDependencies(true).build();
    Task copy = client.end(client.tasks().retryTask(ignoring).getTask());
    assertThat(copy.getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(copy.getDependenciesList()).isEmpty();
  }

  private static Task.Builder later() {
    return Client.task(Client.DATA, "system.noop", "{}").setRunAfterTime(in(3_600_000));
  }

  private static Timestamp in(long millis) {
    return Timestamps.fromMillis(System.currentTimeMillis() + millis);
  }

  private static RetryTaskRequest.Builder retry(Task task) {
    return RetryTaskRequest.newBuilder().setName(task.getName());
  }

  private static ReplayDeadLetterRequest.Builder replay(Task task) {
    return ReplayDeadLetterRequest.newBuilder()
        .setName(task.getName().replace("tasks/", "deadLetters/"));
  }
}
