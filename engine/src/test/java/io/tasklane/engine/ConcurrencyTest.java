package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue runs as many tasks at once as it says, and no more, whatever it says next. */
class ConcurrencyTest {
  private static final Payload DONE = Payload.json("{}");
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore ends = new Semaphore(0);
  @TempDir private Path folder;
  private EngineBench bench;

  private void start(int runs) {
    bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.concurrently(runs)));
  }

  @AfterEach
  void close() {
    ends.release(10_000);
    bench.close();
  }

  private Payload work(Run run) throws InterruptedException {
    running.add(run.task());
    most.accumulateAndGet(running.size(), Math::max);
    try {
      ends.acquire();
    } finally {
      running.remove(run.task());
    }
    return DONE;
  }

  private void create(int count) {
    bench.create(
        IntStream.range(0, count)
            .mapToObj(i -> EngineBench.request("Q", "t" + i))
            .toArray(TaskRequest[]::new));
  }

  private void awaitRuns(int count) {
    Until.isTrue(count + " run at once, not " + running, () -> running.size() == count);
  }

  private long leases() {
    return Postgres.number(bench.database, "SELECT count(*) FROM task_lease");
  }

  @Test
  void never_more_run_at_once_than_the_queue_says() {
    start(3);
    create(40);
    awaitRuns(3);
    for (int i = 0; i < 40; i++) {
      assertThat(leases()).isLessThanOrEqualTo(3);
      ends.release();
    }
    IntStream.range(0, 40).forEach(i -> bench.await("t" + i, TaskState.SUCCEEDED));
    assertThat(most).hasValue(3);
    assertThat(running).isEmpty();
  }

  @Test
  void more_start_at_once_when_the_number_is_raised_while_a_task_runs() {
    start(1);
    create(6);
    awaitRuns(1);
    bench.order("Q", policy -> policy.withConcurrency(4));
    awaitRuns(4);
    assertThat(leases()).isEqualTo(4);
  }

  @Test
  void a_task_that_comes_while_the_owner_itself_runs_another_finds_the_slot() {
    start(1);
    create(1);
    awaitRuns(1);
    bench.order("Q", policy -> policy.withConcurrency(2));
    bench.create(EngineBench.request("Q", "late"));
    awaitRuns(2);
    assertThat(running).contains("tasks/late");
  }

  @Test
  void what_runs_goes_on_when_the_number_is_lowered_and_nothing_starts_before_there_is_room() {
    start(4);
    create(10);
    awaitRuns(4);
    bench.order("Q", policy -> policy.withConcurrency(2));
    assertThat(running).hasSize(4);
    ends.release(2);
    awaitRuns(2);
    Until.isTrue("two leases are left", () -> leases() == 2);
    ends.release();
    Until.isTrue(
        "another one runs",
        () ->
            Postgres.number(bench.database, "SELECT count(*) FROM task WHERE state = 8") == 3
                && running.size() == 2);
    assertThat(leases()).isEqualTo(2);
  }

  @Test
  void a_slot_is_free_only_when_its_handler_has_returned() {
    start(2);
    create(3);
    awaitRuns(2);
    String one = running.iterator().next().substring("tasks/".length());
    bench.cancel(one);
    assertThat(bench.read(one).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(running).hasSize(2).contains("tasks/" + one);
    assertThat(leases()).isEqualTo(2);
    assertThat(most).hasValue(2);
  }
}
