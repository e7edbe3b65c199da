package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import io.tasklane.timeout.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a cancel is forced is what its caller said, whatever the task's type is called. */
@Timeout(60)
class ForcedCancelTest {
  private static final long LONGER_THAN_A_LOOK = 300;
  @TempDir private Path folder;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile boolean interrupted;

  @ParameterizedTest
  @CsvSource({"force,false", "force,true", "cancel,false", "cancel,true"})
  void a_handler_is_interrupted_at_once_by_a_forced_cancel_alone(String type, boolean force) {
    EngineBench.Worker worker = new EngineBench.Worker(type, this::work);
    try (EngineBench bench =
        new EngineBench(
            Postgres.empty(),
            folder,
            EngineBench.Surroundings.USUAL,
            worker,
            EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(TaskRequest.of("Q", type, Payload.json("{}")).withTaskId("t"));
      Until.isTrue("the handler runs", () -> begun.getCount() == 0);
      bench.cancel("t", force);
      Until.isTrue("it has ended", () -> bench.read("t").state().isFinal());
      assertThat(interrupted).isEqualTo(force);
    }
  }

  @Test
  void a_second_cancel_by_force_interrupts_during_the_grace_of_the_first() {
    EngineBench.Worker worker = new EngineBench.Worker("wait", this::waitForTheInterrupt);
    try (EngineBench bench =
        new EngineBench(
            Postgres.empty(),
            folder,
            EngineBench.Surroundings.USUAL,
            worker,
            EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(TaskRequest.of("Q", "wait", Payload.json("{}")).withTaskId("t"));
      Until.isTrue("the handler runs", () -> begun.getCount() == 0);
      bench.cancel("t", false);
      Until.isTrue("the handler is told", () -> told.getCount() == 0);
      assertThat(interrupted).isFalse();
      long second = System.nanoTime();
      bench.cancel("t", true);
      Until.isTrue("it is interrupted before its grace is over", () -> interrupted);
      bench.await("t", TaskState.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - second))
          .isLessThan(Timeouts.DEFAULT_CANCEL_GRACE.dividedBy(2));
    }
  }

  private Payload waitForTheInterrupt(Run run) throws InterruptedException {
    begun.countDown();
    try {
      while (true) {
        Thread.sleep(1);
        if (run.cancelled()) {
          told.countDown();
        }
      }
    } catch (InterruptedException atOnce) {
      interrupted = true;
      throw atOnce;
    }
  }

  private Payload work(Run run) throws InterruptedException {
    begun.countDown();
    try {
      while (!run.cancelled()) {
        Thread.sleep(1);
      }
      Thread.sleep(LONGER_THAN_A_LOOK);
    } catch (InterruptedException atOnce) {
      interrupted = true;
      throw atOnce;
    }
    return Payload.json("{}");
  }
}
