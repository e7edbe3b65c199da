package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.UserJson;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
import io.tasklane.task.state.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task whose input cannot be put together fails alone: its queue goes on. */
@Timeout(60)
class UnreadableInputTest {
  private static final QueueSettings QUEUE =
      new QueueSettings(
          "Q",
          QueuePolicy.STANDARD,
          RetryPolicy.attempts(1),
          Duration.ofMinutes(5),
          Duration.ofHours(1));
  private static final Payload DONE = Payload.json("{}");
  @TempDir private Path folder;

  /** Results that a handler may return, and no dependent can be given. */
  private enum Unreadable {
    ONE_LEVEL_TOO_DEEP_WITHIN_THE_INPUT(nested(UserJson.MAX_NESTING));

    private final String json;

    Unreadable(String json) {
      this.json = json;
    }
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @ParameterizedTest
  @EnumSource(Unreadable.class)
  void a_result_that_cannot_be_handed_on_fails_its_dependent_for_good(Unreadable result) {
    try (EngineBench bench = bench(new EngineBench.Worker(run -> answer(run, result.json)))) {
      createWithDependent(bench);
      Task dependent = bench.await("dependent", TaskState.FAILED);
      Failure failure = dependent.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("INPUT_TOO_COMPLEX");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.PERMANENT);
      assertThat(failure.message()).contains("tasks/dependent");
      bench.await("next", TaskState.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1.10,1E+2,1E-9,12345678901234567890123,\"\u00e4\u20ac\"]", "true"})
  void a_result_is_handed_on_as_it_is_written(String result) {
    try (EngineBench bench = bench(new EngineBench.Worker(run -> answer(run, result)))) {
      createWithDependent(bench);
      Task dependent = bench.await("dependent", TaskState.SUCCEEDED);
      assertThat(dependent.result().orElseThrow().text())
          .isEqualTo("{\"own\":1.50,\"needed\":" + result + "}");
    }
  }

  @Test
  void the_deepest_result_that_is_allowed_is_handed_on() {
    String result = nested(UserJson.MAX_NESTING - 1);
    try (EngineBench bench = bench(new EngineBench.Worker(run -> answer(run, result)))) {
      createWithDependent(bench);
      bench.await("dependent", TaskState.SUCCEEDED);
    }
  }

  @Test
  void an_error_between_claim_and_handler_is_the_failure_of_the_attempt() {
    try (EngineBench bench = bench(new TypeThatThrows())) {
      createWithDependent(bench);
      Failure failure = bench.await("dependent", TaskState.FAILED).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("UNEXPECTED");
      assertThat(failure.message()).isEqualTo("StackOverflowError: on the way to the handler");
      bench.await("next", TaskState.SUCCEEDED);
    }
  }

  private EngineBench bench(TaskHandler handler) {
    return new EngineBench(
        Postgres.empty(), folder, EngineBench.Surroundings.USUAL, handler, QUEUE);
  }

  private static Payload answer(Run run, String result) {
    return run.task().equals("tasks/needed") ? Payload.json(result) : run.input();
  }

  private static void createWithDependent(EngineBench bench) {
    Dependency needed =
        new Dependency("needed", DependencyPolicy.ON_SUCCESS, Optional.of("needed"));
    bench.create(EngineBench.request("Q", "needed"));
    bench.create(
        TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{\"own\":1.50}"))
            .withTaskId("dependent")
            .withStart(StartConditions.after(List.of(needed))));
    bench.await("needed", TaskState.SUCCEEDED);
    bench.create(EngineBench.request("Q", "next"));
  }

  /** Once it has run, it cannot even tell the schema that a completed input is checked against. */
  private static final class TypeThatThrows implements TaskHandler {
    private final TaskHandler usual = new EngineBench.Worker(run -> DONE);
    private volatile boolean hasRun;

    @Override
    public TaskType type() {
      boolean isRunning = Thread.currentThread().getName().startsWith("tasklane-queue-");
      if (isRunning && hasRun && isCheckingInput()) {
        throw new StackOverflowError("on the way to the handler");
      }
      return usual.type();
    }

    private static boolean isCheckingInput() {
      return StackWalker.getInstance()
          .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("checkComplete")));
    }

    @Override
    public Payload handle(Run run) throws Exception {
      hasRun = true;
      return usual.handle(run);
    }
  }
}
