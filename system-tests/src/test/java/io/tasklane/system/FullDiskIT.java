package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose disks are filled: one holds the broker's journal, the other all else, as the data
 * folder of the embedded server does.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServers
class FullDiskIT {
  private static final long SEED = 20260311;

  /** Less than one segment of the database's log, which is what it asks its disk for. */
  private static final long LESS_THAN_A_SEGMENT = 15L << 20;

  @TempDir private static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static SmallDisk disk;
  private static SmallDisk brokerDisk;
  private static RunningServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    disk = keep(SmallDisk.mount(folder.resolve("disk"), 320));
    brokerDisk = keep(SmallDisk.mount(folder.resolve("broker-disk"), 96));
    Path data = Files.createDirectories(disk.folder().resolve("data"));
    Files.createSymbolicLink(data.resolve("artemis"), brokerDisk.folder());
    server = keep(RunningServer.start(data));
    client = keep(server.client());
  }

  private static <T extends AutoCloseable> T keep(T opened) {
    OPEN.add(0, opened);
    return opened;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : OPEN) {
      each.close();
    }
  }

  @Test
  @Order(1)
  void while_the_brokers_disk_is_full_all_goes_on_and_health_tells() throws Exception {
    awaitReady(200);
    brokerDisk.leave(0);
    assertThat(client.end(client.create(noop(Client.DATA, "{}"))).getState())
        .isEqualTo(State.STATE_SUCCEEDED);
    // a queue that the broker has to write down
    CreateQueueRequest wanted =
        CreateQueueRequest.newBuilder()
            .setQueueId("ON_FULL_DISK")
            .setQueue(Queue.newBuilder().setDefaultResultTtl(Durations.fromSeconds(60)))
            .build();
    String queue = client.queues().createQueue(wanted).getQueue().getName();
    assertThat(client.end(client.create(noop(queue, "{}"))).getState())
        .isEqualTo(State.STATE_SUCCEEDED);

    NodeGroup.await(
        "health tells that the broker takes no messages",
        () -> {
          List<Task> more = client.createAll(Collections.nCopies(50, noop(Client.DATA, "{}")));
          assertThat(client.end(more.get(49)).getState()).isEqualTo(State.STATE_SUCCEEDED);
          return Http.get(server, "/health/ready").body().contains("the broker takes no messages");
        });
    server.part("broker").destroyForcibly();
    NodeGroup.await("the launcher tells", () -> server.words().contains("The broker ended"));
    assertThat(server.words()).contains("the disk of").contains("is full");
    awaitReady(503);
    for (String each : List.of(Client.DATA, Client.AI, queue)) {
      assertThat(client.end(client.create(noop(each, "{}"))).getState())
          .isEqualTo(State.STATE_SUCCEEDED);
    }
    brokerDisk.empty();
    awaitReady(200);
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
  }

  @Test
  @Order(2)
  void while_the_databases_disk_is_full_creates_are_refused_and_afterwards_all_goes_on()
      throws Exception {
    client.pause(Client.AI);
    Task running = client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":2000}"));
    client.reach(running, State.STATE_RUNNING);
    disk.leave(0);
    Creator creator = keep(new Creator(server.client(), Client.AI, SEED));
    creator.awaitRefusals(2);
    // its log, too: PostgreSQL ends itself when it cannot write that, and cannot start then
    NodeGroup.await(
        "the launcher tells that PostgreSQL has ended, and why",
        () -> {
          disk.leave(LESS_THAN_A_SEGMENT);
          return server.words().contains("PostgreSQL ended")
              && server.words().contains("starting it again once that is mended");
        });
    awaitReady(503);
    disk.empty();
    awaitReady(200);
    creator.awaitCreates(1);
    Map<Task, String> created = creator.end();

    Task after = endOf(running);
    assertThat(after.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(after.getLostCount()).isZero();
    ListTaskAttemptsRequest attempts =
        ListTaskAttemptsRequest.newBuilder().setName(running.getName()).build();
    assertThat(client.tasks().listTaskAttempts(attempts).getAttemptsList()).hasSize(1);
    client.resume(Client.AI);
    created.forEach(
        (task, input) -> {
          Task end = endOf(task);
          assertThat(end.getState()).isEqualTo(State.STATE_SUCCEEDED);
          assertThat(end.getInput().getInline().toStringUtf8()).isEqualTo(input);
        });
  }

  /** A database that comes back may go once more; a client repeats what is UNAVAILABLE. */
  private static Task endOf(Task task) {
    AtomicReference<Task> end = new AtomicReference<>();
    NodeGroup.await(
        "the database answers",
        () -> {
          try {
            end.set(client.end(task));
            return true;
          } catch (StatusRuntimeException away) {
            assertThat(away.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return false;
          }
        });
    return end.get();
  }

  private static Task.Builder noop(String queue, String input) {
    return Client.task(queue, "system.noop", input);
  }

  private static void awaitReady(int status) {
    NodeGroup.await(
        "health answers " + status, () -> Http.get(server, "/health/ready").statusCode() == status);
  }
}
