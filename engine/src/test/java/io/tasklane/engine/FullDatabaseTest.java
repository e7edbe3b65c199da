package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.database.Postgres;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that has no room for what is written. */
class FullDatabaseTest {
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger starts = new AtomicInteger();
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void creates_are_refused_and_what_has_run_is_completed_once_there_is_room(Durability durability) {
    EngineBench bench =
        new EngineBench(
            folder,
            run -> {
              starts.incrementAndGet();
              go.await();
              return Payload.json("{\"ok\":true}");
            },
            EngineBench.queue("Q", QueuePolicy.STANDARD.with(durability)));
    try {
      bench.create(EngineBench.request("Q", "runs"));
      Until.isTrue("it has begun", () -> starts.get() == 1);
      fill(bench);
      assertThatThrownBy(() -> bench.create(EngineBench.request("Q", "new")))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.sort()).isEqualTo(Refusal.Sort.UNAVAILABLE);
                assertThat(refusal.reason().name()).isEqualTo("DATABASE_FULL");
              });
      long before = refused(bench);
      go.countDown();
      Until.isTrue("its settlement is refused", () -> refused(bench) > before);
      assertThat(bench.read("runs").state()).isEqualTo(TaskState.RUNNING);
      Postgres.run(bench.database, "DROP TRIGGER full_disk ON task_event");
      Task ended = bench.await("runs", TaskState.SUCCEEDED);
      assertThat(ended.result().orElseThrow().text()).contains("ok");
      assertThat(ended.attempt()).isOne();
      assertThat(starts).hasValue(1);
    } finally {
      bench.close();
    }
  }

  /** From now on PostgreSQL says of every event that it has no room for it, and counts. */
  private static void fill(EngineBench bench) {
    Postgres.run(
        bench.database,
        """
        CREATE SEQUENCE refused;
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            PERFORM nextval('refused');
            RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device';
          END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON task_event FOR EACH STATEMENT
          EXECUTE FUNCTION full_disk();
        """);
  }

  private static long refused(EngineBench bench) {
    return Postgres.number(bench.database, "SELECT last_value FROM refused");
  }
}
