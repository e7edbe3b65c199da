package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.database.Postgres;
import io.tasklane.step.StepState;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.UpdateTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that sleeps can be changed like one that waits, and its time does not move. */
class SuspendedTaskTest {
  private static final Payload DONE = Payload.json("{}");
  private final StepBench bench = new StepBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private RunEnd sleep(Duration duration) {
    return bench.claimAndRun(
        run -> {
          run.sleep("s", duration);
          return DONE;
        });
  }

  private Task update(TaskUpdate.Field field) {
    TaskUpdate change =
        new TaskUpdate(
            EnumSet.of(field),
            new Priority(9),
            Optional.of(Instant.now().plusSeconds(7)),
            Optional.empty(),
            Map.of());
    return StoreBench.get(
        bench.store.committer.submit(
            bench.store.updates,
            new UpdateTasks.Update("t", OptionalInt.empty(), change, "tester")));
  }

  @Test
  void a_new_priority_counts_and_a_new_time_is_refused() {
    bench.store.create(bench.store.named("t", 5));
    sleep(Duration.ofHours(1));
    Instant due = bench.store.read("t").nextAttemptTime().orElseThrow();
    Task changed = update(TaskUpdate.Field.PRIORITY);
    assertThat(changed.priority().value()).isEqualTo(9);
    assertThat(changed.state()).isEqualTo(TaskState.SCHEDULED);
    assertThat(changed.nextAttemptTime()).contains(due);
    assertThatThrownBy(() -> update(TaskUpdate.Field.RUN_AFTER_TIME))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("started");
  }

  @Test
  void a_node_that_was_away_over_the_end_of_a_sleep_goes_on_at_once() {
    bench.store.create(bench.store.named("t", 5));
    sleep(Duration.ofHours(1));
    Instant due = bench.step("t", "s").due().orElseThrow();
    bench.makeDue(); // as after a move of the task by hand: the step decides
    assertThat(sleep(Duration.ofHours(1))).isInstanceOf(RunEnd.Suspended.class);
    assertThat(bench.step("t", "s").due()).as("counted from the first call").contains(due);
    Postgres.run(bench.store.database, "UPDATE task_step SET due = now() - interval '5 s'");
    bench.makeDue();
    assertThat(sleep(Duration.ofHours(1))).isInstanceOf(RunEnd.Succeeded.class);
    assertThat(bench.step("t", "s").state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(bench.store.read("t").attempt()).isEqualTo(1);
  }

  @Test
  void a_sleep_with_the_name_of_a_body_is_refused() {
    bench.store.create(bench.store.named("t", 5));
    bench.run(bench.claim(), run -> run.step("s", () -> DONE));
    bench.die();
    RunEnd.Failed end = (RunEnd.Failed) sleep(Duration.ofHours(1));
    assertThat(end.failure().code()).isEqualTo("STEP_KIND");
    assertThat(end.failure().kind()).isEqualTo(Failure.Kind.PERMANENT);
  }

  @Test
  void steps_on_three_threads_are_done_once_each() throws Exception {
    bench.store.create(bench.store.named("t", 5));
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch two = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    bench.start(
        bench.claim(),
        run -> {
          parallel(run, List.of("a", "b"), bodies).forEach(done -> done.thenRun(two::countDown));
          never.await();
          return DONE;
        });
    two.await();
    bench.die();
    RunEnd end =
        bench.claimAndRun(
            run -> {
              parallel(run, List.of("c", "b", "a"), bodies).forEach(CompletableFuture::join);
              return DONE;
            });
    assertThat(end).isInstanceOf(RunEnd.Succeeded.class);
    assertThat(bodies).containsExactlyInAnyOrder("a", "b", "c");
  }

  private static List<CompletableFuture<Payload>> parallel(
      Run run, List<String> names, List<String> bodies) {
    return names.stream()
        .map(
            name ->
                CompletableFuture.supplyAsync(
                    () -> {
                      try {
                        return run.step(
                            name,
                            () -> {
                              bodies.add(name);
                              return DONE;
                            });
                      } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                      }
                    }))
        .toList();
  }
}
