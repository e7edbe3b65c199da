package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.TaskStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One data folder through the lives of several servers. The tests follow one another on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(RestartedServer.Shared.class)
class CrashIT {
  private static final int WAITING = 300;

  private static RestartedServer restarted;
  private static RunningServer server;

  @BeforeAll
  static void start(RestartedServer shared) {
    restarted = shared;
    server = shared.running();
  }

  private static void startAgain() {
    server = restarted.startAgain();
  }

  @Test
  @Order(1)
  void a_second_server_on_the_folder_is_refused_and_harms_nothing() throws Exception {
    Process second = RunningServer.command(server.data()).redirectErrorStream(true).start();
    try {
      String words = new String(second.getInputStream().readAllBytes());
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isNotZero();
      assertThat(words).contains(server.data().toString()).doesNotContain("tasklane ready");
    } finally {
      second.destroyForcibly();
    }
    try (Client client = server.client()) {
      Task task = client.create(Client.task(Client.DATA, "system.noop", "{}"));
      assertThat(client.end(task).getState()).isEqualTo(State.STATE_SUCCEEDED);
    }
  }

  @Test
  @Order(2)
  void after_a_kill_of_everything_no_task_is_lost_and_the_interrupted_one_runs_first() {
    List<Task> before;
    List<Task> waiting;
    Task interrupted;
    Task stepping;
    List<TaskStep> kept;
    try (Client client = server.client()) {
      stepping =
          client.create(Client.task(Client.AI, "system.steps", "{\"steps\":6,\"millis\":700}"));
      before = client.createAll(noops(10, 5)).stream().map(client::end).toList();
      interrupted = client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":5000}"));
      client.reach(interrupted, State.STATE_RUNNING);
      // More urgent than the interrupted one, which runs before them all the same.
      waiting = client.createAll(noops(WAITING, 9));
      assertThat(client.get(interrupted.getName()).getState()).isEqualTo(State.STATE_RUNNING);
      kept = stepsOf(client, stepping, 2);
    }
    server.killTree();
    startAgain();

    try (Client client = server.client()) {
      Task first = client.end(interrupted);
      assertThat(first.getState()).isEqualTo(State.STATE_SUCCEEDED);
      assertThat(first.getLostCount()).isEqualTo(1);
      assertThat(first.getAttempt()).isEqualTo(1);
      List<Task> ended = waiting.stream().map(client::end).toList();
      assertThat(ended).hasSize(WAITING).allMatch(t -> t.getState() == State.STATE_SUCCEEDED);
      assertThat(ended)
          .allMatch(t -> Timestamps.compare(first.getEndTime(), t.getStartTime()) <= 0);
      Record.assertNeverTwoAtOnce(ended);
      // What its steps had kept is not done again.
      assertKept(kept, client.end(stepping), stepsOf(client, stepping, 6));
      // What had ended before stays as it was.
      assertThat(before).allMatch(t -> client.get(t.getName()).equals(t));
    }
  }

  @Test
  @Order(3)
  void after_a_kill_of_the_launcher_alone_the_next_start_finds_everything() throws Exception {
    Task held;
    try (Client client = server.client()) {
      client.pause(Client.AI);
      held = client.create(Client.task(Client.AI, "system.echo", "{\"kept\":true}"));
    }
    server.killLauncher();
    startAgain();
    try (Client client = server.client()) {
      assertThat(client.get(held.getName()).getState()).isEqualTo(State.STATE_QUEUED);
      client.resume(Client.AI);
      assertThat(client.end(held).getResult().getInline().toStringUtf8()).contains("kept");
    }
  }

  @Test
  @Order(4)
  void sigterm_lets_it_go_in_order_within_its_time_and_leaves_no_process() throws Exception {
    Task task;
    try (Client client = server.client()) {
      task = client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":60000}"));
      client.reach(task, State.STATE_RUNNING);
    }
    Duration taken = server.terminate(Duration.ofSeconds(40));
    // 10 s are promised on an idle machine; the rest is for one that is not.
    assertThat(taken).isLessThan(Duration.ofSeconds(30));
    assertThat(server.living()).isEmpty();
    startAgain();
    try (Client client = server.client()) {
      Task again = client.reach(task, State.STATE_RUNNING);
      assertThat(again.getLostCount()).as("handed back, not lost").isZero();
      assertThat(again.getAttempt()).isEqualTo(1);
      client.cancel(task);
    }
  }

  /** The steps of a task, as soon as it has kept that many. */
  private static List<TaskStep> stepsOf(Client client, Task task, int atLeast) {
    GetTaskRequest request = GetTaskRequest.newBuilder().setName(task.getName()).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    List<TaskStep> steps = List.of();
    while (steps.size() < atLeast && System.nanoTime() < end) {
      steps = client.tasks().getTask(request).getStepsList();
    }
    assertThat(steps).hasSizeGreaterThanOrEqualTo(atLeast);
    return steps;
  }

  /** Each result is the token of the run that has done the step. */
  private static void assertKept(List<TaskStep> kept, Task ended, List<TaskStep> all) {
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getAttempt()).isEqualTo(1);
    assertThat(all)
        .as("those of before the kill as they were")
        .startsWith(kept.toArray(TaskStep[]::new));
    String[] tokens =
        ended.getResult().getInline().toStringUtf8().replaceAll("[^0-9,]", "").split(",");
    assertThat(tokens).hasSize(6);
    assertThat(List.of(tokens).subList(0, kept.size())).containsOnly(tokens[0]);
    assertThat(tokens[5]).as("done after the kill").isNotEqualTo(tokens[0]);
  }

  private static List<Task.Builder> noops(int count, int priority) {
    List<Task.Builder> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Client.task(Client.DATA, "system.noop", "{}").setPriority(priority));
    }
    return tasks;
  }
}
