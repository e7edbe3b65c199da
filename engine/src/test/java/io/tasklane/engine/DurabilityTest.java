package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When completions are durable: each before the next start, or in groups, with claims ahead and
 * what they count as.
 */
class DurabilityTest {
  private final List<String> started = Collections.synchronizedList(new ArrayList<>());
  private final List<TaskState> before = Collections.synchronizedList(new ArrayList<>());
  private final List<Boolean> own = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  @TempDir private Path folder;
  private EngineBench bench;

  private void start(int runs) {
    start(runs, Durability.GROUPED);
  }

  private void start(int runs, Durability durability) {
    QueuePolicy policy = QueuePolicy.concurrently(runs).with(durability);
    bench = new EngineBench(folder, this::work, EngineBench.queue("Q", policy));
  }

  @AfterEach
  void close() {
    go.countDown();
    bench.close();
  }

  private Payload work(Run run) throws InterruptedException {
    String name = run.task().substring("tasks/".length());
    if (!started.isEmpty()) {
      before.add(bench.read(started.get(started.size() - 1)).state());
    }
    own.add(bench.read(name).fencingToken().value() == run.fencingToken());
    started.add(name);
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      if (run.task().equals("tasks/gate")) {
        go.await();
      }
      return run.task().equals("tasks/poison")
          ? new Payload("text/\u0000", new byte[0])
          : Payload.json("{}");
    } finally {
      now.decrementAndGet();
    }
  }

  private void create(String... names) {
    TaskRequest[] requests = new TaskRequest[names.length];
    for (int i = 0; i < names.length; i++) {
      requests[i] = EngineBench.request("Q", names[i]);
    }
    bench.create(requests);
  }

  /** In one command, so that the claim that finds the gate finds them all. */
  private void createBehindGate(int count) {
    create(Stream.concat(Stream.of("gate"), Stream.of(names(count))).toArray(String[]::new));
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).toArray(String[]::new);
  }

  private long count(String what) {
    return Postgres.number(bench.database, "SELECT count(*) FROM " + what);
  }

  private void awaitEnds(int count) {
    Until.isTrue(count + " have ended", () -> count("task WHERE state >= 8") == count);
  }

  @Test
  void each_completion_is_durable_before_the_next_task_starts_where_nothing_else_is_said() {
    assertThat(QueuePolicy.STANDARD.durability()).isEqualTo(Durability.EACH);
    start(1, Durability.EACH);
    create(names(60));
    awaitEnds(60);
    assertThat(started).containsExactly(names(60));
    assertThat(before).hasSize(59).containsOnly(TaskState.SUCCEEDED);
    assertThat(own).as("the claim is durable before the start").containsOnly(true);
  }

  @Test
  void in_groups_the_claim_is_durable_before_the_start_and_only_completions_come_later() {
    start(1);
    create(names(200));
    awaitEnds(200);
    assertThat(own).hasSize(200).containsOnly(true);
    assertThat(before).contains(TaskState.RUNNING);
  }

  @Test
  void in_groups_priority_is_exact_but_for_what_is_claimed_ahead() {
    start(1);
    createBehindGate(70);
    Until.isTrue("64 are claimed", () -> count("task_lease") == Durability.CLAIMS_AHEAD);
    bench.create(EngineBench.request("Q", "urgent").withPriority(new Priority(10)));
    go.countDown();
    awaitEnds(72);
    assertThat(started.indexOf("urgent"))
        .as("behind the 64 that were claimed, before the rest")
        .isBetween(1, Durability.CLAIMS_AHEAD);
  }

  @Test
  void all_run_once_in_their_order_one_at_a_time() {
    start(1);
    create(names(200));
    awaitEnds(200);
    assertThat(started).containsExactly(names(200));
    assertThat(most).hasValue(1);
    assertThat(count("task WHERE state = 8")).isEqualTo(200);
    assertThat(count("task_lease")).isZero();
  }

  @Test
  void with_more_runs_at_once_all_run_once_and_no_more_than_so_many() {
    start(3);
    create(names(120));
    awaitEnds(120);
    assertThat(started).containsExactlyInAnyOrder(names(120));
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void claims_are_durable_before_the_start_up_to_64_ahead() {
    start(1);
    createBehindGate(100);
    Until.isTrue("64 are claimed", () -> count("task_lease") == Durability.CLAIMS_AHEAD);
    Until.isTrue("the first runs", () -> !started.isEmpty());
    assertThat(started).containsExactly("gate");
    assertThat(count("task WHERE state = 5 AND fencing_token > 0")).isEqualTo(64);
    go.countDown();
    awaitEnds(101);
  }

  @Test
  void what_is_claimed_ahead_counts_as_running_for_pause_and_cancel() {
    start(1);
    createBehindGate(3);
    Until.isTrue("all are claimed", () -> count("task_lease") == 4);
    bench.set("Q", QueueState.PAUSED);
    bench.cancel("t1");
    assertThat(bench.read("t1").state()).isEqualTo(TaskState.CANCELLING);
    create("later");
    go.countDown();
    bench.await("t2", TaskState.SUCCEEDED);
    bench.await("t0", TaskState.SUCCEEDED);
    Until.isTrue("t1 has ended", () -> bench.read("t1").isFinished());
    assertThat(bench.read("later").state()).isEqualTo(TaskState.QUEUED);
    assertThat(started).doesNotContain("later");
  }

  @Test
  void a_task_with_a_key_runs_when_all_before_it_is_durable() {
    start(1);
    TaskRequest keyed = EngineBench.request("Q", "keyed").withRules(RunRules.ofKey("k"));
    bench.create(EngineBench.request("Q", "a"), keyed, EngineBench.request("Q", "b"));
    awaitEnds(3);
    assertThat(started).containsExactly("a", "keyed", "b");
    assertThat(bench.read("keyed").startTime().orElseThrow())
        .isAfterOrEqualTo(bench.read("a").endTime().orElseThrow());
    assertThat(bench.read("b").startTime().orElseThrow())
        .isAfterOrEqualTo(bench.read("keyed").endTime().orElseThrow());
  }

  @Test
  void one_that_spoils_its_group_fails_alone() {
    start(1);
    create("a", "poison", "b");
    awaitEnds(3);
    assertThat(bench.read("a").state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(bench.read("b").state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(bench.read("poison").state()).isEqualTo(TaskState.FAILED);
    assertThat(started).hasSize(3);
  }

  @Test
  void what_was_claimed_ahead_goes_back_in_order_when_the_node_stops() {
    start(1);
    createBehindGate(5);
    Until.isTrue("all are claimed", () -> count("task_lease") == 6);
    bench.engine.close();
    assertThat(count("task_lease")).isZero();
    assertThat(count("task_ready WHERE rank = 0")).isGreaterThanOrEqualTo(5);
    assertThat(bench.read("t0").lostCount()).isZero();
    assertThat(bench.read("t0").attempt()).isZero();
  }
}
