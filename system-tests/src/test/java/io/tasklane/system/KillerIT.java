package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that kills its node is taken out; what ran beside it runs on. Its server dies with it. */
@OwnServers
class KillerIT {
  private static final Path HANDLERS =
      Home.folder().resolve("bench/target/tasklane-bench-fault-handlers.jar");
  private static final Duration BOUND = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void a_task_that_kills_its_node_fails_and_its_neighbours_long_and_short_succeed()
      throws Exception {
    try (RunningServer server = RunningServer.withHandlers(folder.resolve("data"), HANDLERS);
        Client client = server.client()) {
      Task sleep = client.create(sleep(Client.DATA, 15_000));
      client.reach(sleep, State.STATE_RUNNING);
      List<Task> sleeps =
          client.createAll(IntStream.range(0, 10).mapToObj(i -> sleep(Client.AI, 500)).toList());
      client.reach(sleeps.get(0), State.STATE_RUNNING);
      // not at once: the node would be gone before it has answered
      Task killer =
          client.create(
              Client.task(Client.PORTFOLIO, "faults.killer", "{}")
                  .setRunAfterTime(Timestamps.fromMillis(System.currentTimeMillis() + 1_000)));

      Task end = end(client, killer);
      assertThat(end.getState()).isEqualTo(State.STATE_FAILED);
      assertThat(end.getFailure().getKind()).isEqualTo(Failure.Kind.KIND_LEASE_LOST);
      assertThat(end.getLostCount()).isEqualTo(3);
      assertThat(end.getLostAloneCount()).isEqualTo(2);
      Task slept = end(client, sleep);
      assertThat(slept.getState()).isEqualTo(State.STATE_SUCCEEDED);
      assertThat(slept.getLostCount()).as("with the killer, the first time").isEqualTo(1);
      assertThat(slept.getLostAloneCount()).isZero();
      assertThat(sleeps)
          .allSatisfy(
              task -> assertThat(end(client, task).getState()).isEqualTo(State.STATE_SUCCEEDED));
    }
  }

  private static Task.Builder sleep(String queue, int millis) {
    return Client.task(queue, "system.sleep", "{\"millis\":" + millis + "}");
  }

  /** The task once it has ended; the server is away meanwhile, each time that its node dies. */
  private static Task end(Client client, Task task) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < BOUND.toNanos()) {
      try {
        Task now = client.get(task.getName());
        if (now.hasEndTime()) {
          return now;
        }
      } catch (StatusRuntimeException away) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(task.getName() + " has not ended within " + BOUND);
  }
}
