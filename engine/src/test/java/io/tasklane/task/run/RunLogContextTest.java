package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.LogContext;
import io.tasklane.task.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What log records tell about the run in which they were written. */
class RunLogContextTest {
  private static final Logger OF_HANDLER = Logger.getLogger("a.handler.of.the.user");
  private static final Logger OF_RUNS = Logger.getLogger(LiveRun.class.getName());
  private static final Map<String, String> IDS =
      Map.of("task", "tasks/t7", "queue", "queues/Q", "attempt", "2");

  private final RunBench bench = new RunBench();
  private final Keeping keeping = new Keeping();

  @BeforeEach
  void listen() {
    OF_HANDLER.addHandler(keeping);
    OF_RUNS.addHandler(keeping);
    OF_RUNS.setLevel(Level.INFO);
    OF_HANDLER.setLevel(Level.INFO);
  }

  @AfterEach
  void deafen() {
    OF_HANDLER.removeHandler(keeping);
    OF_RUNS.removeHandler(keeping);
    OF_RUNS.setLevel(null);
    OF_HANDLER.setLevel(null);
  }

  @Test
  void a_handlers_own_logger_tells_task_queue_and_attempt_and_nothing_after_the_run() {
    TaskRunner runner =
        bench.runner(
            run -> {
              OF_HANDLER.info("at work");
              return Payload.json("{}");
            });
    runner.run(RunBench.task(7, RunBench.TYPE, "{}", 2));
    assertThat(keeping.seen).containsExactly(Map.entry("at work", IDS));
    assertThat(LogContext.ids()).isEmpty();
  }

  @Test
  void a_line_of_the_runs_log_stands_in_the_nodes_log_too_from_whatever_thread() {
    TaskRunner runner =
        bench.runner(
            run -> {
              Thread helper = new Thread(() -> run.log("from a helper"));
              helper.start();
              helper.join();
              return Payload.json("{}");
            });
    TaskRunner.Ran ran = runner.run(RunBench.task(7, RunBench.TYPE, "{}", 2));
    assertThat(keeping.seen).containsExactly(Map.entry("from a helper", IDS));
    assertThat(ran.log()).endsWith("from a helper");
  }

  @Test
  void a_handler_that_throws_leaves_no_ids_behind() {
    bench
        .runner(
            run -> {
              throw new IllegalStateException("no");
            })
        .run(RunBench.task(7, RunBench.TYPE, "{}", 2));
    assertThat(LogContext.ids()).isEmpty();
  }

  /** Keeps messages with the ids of their threads. */
  private static final class Keeping extends Handler {
    private final List<Map.Entry<String, Map<String, String>>> seen = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      seen.add(Map.entry(record.getMessage(), LogContext.ids()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
