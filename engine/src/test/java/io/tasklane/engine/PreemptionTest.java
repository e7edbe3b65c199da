package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.PreemptedException;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preemptible run gives way to a waiting task of higher priority, and goes on later. */
class PreemptionTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch go = new CountDownLatch(1);
  private final ThrowingDatabase throwing = new ThrowingDatabase(Postgres.empty());
  @TempDir private Path folder;
  private EngineBench bench;

  @BeforeEach
  void start() {
    bench =
        new EngineBench(
            throwing.database(), folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD));
  }

  @AfterEach
  void close() {
    go.countDown();
    bench.close();
  }

  /** Runs until it is asked to give way, or may end; goes on from where it was. */
  private Payload work(Run run) throws InterruptedException {
    String name = run.task().substring("tasks/".length());
    seen.add(name + run.savedCheckpoint().map(Payload::text).orElse(""));
    if (name.equals("long")) {
      while (go.getCount() > 0) {
        if (run.preempted()) {
          run.checkpoint(Payload.json("{\"step\":7}"));
          throw new PreemptedException();
        }
        Thread.sleep(5);
      }
    }
    return Payload.json("{}");
  }

  private static TaskRequest request(String name, int priority, RunRules rules) {
    return EngineBench.request("Q", name).withPriority(new Priority(priority)).withRules(rules);
  }

  @Test
  void a_preemptible_run_gives_way_and_resumes_from_its_checkpoint_without_using_an_attempt() {
    bench.create(request("long", 3, RunRules.PREEMPTIBLE));
    bench.await("long", TaskState.RUNNING);
    bench.create(request("urgent", 8, RunRules.NONE));
    bench.await("urgent", TaskState.SUCCEEDED);
    bench.await("long", TaskState.RUNNING);
    Until.isTrue("it runs again", () -> seen.size() == 3);
    go.countDown();
    Task ended = bench.await("long", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("long", "urgent", "long{\"step\":7}");
    assertThat(ended.attempt()).isOne();
    assertThat(ended.lostCount()).isZero();
    assertThat(
            Postgres.number(
                bench.database, "SELECT count(*) FROM task_event WHERE move = 17 AND to_state = 3"))
        .isOne();
    assertThat(
            Postgres.number(
                bench.database,
                "SELECT count(*) FROM task_event WHERE data = 'tasks/urgent' AND move = 17"))
        .as("the event names what it gave way to")
        .isOne();
    assertThat(
            Postgres.number(
                bench.database,
                "SELECT count(*) FROM task_attempt WHERE log LIKE '%Z preempted by tasks/urgent'"))
        .as("and so does the log of the attempt")
        .isOne();
  }

  @Test
  void a_look_that_throws_is_followed_by_others() {
    bench.create(request("long", 3, RunRules.PREEMPTIBLE));
    bench.await("long", TaskState.RUNNING);
    throwing.breakNext(
        2, "SELECT id, order_key FROM task", () -> new StackOverflowError("injected"));
    Until.isTrue("two looks have failed", () -> throwing.thrown() == 2);
    bench.create(request("urgent", 8, RunRules.NONE));
    bench.await("urgent", TaskState.SUCCEEDED);
    go.countDown();
    bench.await("long", TaskState.SUCCEEDED);
  }

  @Test
  void a_preemptible_run_does_not_give_way_to_its_equals() throws Exception {
    bench.create(request("long", 5, RunRules.PREEMPTIBLE));
    bench.await("long", TaskState.RUNNING);
    bench.create(request("equal", 5, RunRules.NONE));
    Thread.sleep(600); // three looks; a run that was asked would have stopped by then
    assertThat(bench.read("long").state()).isEqualTo(TaskState.RUNNING);
    go.countDown();
    bench.await("equal", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("long", "equal");
  }

  @Test
  void any_other_run_goes_on_and_the_task_of_higher_priority_is_next() throws Exception {
    bench.create(request("long", 1, RunRules.NONE));
    bench.await("long", TaskState.RUNNING);
    bench.create(request("low", 2, RunRules.NONE), request("urgent", 10, RunRules.NONE));
    Thread.sleep(600);
    assertThat(bench.read("long").state()).isEqualTo(TaskState.RUNNING);
    go.countDown();
    bench.await("low", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("long", "urgent", "low");
  }
}
