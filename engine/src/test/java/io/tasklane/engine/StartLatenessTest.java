package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceService;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.PreemptedException;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever makes a task ready also wakes its queue: it does not wait for the look of every second.
 * The bound is generous; figures are printed.
 */
@Timeout(90)
class StartLatenessTest {
  private static final long MOST_MILLIS = 500;

  private final CountDownLatch go = new CountDownLatch(1);
  private EmbeddedBroker broker;
  private EngineBench bench;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    broker = new EmbeddedBroker();
    bench =
        new EngineBench(
            Postgres.empty(),
            folder,
            EngineBench.Surroundings.USUAL.withBroker(broker.url()),
            new EngineBench.Worker(this::work),
            EngineBench.queue("Q", QueuePolicy.STANDARD),
            EngineBench.queue("OTHER", QueuePolicy.STANDARD));
    bench.create(EngineBench.request("Q", "warm"), EngineBench.request("OTHER", "warm-too"));
    bench.await("warm", TaskState.SUCCEEDED);
    bench.await("warm-too", TaskState.SUCCEEDED);
  }

  @AfterEach
  void close() throws Exception {
    go.countDown();
    bench.close();
    broker.close();
  }

  private Payload work(Run run) throws Exception {
    String name = run.task().substring("tasks/".length());
    if (name.startsWith("fails") && run.attempt() < 3) {
      throw FailureException.retryAfter("DOWN", "the feed is down", Duration.ofMillis(300));
    }
    if (name.startsWith("holds")) {
      go.await(30, TimeUnit.SECONDS);
    }
    while (name.startsWith("long") && go.getCount() > 0) {
      if (run.preempted()) {
        throw new PreemptedException();
      }
      Thread.sleep(2);
    }
    return Payload.json("{}");
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void a_retry_starts_when_its_backoff_ends(Durability durability) {
    bench.order("Q", policy -> policy.with(durability));
    bench.create(EngineBench.request("Q", "fails"));
    bench.await("fails", TaskState.SUCCEEDED);
    for (int attempt = 2; attempt <= 3; attempt++) {
      long late =
          Postgres.number(
              bench.database,
              """
              SELECT extract(epoch FROM s.time - d.time) * 1000
              FROM task_event d JOIN task_event s ON s.task = d.task AND s.move = 2
              WHERE d.move = 5 AND s.attempt = %d
                AND d.time = (SELECT max(time) FROM task_event
                  WHERE move = 5 AND task = s.task AND time < s.time)"""
                  .formatted(attempt));
      print("retry " + attempt + " " + durability, late);
      assertThat(late).isLessThan(MOST_MILLIS);
    }
  }

  @Test
  void a_delayed_task_starts_when_its_time_has_come() {
    Instant at = Instant.now().plusMillis(400);
    bench.create(request("later", at(at)));
    assertThat(late("delay", started("later"), at)).isLessThan(MOST_MILLIS);
  }

  @Test
  void a_task_starts_when_what_it_needs_has_ended_in_another_queue() {
    bench.create(
        EngineBench.request("OTHER", "holds"),
        request("needs", StartConditions.after(List.of(Dependency.on("holds")))));
    bench.await("holds", TaskState.RUNNING);
    go.countDown();
    Task needed = bench.await("holds", TaskState.SUCCEEDED);
    assertThat(late("need met", started("needs"), needed.endTime().orElseThrow()))
        .isLessThan(MOST_MILLIS);
  }

  @Test
  void a_task_starts_when_a_resource_is_freed_in_another_queue() {
    join(
        bench
            .engine
            .services()
            .get(ResourceService.class)
            .create("feed", new ResourceLimits(1, 0, Duration.ZERO), change()));
    RunRules one = RunRules.holding(Map.of("feed", 1));
    bench.create(EngineBench.request("OTHER", "holds").withRules(one));
    bench.await("holds", TaskState.RUNNING);
    bench.create(EngineBench.request("Q", "waits").withRules(one));
    io.tasklane.time.Until.isTrue(
        "it is set aside",
        () -> Postgres.number(bench.database, "SELECT count(*) FROM task_aside") == 1);
    go.countDown();
    Task holder = bench.await("holds", TaskState.SUCCEEDED);
    assertThat(late("resource freed", started("waits"), holder.endTime().orElseThrow()))
        .isLessThan(MOST_MILLIS);
  }

  @Test
  void a_task_starts_when_its_queue_is_resumed() {
    bench.set("Q", QueueState.PAUSED);
    bench.create(EngineBench.request("Q", "paused"));
    bench.set("Q", QueueState.ACTIVE);
    Instant resumed = Instant.now();
    assertThat(late("queue resumed", started("paused"), resumed)).isLessThan(MOST_MILLIS);
  }

  @Test
  void a_preempted_task_starts_again_after_the_one_it_gave_way_to() {
    bench.create(
        EngineBench.request("Q", "long")
            .withPriority(new Priority(3))
            .withRules(RunRules.PREEMPTIBLE));
    bench.await("long", TaskState.RUNNING);
    bench.create(EngineBench.request("Q", "urgent").withPriority(new Priority(8)));
    Task urgent = bench.await("urgent", TaskState.SUCCEEDED);
    bench.await("long", TaskState.RUNNING);
    Instant again = bench.read("long").startTime().orElseThrow();
    assertThat(late("preempted", again, urgent.endTime().orElseThrow())).isLessThan(MOST_MILLIS);
  }

  private Instant started(String task) {
    return bench.await(task, TaskState.SUCCEEDED).startTime().orElseThrow();
  }

  private static long late(String what, Instant started, Instant ready) {
    long millis = Duration.between(ready, started).toMillis();
    print(what, millis);
    return millis;
  }

  private static void print(String what, long millis) {
    System.out.printf("late by: %s %d ms%n", what, millis);
  }

  private static TaskRequest request(String name, StartConditions start) {
    return EngineBench.request("Q", name).withStart(start);
  }

  private static StartConditions at(Instant time) {
    return new StartConditions(List.of(), Optional.of(time), Optional.empty());
  }

  private static <T> Change<T> change() {
    return new Change<>(
        new Caller("tester", ""), "test", Optional.empty(), new byte[0], done -> new byte[0]);
  }

  private static <T> void join(CompletionStage<Answer<T>> stage) {
    stage.toCompletableFuture().join();
  }
}
