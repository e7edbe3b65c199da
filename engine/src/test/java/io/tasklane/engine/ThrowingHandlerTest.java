package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Postgres;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.SystemService;
import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a handler throws or leaves, its attempt ends by the rules and its queue goes on. */
@Timeout(90)
class ThrowingHandlerTest {
  private final AtomicInteger nodeEnds = new AtomicInteger();
  private final AtomicInteger away = new AtomicInteger();
  @TempDir private Path folder;

  /** What the handler of the first task does, and the code of the failure. */
  private enum Deed {
    THROWS_AN_ERROR("UNEXPECTED") {
      @Override
      Payload on(Run run) {
        throw new AssertionError("thrown");
      }
    },
    OVERFLOWS_ITS_STACK("UNEXPECTED") {
      @Override
      Payload on(Run run) {
        return on(run);
      }
    },
    THROWS_WHAT_CANNOT_BE_DESCRIBED("UNEXPECTED") {
      @Override
      Payload on(Run run) {
        throw new Evil();
      }
    },
    ASKS_FOR_A_DELAY_BEYOND_ALL_NUMBERS("RESULT_NOT_STORABLE") {
      @Override
      Payload on(Run run) {
        throw FailureException.retryAfter("LATER", "wait", Duration.ofSeconds(Long.MAX_VALUE));
      }
    },
    CREATES_A_CHILD_WITHOUT_A_QUEUE("CHILD_REFUSED") {
      @Override
      Payload on(Run run) {
        run.createTask(TaskRequest.of("NONE", EngineBench.TYPE, Payload.json("{}")));
        return Payload.json("{}");
      }
    },
    CREATES_A_CHILD_THAT_CANNOT_BE_STORED("RESULT_NOT_STORABLE") {
      @Override
      Payload on(Run run) {
        run.createTask(
            TaskRequest.of("Q", EngineBench.TYPE, new Payload("text/\u0000", new byte[0])));
        return Payload.json("{}");
      }
    },
    RETURNS_NOTHING("RESULT_INVALID") {
      @Override
      Payload on(Run run) {
        return null;
      }
    },
    CREATES_A_CHILD_WITH_A_LABEL_THAT_IS_NOT_ALLOWED("CHILD_REFUSED") {
      @Override
      Payload on(Run run) {
        run.createTask(
            TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{}"))
                .withLabels(Map.of("k\u0000", "v")));
        return Payload.json("{}");
      }
    };

    private final String code;

    Deed(String code) {
      this.code = code;
    }

    abstract Payload on(Run run);
  }

  private static final class Evil extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw this;
    }
  }

  private EngineBench bench(EngineBench.Work work, Durability durability, int attempts) {
    QueueSettings queue =
        new QueueSettings(
            "Q",
            QueuePolicy.STANDARD.with(durability),
            RetryPolicy.attempts(attempts),
            Duration.ofMinutes(5),
            Duration.ofHours(1));
    return new EngineBench(
        Postgres.empty(),
        folder,
        EngineBench.Surroundings.USUAL.withEnd(nodeEnds::incrementAndGet),
        new EngineBench.Worker(work),
        queue);
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void its_task_fails_and_the_next_runs(Deed deed) {
    try (EngineBench bench =
        bench(
            run -> run.task().equals("tasks/bad") ? deed.on(run) : Payload.json("{}"),
            deed.ordinal() % 2 == 0 ? Durability.EACH : Durability.GROUPED,
            deed == Deed.ASKS_FOR_A_DELAY_BEYOND_ALL_NUMBERS ? 2 : 1)) {
      bench.create(EngineBench.request("Q", "bad"), EngineBench.request("Q", "next"));
      Failure failure = bench.await("bad", TaskState.FAILED).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(deed.code);
      bench.await("next", TaskState.SUCCEEDED);
      assertThat(nodeEnds).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void an_error_of_the_virtual_machine_ends_the_node(Durability durability) {
    try (EngineBench bench =
        bench(
            run -> {
              throw new InternalError("a fault in a memory access");
            },
            durability,
            1)) {
      bench.create(EngineBench.request("Q", "bad"));
      Until.isTrue("the node ends", () -> nodeEnds.get() > 0);
      assertThat(bench.read("bad").state())
          .as("its lease will be lost")
          .isEqualTo(TaskState.RUNNING);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RefusalReason.class,
      names = {"STORAGE_UNAVAILABLE", "DATABASE_UNAVAILABLE", "DATABASE_FULL"})
  void a_run_that_cannot_reach_what_is_ours_is_released_and_uses_no_attempt(RefusalReason part) {
    try (EngineBench bench =
        bench(
            run -> {
              if (run.task().equals("tasks/bad") && away.incrementAndGet() < 3) {
                Refusal why = Refusal.unavailable(part, "it is away");
                throw FailureException.retryable("OWN_CODE", why.getMessage(), why);
              }
              return Payload.json("{}");
            },
            Durability.EACH,
            1)) {
      bench.create(EngineBench.request("Q", "bad"), EngineBench.request("Q", "next"));
      Task waiting = bench.await("bad", TaskState.RETRY_WAIT);
      assertThat(waiting.attempt()).isZero();
      assertThat(waiting.failure().orElseThrow().code()).isEqualTo(part.name());
      bench.await("next", TaskState.SUCCEEDED);
      SystemService system = bench.engine.services().get(SystemService.class);
      if (part == RefusalReason.STORAGE_UNAVAILABLE) { // the next run has reached the database
        assertThat(system.faults()).anyMatch(fault -> fault.error().contains("it is away"));
      }
      Task done = bench.awaitWithTicks("bad", TaskState.SUCCEEDED);
      assertThat(done.attempt()).isOne();
      assertThat(away).hasValue(3);
    }
  }
}
