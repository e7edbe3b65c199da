package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.task.RunEnd;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run that nobody stopped ends. */
class RunEndTest {
  private final RunBench bench = new RunBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_result_of_256_kib_is_kept_and_a_byte_more_fails_for_good() {
    assertThat(end(run -> new Payload("x/y", new byte[Payload.MAX_BYTES])))
        .isInstanceOf(RunEnd.Succeeded.class);
    Failure failure = failure(run -> new Payload("x/y", new byte[Payload.MAX_BYTES + 1]));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PERMANENT);
    assertThat(failure.code()).isEqualTo("RESULT_INVALID");
    assertThat(failure.message()).contains("262145 bytes").contains("at most 262144");
  }

  @Test
  void no_result_fails_for_good() {
    assertThat(failure(run -> null).code()).isEqualTo("RESULT_INVALID");
  }

  @Test
  void an_unknown_type_is_tried_again_for_a_node_that_knows_it_may_come() {
    RunEnd end =
        bench.runner(run -> Payload.json("{}")).run(RunBench.task(1, "unheard-of", "{}", 1)).end();
    Failure failure = ((RunEnd.Failed) end).failure();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRYABLE);
    assertThat(failure.code()).isEqualTo("NO_HANDLER");
    assertThat(failure.message()).contains("unheard-of");
  }

  @Test
  void what_it_reported_last_is_left_to_the_completion() {
    TaskRunner.Ran ran =
        bench
            .runner(
                run -> {
                  run.progress(1, 2, "", "");
                  run.progress(2, 2, "", "");
                  return Payload.json("{}");
                })
            .run(RunBench.task(1));
    assertThat(ran.progress()).map(Progress::completedUnits).contains(2L);
  }

  @Test
  void an_error_of_a_handler_is_a_failure_like_any_other_with_its_trace() {
    Failure failure =
        failure(
            run -> {
              throw new StackOverflowError("too deep");
            });
    assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRYABLE);
    assertThat(failure.code()).isEqualTo("UNEXPECTED");
    assertThat(failure.message()).isEqualTo("StackOverflowError: too deep");
    assertThat(failure.stackTrace()).contains("at " + RunEndTest.class.getName());
  }

  @Test
  void a_handler_says_what_kind_of_failure_it_met() {
    RunEnd.Failed later =
        (RunEnd.Failed)
            end(
                run -> {
                  throw FailureException.retryAfter("BUSY", "later", Duration.ofSeconds(9));
                });
    assertThat(later.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE);
    assertThat(later.retryDelay()).contains(Duration.ofSeconds(9));
    Failure never =
        failure(
            run -> {
              throw FailureException.permanent("BAD_KEY", "refused");
            });
    assertThat(never.kind()).isEqualTo(Failure.Kind.PERMANENT);
    assertThat(never.code()).isEqualTo("BAD_KEY");
  }

  @Test
  void children_are_created_by_a_success_and_by_nothing_else() {
    TaskRequest child = TaskRequest.of("Q", "t", Payload.json("{}"));
    RunEnd done =
        end(
            run -> {
              assertThat(run.createTask(child)).isEqualTo("tasks/child");
              return Payload.json("{}");
            });
    assertThat(((RunEnd.Succeeded) done).children()).containsExactly(child.withTaskId("child"));
  }

  @Test
  void events_are_published_by_a_success_and_by_nothing_else() {
    RunEnd done =
        end(
            run -> {
              run.publish(event("{\"price\":1}"));
              return Payload.json("{}");
            });
    assertThat(((RunEnd.Succeeded) done).events()).containsExactly(event("{\"price\":1}"));
    assertThat(
            failure(
                run -> {
                  run.publish(event("{}"));
                  throw new IllegalStateException("after it");
                }))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{", "{} {}", "\"text\""})
  void data_of_an_event_that_is_no_json_object_is_the_handlers_fault(String data) {
    assertThat(
            failure(
                    run -> {
                      run.publish(event(data));
                      return Payload.json("{}");
                    })
                .message())
        .contains("data of an event must be a JSON object");
  }

  @Test
  void a_run_publishes_500_events_and_not_one_more() {
    assertThat(((RunEnd.Succeeded) end(run -> publish(run, 500, "{}"))).events()).hasSize(500);
    assertThat(failure(run -> publish(run, 501, "{}")).message()).contains("500 events");
    String large = "{\"a\":\"" + "x".repeat(262_000) + "\"}";
    assertThat(failure(run -> publish(run, 17, large)).message()).contains("4194304 bytes in all");
  }

  private static Payload publish(Run run, int count, String data) {
    for (int i = 0; i < count; i++) {
      run.publish(event(data));
    }
    return Payload.json("{}");
  }

  private static Publication event(String data) {
    return new Publication("market.news", "symbols/AAPL", Payload.json(data));
  }

  @Test
  void the_log_keeps_its_last_64_kib() {
    TaskRunner.Ran ran =
        bench
            .runner(
                run -> {
                  for (int line = 1; line <= 5_000; line++) {
                    run.log("line " + line + " of the work");
                  }
                  return Payload.json("{}");
                })
            .run(RunBench.task(1));
    assertThat(ran.log())
        .startsWith("2026-03-04T09:00:00Z line ")
        .endsWith("line 5000 of the work");
    assertThat(ran.log().length()).isBetween(65_000, 65_536);
  }

  @Test
  void two_handlers_of_one_type_are_refused() {
    assertThatThrownBy(
            () -> new Handlers(List.of(SystemTypes.all().get(0), SystemTypes.all().get(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serve the task type system.noop");
  }

  private RunEnd end(RunBench.Work work) {
    return bench.runner(work).run(RunBench.task(1)).end();
  }

  private Failure failure(RunBench.Work work) {
    return ((RunEnd.Failed) end(work)).failure();
  }
}
