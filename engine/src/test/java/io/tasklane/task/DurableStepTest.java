package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepState;
import io.tasklane.step.TaskStep;
import io.tasklane.task.run.TaskRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose result was kept does not run again, and each run gets the result of the first. */
class DurableStepTest {
  private static final Payload DONE = Payload.json("{}");
  private final StepBench bench = new StepBench();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    bench.close();
  }

  private Payload body(Run run, String name) throws Exception {
    return run.step(
        name,
        () -> {
          bodies.add(name);
          return Payload.json("\"" + name + " " + bodies.size() + "\"");
        });
  }

  private static Failure failure(RunEnd end) {
    return ((RunEnd.Failed) end).failure();
  }

  /** A run that was killed: its thread still hangs in its handler. */
  private CompletableFuture<TaskRunner.Ran> killed(
      Task task, StepBench.Work work, CountDownLatch go) throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CompletableFuture<TaskRunner.Ran> zombie =
        bench.start(
            task,
            run -> {
              work.handle(run);
              hangs.countDown();
              go.await();
              return body(run, "late");
            });
    hangs.await();
    bench.die();
    return zombie;
  }

  @Test
  void a_run_after_a_crash_gets_what_was_kept_and_the_dead_run_keeps_nothing_more()
      throws Exception {
    bench.store.create(bench.store.named("t", 5));
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<TaskRunner.Ran> zombie =
        killed(
            bench.claim(),
            run -> {
              body(run, "a");
              return body(run, "b");
            },
            go);
    List<String> results = new ArrayList<>();
    RunEnd end =
        bench.claimAndRun(
            run -> {
              results.add(body(run, "a").text());
              results.add(body(run, "b").text());
              results.add(body(run, "c").text());
              return DONE;
            });
    assertThat(end).isInstanceOf(RunEnd.Succeeded.class);
    assertThat(bodies).containsExactly("a", "b", "c");
    assertThat(results).containsExactly("\"a 1\"", "\"b 2\"", "\"c 3\"");
    go.countDown();
    assertThat(failure(zombie.get().end()).code()).isEqualTo("STALE_LEASE");
    assertThat(bench.steps.list("t")).extracting(TaskStep::name).containsExactly("a", "b", "c");
  }

  @Test
  void a_retry_gets_what_was_kept_and_runs_the_failed_step_again() {
    bench.store.create(bench.store.named("t", 5));
    StepBench.Work work =
        run -> {
          body(run, "a");
          run.step(
              "fails first",
              () -> {
                bodies.add("fails first");
                if (run.attempt() == 1) {
                  throw FailureException.retryable("DOWN", "it is down", null);
                }
                return DONE;
              });
          return DONE;
        };
    assertThat(failure(bench.claimAndRun(work)).code()).isEqualTo("DOWN");
    TaskStep failed = bench.step("t", "fails first");
    assertThat(failed.state()).isEqualTo(StepState.FAILED);
    assertThat(failed.failure().orElseThrow().message()).isEqualTo("it is down");
    assertThat(failed.attempt()).isEqualTo(1);
    bench.makeDue();
    assertThat(bench.claimAndRun(work)).isInstanceOf(RunEnd.Succeeded.class);
    assertThat(bodies).containsExactly("a", "fails first", "fails first");
    TaskStep done = bench.step("t", "fails first");
    assertThat(done.state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(done.failure()).isEmpty();
    assertThat(done.attempt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "[]", "false", "{}"})
  void a_result_that_says_nothing_is_kept_like_any_other(String json) {
    bench.store.create(bench.store.named("t", 5));
    bench.claim();
    bench.die();
    for (int i = 0; i < 2; i++) {
      assertThat(
              bench
                  .run(
                      bench.claim(),
                      run ->
                          run.step(
                              "s",
                              () -> {
                                bodies.add("s");
                                return Payload.json(json);
                              }))
                  .end())
          .isEqualTo(new RunEnd.Succeeded(Payload.json(json), List.of()));
      bench.die();
    }
    assertThat(bodies).hasSize(1);
  }

  @Test
  void a_step_that_leaves_nothing_is_kept_like_any_other() {
    bench.store.create(bench.store.named("t", 5));
    for (int i = 0; i < 2; i++) {
      bench.run(
          bench.claim(),
          run -> {
            Payload nothing =
                run.step(
                    "s",
                    () -> {
                      bodies.add("s");
                      return null;
                    });
            assertThat(nothing).isNull();
            return DONE;
          });
      bench.die();
    }
    assertThat(bodies).hasSize(1);
    assertThat(bench.step("t", "s").resultBytes()).isZero();
  }

  @Test
  void a_name_stands_for_one_step_also_from_another_thread() {
    bench.store.create(bench.store.named("t", 5));
    Failure failure =
        failure(
            bench.claimAndRun(
                run -> {
                  body(run, "a");
                  return CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return body(run, "a");
                            } catch (FailureException refused) {
                              throw refused;
                            } catch (Exception other) {
                              throw new AssertionError(other);
                            }
                          })
                      .handle(
                          (result, thrown) -> {
                            throw (FailureException) thrown.getCause();
                          })
                      .thenApply(nothing -> DONE)
                      .exceptionally(
                          thrown -> {
                            throw (FailureException) thrown.getCause();
                          })
                      .get();
                }));
    assertThat(bodies).containsExactly("a");
    assertThat(failure.message()).contains("\"a\" already", "in a loop");
  }

  @Test
  void new_code_asks_in_another_order_and_one_line_says_so() throws Exception {
    bench.store.create(bench.store.named("t", 5));
    killed(
        bench.claim(),
        run -> {
          body(run, "a");
          return body(run, "b");
        },
        new CountDownLatch(1));
    List<String> results = new ArrayList<>();
    TaskRunner.Ran ran =
        bench.run(
            bench.claim(),
            run -> {
              results.add(body(run, "x").text());
              results.add(body(run, "y").text());
              results.add(body(run, "b").text());
              results.add(body(run, "a").text());
              return DONE;
            });
    assertThat(bodies).containsExactly("a", "b", "x", "y");
    assertThat(results).containsExactly("\"x 3\"", "\"y 4\"", "\"b 2\"", "\"a 1\"");
    assertThat(ran.log().lines())
        .filteredOn(line -> line.contains("is new"))
        .singleElement()
        .asString()
        .contains("\"x\"", "[a, b]");
  }

  @Test
  void a_stale_token_is_refused_and_so_is_one_step_too_many() {
    bench.store.create(bench.store.named("t", 5));
    Task task = bench.claim();
    StepReport done = new StepReport.Succeeded(Optional.of(DONE), false, 2, Duration.ZERO);
    FencingToken stale = new FencingToken(task.fencingToken().value() - 1);
    assertThatThrownBy(() -> join(bench.steps.record("t", stale, "s", done)))
        .hasMessageContaining("no live lease of tasks/t has the fencing token");
    Postgres.run(
        bench.store.database,
        "INSERT INTO task_step (task, name, number, kind, state, attempt, token, start_time)"
            + " SELECT "
            + task.id().value()
            + ", 'n' || n, n, 1, 3, 1, 1, now()"
            + " FROM generate_series(1, 1000) n");
    assertThat(failure(bench.run(task, run -> body(run, "one more")).end()).code())
        .isEqualTo("STEP_LIMIT");
    assertThat(bench.run(task, run -> run.step("n7", () -> DONE)).end())
        .as("a known one is no new one")
        .isInstanceOf(RunEnd.Failed.class);
  }

  private static void join(java.util.concurrent.CompletionStage<?> stage) throws Throwable {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failed.getCause();
    }
  }
}
