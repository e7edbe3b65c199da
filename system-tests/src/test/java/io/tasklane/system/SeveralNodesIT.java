package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes of one system, whose parts end one after another; they are started once, because a
 * start takes long. Times are printed, not asserted.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServers
class SeveralNodesIT {
  private static final String FIRST = "node-a";
  private static final String SECOND = "node-b";

  @TempDir private static Path folder;
  private static NodeGroup group;

  @BeforeAll
  static void start() {
    group = new NodeGroup(folder);
    group.join(FIRST);
    group
        .client(FIRST)
        .queues()
        .createQueue(
            CreateQueueRequest.newBuilder()
                .setQueueId("FOURTH")
                .setQueue(Queue.getDefaultInstance())
                .build());
    group.join(SECOND);
  }

  @AfterAll
  static void stop() {
    if (group != null) {
      group.close();
    }
  }

  @Test
  @Order(1)
  void the_node_that_booted_first_gives_queues_away_until_nodes_are_even() throws Exception {
    group.awaitEven();
    for (String node : List.of(FIRST, SECOND)) {
      Task task =
          group.otherThan(node).create(Client.task(group.queueOf(node), "system.noop", "{}"));
      assertThat(group.client(FIRST).end(task).getWorker()).isEqualTo("nodes/" + node);
    }
  }

  @Test
  @Order(2)
  void a_second_node_of_the_same_name_is_refused_and_disturbs_nothing() throws Exception {
    Process second =
        group
            .backbone()
            .joining(folder.resolve("impostor"), SECOND)
            .redirectErrorStream(true)
            .start();
    try {
      String words = new String(second.getInputStream().readAllBytes());
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isNotZero();
      assertThat(words).contains("node " + SECOND + " runs already on").contains("another name");
    } finally {
      second.destroyForcibly();
    }
    Task task = group.client(SECOND).create(sleep(group.queueOf(SECOND), 0));
    assertThat(group.client(SECOND).end(task).getLostCount()).isZero();
  }

  @Test
  @Order(3)
  void what_is_asked_of_one_node_happens_at_once_on_the_owner() {
    String queue = group.queueOf(SECOND);
    Client client = group.client(FIRST);
    Task running = client.create(sleep(queue, 60_000));
    client.reach(running, State.STATE_RUNNING);
    client.pause(queue);
    Task waiting = client.create(sleep(queue, 0));
    client.cancel(running);
    assertThat(client.end(running).getState()).isEqualTo(State.STATE_CANCELLED);
    assertThat(client.get(waiting.getName()).getState()).isEqualTo(State.STATE_QUEUED);
    long resumed = System.nanoTime();
    client.resume(queue);
    assertThat(client.end(waiting).getWorker()).isEqualTo("nodes/" + SECOND);
    print("resume at one node to the end of a task on the other", resumed);
  }

  @Test
  @Order(4)
  void the_task_of_a_killed_node_runs_again_on_the_other_with_a_larger_token() {
    String queue = group.queueOf(SECOND);
    Client client = group.client(FIRST);
    Task task = client.create(sleep(queue, 4_000));
    client.reach(task, State.STATE_RUNNING);
    long token = token(client, task);
    long killed = System.nanoTime();
    group.node(SECOND).part(SECOND).destroyForcibly();
    NodeGroup.await(
        "it runs on the other",
        () -> client.get(task.getName()).getWorker().equals("nodes/" + FIRST));
    print("kill -9 of a node to the run on the other", killed);
    Task after = client.end(task);
    assertThat(after.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(token(client, task)).isGreaterThan(token);
    assertThat(after.getLostCount()).isOne();
    assertThat(after.getAttempt()).isOne();
    group.awaitEven(); // the launcher has started it again, and it has got its share
  }

  @Test
  @Order(5)
  void a_silent_node_loses_its_queues_and_its_late_result_is_refused() throws Exception {
    String queue = group.queueOf(SECOND);
    Client client = group.client(FIRST);
    Task task = client.create(sleep(queue, 3_000));
    Task doomed = client.create(sleep(group.queuesOf(SECOND).get(1), 600_000));
    client.reach(task, State.STATE_RUNNING);
    client.reach(doomed, State.STATE_RUNNING);
    long token = token(client, task);
    Task after;
    try (Frozen node = Frozen.part(group.node(SECOND), SECOND)) {
      long silent = System.nanoTime();
      client.cancel(doomed); // its node will never hear of it in this life
      NodeGroup.await(
          "it runs on the other",
          () -> client.get(task.getName()).getWorker().equals("nodes/" + FIRST));
      print("SIGSTOP of a node to the run on the other", silent);
      after = client.end(task);
      assertThat(client.end(doomed).getState()).isEqualTo(State.STATE_CANCELLED);
    }
    assertThat(attempts(client, doomed)).as("runs of what was cancelled").hasSize(1);
    assertThat(after.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(token(client, task)).isGreaterThan(token);
    Path log = group.node(SECOND).data().resolve("logs").resolve(SECOND + ".log");
    NodeGroup.await(
        "the late result is refused",
        () -> Files.readString(log).contains("its result was not accepted"));
    assertThat(client.get(task.getName())).isEqualTo(after);
    group.awaitEven();
    Task next = client.create(sleep(group.queueOf(SECOND), 0));
    assertThat(client.end(next).getWorker()).isEqualTo("nodes/" + SECOND);
  }

  @Test
  @Order(6)
  void without_the_broker_creates_and_runs_go_on_from_the_table() throws Exception {
    try (Frozen launcher = Frozen.launcher(group.backbone())) {
      group.backbone().part("broker").destroyForcibly();
      for (String node : List.of(FIRST, SECOND)) {
        String queue = group.queueOf(node);
        Task task = group.otherThan(node).create(sleep(queue, 0));
        assertThat(group.client(node).end(task).getWorker()).isEqualTo("nodes/" + node);
      }
      NodeGroup.await(
          "health says so",
          () -> Http.get(group.node(SECOND), "/health/ready").statusCode() == 503);
    }
    NodeGroup.await(
        "it is back", () -> Http.get(group.node(SECOND), "/health/ready").statusCode() == 200);
    group.awaitEven();
  }

  @Test
  @Order(7)
  void without_the_database_creates_are_refused_and_what_runs_is_completed_once_it_is_back()
      throws Exception {
    String queue = group.queueOf(SECOND);
    String held = group.queueOf(FIRST);
    Client client = group.client(FIRST);
    client.pause(held);
    Task waiting = client.create(sleep(held, 0));
    Task task = client.create(sleep(queue, 1_500));
    client.reach(task, State.STATE_RUNNING);
    long token = token(client, task);
    List<Task> taken = new ArrayList<>();
    try (Frozen launcher = Frozen.launcher(group.backbone())) {
      group.backbone().part("postgres").destroyForcibly();
      // its processes end by themselves once it is gone: what they still took is in the table
      NodeGroup.await(
          "creates are refused",
          () -> {
            try {
              taken.add(client.create(sleep(queue, 0)));
              return false;
            } catch (StatusRuntimeException refusal) {
              assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              return true;
            }
          });
      Thread.sleep(Duration.ofSeconds(2).toMillis()); // the handler ends meanwhile
    }
    NodeGroup.await(
        "it is settled", () -> client.get(task.getName()).getState() == State.STATE_SUCCEEDED);
    Task after = client.get(task.getName());
    assertThat(token(client, task)).isEqualTo(token);
    assertThat(after.getLostCount()).isZero();
    assertThat(attempts(client, task)).hasSize(1);
    assertThat(client.get(waiting.getName()).getState()).isEqualTo(State.STATE_QUEUED);
    client.resume(held);
    for (Task acknowledged : taken) {
      assertThat(client.end(acknowledged).getState()).isEqualTo(State.STATE_SUCCEEDED);
    }
    assertThat(client.end(waiting).getState()).isEqualTo(State.STATE_SUCCEEDED);
  }

  private static Task.Builder sleep(String queue, long millis) {
    return Client.task(queue, "system.sleep", "{\"millis\":" + millis + "}");
  }

  private static List<Attempt> attempts(Client client, Task task) {
    return client
        .tasks()
        .listTaskAttempts(ListTaskAttemptsRequest.newBuilder().setName(task.getName()).build())
        .getAttemptsList();
  }

  /** The token of its latest run. */
  private static long token(Client client, Task task) {
    List<Attempt> attempts = attempts(client, task);
    return attempts.get(attempts.size() - 1).getFencingToken();
  }

  private static void print(String what, long since) {
    long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
    System.out.println(what + ": " + millis + " ms");
  }
}
