package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.Postgres;
import io.tasklane.event.EventService;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.step.StepService;
import io.tasklane.step.StepState;
import io.tasklane.step.TaskStep;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.RequestedTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that sleeps or waits gives the slot back and keeps everything else. */
class SleepingStepTest {
  private static final Payload DONE = Payload.json("{}");
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path folder;
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore go = new Semaphore(0);
  private EngineBench bench;

  @BeforeEach
  void start() {
    bench = new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Payload work(Run run) throws Exception {
    String name = run.task().substring("tasks/".length());
    String kind = name.replaceAll("-.*", "");
    seen.add(name);
    switch (kind) {
      case "naps" -> {
        run.step("before", () -> note(name + " before"));
        run.sleep("nap", Duration.ofMillis(700));
        seen.add(name + " after");
      }
      case "rests" -> run.sleep("rest", Duration.ofSeconds(3));
      case "works" -> {
        run.step("first", () -> rest(700));
        run.sleep("nap", Duration.ofMillis(1500));
        rest(name.endsWith("long") ? 700 : 0);
      }
      case "sleeps" -> run.sleep("nap", LONG);
      case "swallows" -> swallow(run);
      case "awaits" -> seen.add(text(run.awaitEvent("e", "test.go", "event.data.n > 400", LONG)));
      case "times" -> seen.add(text(run.awaitEvent("e", "test.go", "", Duration.ofMillis(300))));
      case "faulty" -> run.awaitEvent("e", "test.go", "event.data.missing > 1", LONG);
      case "invalid" -> run.awaitEvent("e", "test.go", "event.", LONG);
      case "holds" -> go.acquire();
      default -> {
        // it is done at once
      }
    }
    return DONE;
  }

  private static Payload rest(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return null;
  }

  private Payload note(String what) {
    seen.add(what);
    return null;
  }

  /** A handler must not do this; the run is suspended all the same. */
  private static void swallow(Run run) {
    try {
      run.sleep("nap", Duration.ofMillis(300));
    } catch (Throwable swallowed) {
      run.log("goes on");
    }
  }

  private static String text(Optional<Payload> event) {
    return event.map(Payload::text).orElse("no event");
  }

  private TaskStep step(String task, String name) {
    return bench.engine.services().get(StepService.class).list(task).stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void publish(int n) {
    bench
        .engine
        .services()
        .get(EventService.class)
        .publish(
            List.of(
                new ExternalEvent(
                    new Publication("test.go", "s", Payload.json("{\"n\":" + n + "}")),
                    Optional.empty())),
            EngineBench.change())
        .toCompletableFuture()
        .join();
  }

  @Test
  void it_frees_the_slot_and_goes_on_in_the_same_attempt() {
    bench.create(EngineBench.request("Q", "naps"), EngineBench.request("Q", "next"));
    bench.awaitWithTicks("next", TaskState.SUCCEEDED);
    Task sleeping = bench.read("naps");
    assertThat(sleeping.state()).isEqualTo(TaskState.SCHEDULED);
    assertThat(sleeping.attempt()).isZero();
    assertThat(sleeping.nextAttemptTime()).isPresent();
    Task done = bench.awaitWithTicks("naps", TaskState.SUCCEEDED);
    assertThat(done.attempt()).isEqualTo(1);
    assertThat(seen).containsExactly("naps", "naps before", "next", "naps", "naps after");
    assertThat(step("naps", "nap").state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM task_event WHERE kind = 71"))
        .as("both steps have their event")
        .isEqualTo(2);
  }

  @Test
  void it_goes_on_before_newer_tasks_of_its_priority_and_after_more_urgent_ones() {
    bench.create(EngineBench.request("Q", "rests"));
    bench.awaitWithTicks("rests", TaskState.SCHEDULED);
    bench.create(EngineBench.request("Q", "holds"));
    bench.awaitWithTicks("holds", TaskState.RUNNING);
    bench.create(
        EngineBench.request("Q", "newer"),
        EngineBench.request("Q", "urgent").withPriority(new Priority(8)));
    bench.awaitWithTicks("rests", TaskState.QUEUED);
    go.release();
    bench.awaitWithTicks("newer", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("rests", "holds", "urgent", "rests", "newer");
  }

  @Test
  void it_keeps_the_turn_of_its_ordering_key() {
    bench.create(keyed("naps-1"), keyed("naps-2"));
    bench.awaitWithTicks("naps-2", TaskState.SUCCEEDED);
    assertThat(seen)
        .containsExactly(
            "naps-1",
            "naps-1 before",
            "naps-1",
            "naps-1 after",
            "naps-2",
            "naps-2 before",
            "naps-2",
            "naps-2 after");
  }

  private static TaskRequest keyed(String name) {
    return EngineBench.request("Q", name).withRules(RunRules.ofKey("account"));
  }

  @Test
  void a_cancel_ends_it_at_once() {
    bench.create(EngineBench.request("Q", "sleeps"));
    bench.awaitWithTicks("sleeps", TaskState.SCHEDULED);
    bench.cancel("sleeps");
    assertThat(bench.read("sleeps").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM task_due")).isZero();
  }

  @Test
  void the_time_asleep_counts_for_the_total_timeout_and_not_for_that_of_the_attempt() {
    RequestedTimeouts second = RequestedTimeouts.NONE.withAttempt(Duration.ofMillis(1300));
    bench.create(
        EngineBench.request("Q", "works-short").withTimeouts(second),
        EngineBench.request("Q", "works-long").withTimeouts(second),
        EngineBench.request("Q", "sleeps-total")
            .withTimeouts(RequestedTimeouts.NONE.withTotal(Duration.ofSeconds(2))));
    bench.awaitWithTicks("works-short", TaskState.SUCCEEDED);
    Task tooLong = bench.awaitWithTicks("works-long", TaskState.FAILED);
    assertThat(tooLong.failure().orElseThrow().code()).isEqualTo("ATTEMPT_TIMEOUT");
    Task total = bench.awaitWithTicks("sleeps-total", TaskState.FAILED);
    assertThat(total.failure().orElseThrow().code()).isEqualTo("TOTAL_TIMEOUT");
  }

  @Test
  void a_handler_that_catches_everything_sleeps_all_the_same() {
    bench.create(EngineBench.request("Q", "swallows"));
    bench.awaitWithTicks("swallows", TaskState.SCHEDULED);
    bench.awaitWithTicks("swallows", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("swallows", "swallows");
  }

  @Test
  void an_event_that_meets_the_condition_ends_the_wait_and_is_its_result() {
    publish(500); // before the wait: not seen
    bench.create(EngineBench.request("Q", "awaits"));
    bench.awaitWithTicks("awaits", TaskState.SCHEDULED);
    assertThat(step("awaits", "e").state()).isEqualTo(StepState.WAITING);
    publish(400);
    publish(450);
    publish(460);
    bench.awaitWithTicks("awaits", TaskState.SUCCEEDED);
    assertThat(seen).hasSize(3);
    assertThat(seen.get(2)).contains("\"event_type\":\"test.go\"", "\"n\":450");
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM step_wait")).isZero();
  }

  @Test
  void a_wait_ends_without_an_event_after_its_timeout() {
    bench.create(EngineBench.request("Q", "times"));
    bench.awaitWithTicks("times", TaskState.SUCCEEDED);
    assertThat(seen).containsExactly("times", "times", "no event");
  }

  @Test
  void a_condition_that_cannot_be_asked_fails_the_task_with_the_reason() {
    bench.create(EngineBench.request("Q", "faulty"), EngineBench.request("Q", "invalid"));
    Task invalid = bench.awaitWithTicks("invalid", TaskState.FAILED);
    assertThat(invalid.failure().orElseThrow().code()).isEqualTo("EVENT_CONDITION");
    bench.awaitWithTicks("faulty", TaskState.SCHEDULED);
    publish(1);
    Task faulty = bench.awaitWithTicks("faulty", TaskState.FAILED);
    assertThat(faulty.failure().orElseThrow().code()).isEqualTo("EVENT_CONDITION");
    assertThat(faulty.failure().orElseThrow().message()).contains("missing", "test.go");
    assertThat(step("faulty", "e").state()).isEqualTo(StepState.FAILED);
  }
}
