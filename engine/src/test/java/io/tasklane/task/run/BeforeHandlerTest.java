package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.time.Ticker;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown between the claim of a task and its handler fails that attempt alone. */
@Timeout(60)
class BeforeHandlerTest {
  private final RunBench bench = new RunBench();
  private final Thread runs = Thread.currentThread();
  private Throwable fault;
  private int step;
  private int failing;
  private boolean handled;

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        IOException.class,
        StackOverflowError.class,
        AssertionError.class
      })
  void at_each_step_it_ends_the_attempt(Class<? extends Throwable> kind) throws Exception {
    fault = kind.getConstructor().newInstance();
    TaskRunner runner =
        bench.runner(
            run -> {
              handled = true;
              return Payload.json("{}");
            },
            new CompleteInput(Postgres.empty(), (type, input) -> step()),
            new FailingClock(),
            failingTicker());
    for (failing = 1; runAndSeeItFail(runner, kind); failing++) {
      assertThat(bench.watch.size()).as("runs that are watched").isZero();
    }
    assertThat(failing).as("steps that were made to fail").isGreaterThan(3);
  }

  /** False once all steps went well. */
  private boolean runAndSeeItFail(TaskRunner runner, Class<? extends Throwable> kind) {
    step = 0;
    handled = false;
    RunEnd end = runner.run(RunBench.dependent(failing)).end();
    if (handled) {
      assertThat(end).isInstanceOf(RunEnd.Succeeded.class);
      return false;
    }
    Failure failure = ((RunEnd.Failed) end).failure();
    assertThat(failure.code()).isEqualTo("UNEXPECTED");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRYABLE);
    assertThat(failure.message()).startsWith(kind.getSimpleName());
    assertThat(failure.stackTrace()).contains("prepareAndRun");
    return true;
  }

  @Test
  void a_database_that_throws_anything_ends_the_attempt() {
    Task task = RunBench.dependent(1);
    TaskRunner runner =
        bench.runner(
            run -> Payload.json("{}"),
            new CompleteInput(new Database(null, null), (type, input) -> {}),
            bench.clock,
            Ticker.SYSTEM);
    assertThat(((RunEnd.Failed) runner.run(task).end()).failure().code()).isEqualTo("UNEXPECTED");
  }

  @Test
  void a_database_that_is_away_releases_the_run() throws Exception {
    DataSource away = mock();
    TaskRunner runner =
        bench.runner(
            run -> Payload.json("{}"),
            new CompleteInput(new Database(away, away), (type, input) -> {}),
            bench.clock,
            Ticker.SYSTEM);
    RunEnd.Released end = (RunEnd.Released) runner.run(RunBench.dependent(1)).end();
    assertThat(end.failure().code()).isEqualTo("DATABASE_UNAVAILABLE");
    assertThat(end.backoff()).isEqualTo(Duration.ofSeconds(1));
  }

  private static DataSource mock() {
    return (DataSource)
        Proxy.newProxyInstance(
            BeforeHandlerTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              throw new SQLException("refused", "08001");
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, InternalError.class})
  void an_error_of_the_virtual_machine_leaves_the_runner(Class<? extends Throwable> kind)
      throws Exception {
    fault = kind.getConstructor().newInstance();
    failing = 1;
    TaskRunner runner =
        bench.runner(
            run -> Payload.json("{}"),
            new CompleteInput(Postgres.empty(), (type, input) -> step()),
            new FailingClock(),
            failingTicker());
    assertThatThrownBy(() -> runner.run(RunBench.dependent(1))).isInstanceOf(kind);
  }

  private Ticker failingTicker() {
    return () -> {
      step();
      return Ticker.SYSTEM.nanos();
    };
  }

  private void step() {
    if (Thread.currentThread() == runs && !handled && ++step == failing) {
      BeforeHandlerTest.<RuntimeException>sneak(refilled());
    }
  }

  private Throwable refilled() {
    fault.fillInStackTrace();
    return fault;
  }

  @SuppressWarnings("unchecked") // a checked exception that nothing here declares
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private final class FailingClock extends Clock {
    @Override
    public Instant instant() {
      step();
      return Instant.EPOCH;
    }

    @Override
    public ZoneId getZone() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
