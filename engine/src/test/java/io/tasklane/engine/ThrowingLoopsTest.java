package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ComponentHealth;
import io.tasklane.database.Postgres;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.SystemService;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a loop of the engine meets, it goes on: the next task runs, and no thread is gone. */
@Timeout(120)
class ThrowingLoopsTest {
  private static final int TIMES = 3;

  /** What fails anyway, because the engine of the test has no broker. */
  private static final Set<String> WITHOUT_BROKER =
      Set.of("ready signals", "event topic", "messages to other nodes", "messages of other nodes");

  @TempDir private Path folder;

  /** What a loop reads or writes, and what is thrown at it there. */
  private enum Place {
    DISPATCH_CLAIM("FROM task_ready", Kind.STACK_OVERFLOW, Durability.EACH),
    DISPATCH_CLAIM_OF_GROUPS("FROM task_ready", Kind.UNCHECKED, Durability.GROUPED),
    COMPLETION("DELETE FROM task_lease", Kind.UNCHECKED, Durability.EACH),
    COMPLETION_OF_GROUPS("DELETE FROM task_lease", Kind.STACK_OVERFLOW, Durability.GROUPED),
    OWNERSHIP("FROM queue q JOIN queue_owner", Kind.STACK_OVERFLOW, Durability.EACH),
    EVENT_TAIL("FROM task_event", Kind.ASSERTION, Durability.EACH),
    NODE_LEASE("UPDATE node_lease", Kind.STACK_OVERFLOW, Durability.EACH),
    DUE_WORK("FROM task_due", Kind.LINKAGE, Durability.EACH),
    ORPHANED_RUNS("SELECT task, token, queue FROM task_lease", Kind.UNCHECKED, Durability.EACH);

    private final String statement;
    private final Kind kind;
    private final Durability durability;

    Place(String statement, Kind kind, Durability durability) {
      this.statement = statement;
      this.kind = kind;
      this.durability = durability;
    }
  }

  private enum Kind {
    UNCHECKED(() -> new IllegalStateException("injected")),
    STACK_OVERFLOW(() -> new StackOverflowError("injected")),
    ASSERTION(() -> new AssertionError("injected")),
    LINKAGE(() -> new NoClassDefFoundError("injected"));

    private final Supplier<Throwable> made;

    Kind(Supplier<Throwable> made) {
      this.made = made;
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void a_throw_stops_no_queue(Place place) {
    ThrowingDatabase throwing = new ThrowingDatabase(Postgres.empty());
    try (EngineBench bench =
        new EngineBench(
            throwing.database(), folder, ThrowingLoopsTest::workOnce, queue(place.durability))) {
      bench.create(EngineBench.request("Q", "before"));
      bench.await("before", TaskState.SUCCEEDED);
      throwing.breakNext(TIMES, place.statement, place.kind.made);
      for (int i = 0; throwing.thrown() < TIMES; i++) {
        bench.tryToCreate("t" + i);
        bench.engine.tick();
      }
      bench.create(EngineBench.request("Q", "next"));
      bench.awaitWithTicks("next", TaskState.SUCCEEDED);
      SystemService system = bench.engine.services().get(SystemService.class);
      assertThat(system.engine().healthy()).as(system.engine().detail()).isTrue();
      Until.isTrue(
          "nothing of ours fails any more: " + system.faults(),
          () -> {
            bench.engine.tick();
            return system.faults().stream()
                .allMatch(fault -> WITHOUT_BROKER.contains(fault.work()));
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"OWNERSHIP", "EVENT_TAIL", "NODE_LEASE", "DUE_WORK"})
  void while_it_is_tried_again_health_says_what(Place place) {
    ThrowingDatabase throwing = new ThrowingDatabase(Postgres.empty());
    try (EngineBench bench =
        new EngineBench(
            throwing.database(), folder, ThrowingLoopsTest::workOnce, queue(place.durability))) {
      SystemService system = bench.engine.services().get(SystemService.class);
      throwing.breakNext(Integer.MAX_VALUE, place.statement, place.kind.made);
      Until.isTrue(
          "health names the error",
          () -> {
            bench.engine.tick();
            return system.faults().stream().anyMatch(fault -> fault.error().contains("injected"));
          });
      ComponentHealth health =
          system.status().stream()
              .filter(part -> part.component().equals("ongoing-faults"))
              .findFirst()
              .orElseThrow();
      assertThat(health.healthy()).isFalse();
      assertThat(health.data().values()).anyMatch(said -> said.contains("injected"));
      assertThat(system.figures().ongoingFaults()).isPositive();
      throwing.breakNext(0, "", place.kind.made);
      Until.isTrue(
          "it is over",
          () -> {
            bench.engine.tick();
            return system.faults().stream().noneMatch(fault -> fault.error().contains("injected"));
          });
    }
  }

  @Test
  void a_clean_up_of_artifacts_that_throws_is_reported_and_leaves_the_timer_alone() {
    ThrowingDatabase throwing = new ThrowingDatabase(Postgres.empty());
    try (EngineBench bench =
        new EngineBench(
            throwing.database(), folder, ThrowingLoopsTest::workOnce, queue(Durability.EACH))) {
      SystemService system = bench.engine.services().get(SystemService.class);
      throwing.breakNext(
          Integer.MAX_VALUE, "FROM artifact WHERE expire_time", Kind.STACK_OVERFLOW.made);
      bench.engine.cleanUp();
      assertThat(throwing.thrown()).isPositive();
      assertThat(system.faults())
          .anySatisfy(
              fault -> {
                assertThat(fault.work()).isEqualTo("removal of expired artifacts");
                assertThat(fault.error()).contains("injected");
              });
    }
  }

  private static Payload workOnce(Run run) {
    return Payload.json("{}");
  }

  private static QueueSettings queue(Durability durability) {
    return new QueueSettings(
        "Q",
        QueuePolicy.STANDARD.with(durability),
        RetryPolicy.DEFAULT,
        Duration.ofMinutes(5),
        Duration.ofHours(1));
  }
}
