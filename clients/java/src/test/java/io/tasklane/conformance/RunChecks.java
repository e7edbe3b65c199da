package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tasklane.client.Subscription;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.worker.Handler;
import io.tasklane.client.worker.TaskException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Progress;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a run can do. */
final class RunChecks {
  private final Caller caller;

  RunChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.ofEntries(
        Map.entry("run.facts", this::facts),
        Map.entry("run.retry", this::retry),
        Map.entry("run.cancelled", this::cancelled),
        Map.entry("run.pause", this::pause),
        Map.entry("run.progress", this::progress),
        Map.entry("run.checkpoint", this::checkpoint),
        Map.entry("run.log", this::log),
        Map.entry("run.create_task", this::createTask),
        Map.entry("run.publish", this::publish),
        Map.entry("run.set_fact", this::setFact),
        Map.entry("run.set_fact_now", this::setFactNow));
  }

  private void facts(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          Duration left = Duration.between(run.now(), run.deadline());
          assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
          assertThat(run.saved(JsonObject.class)).isEmpty();
          assertThat(run.leaseId())
              .isEqualTo(run.task().getName() + "/leases/" + run.fencingToken());
          Task task = run.task();
          return List.of(
              task.getName(), task.getTaskType(), task.getAttempt(), task.getLabelsMap());
        };
    try (Working working = Working.start(caller, handler)) {
      Task.Builder task = Working.task(client, caller, working.type(), Working.none());
      String name = client.create(task.putLabels("desk", "rates")).name();
      String expected = "[\"%s\",\"%s\",1,{\"desk\":\"rates\"}]".formatted(name, working.type());
      assertThat(client.result(name, JsonArray.class)).hasToString(expected);
    }
  }

  private void retry(TasklaneClient client) {
    List<Long> times = new CopyOnWriteArrayList<>();
    Handler handler =
        (input, run) -> {
          times.add(System.nanoTime() / 1_000_000);
          if (run.task().getAttempt() == 1) {
            throw run.retry(Duration.ofMillis(700), "the market is shut");
          }
          return run.task().getAttempt();
        };
    try (Working working = Working.start(caller, handler)) {
      assertThat(working.run(client, caller, Working.none(), Integer.class)).isEqualTo(2);
    }
    assertThat(times.get(1) - times.get(0)).isBetween(600L, 4000L);
  }

  private void cancelled(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          run.partialResult(Map.of("done", 3));
          Working.until(run::cancelled);
          run.check();
          return null;
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.untilRunning(client, name);
      Caller.pause(300);
      client.cancel(name, "");
      Task task = client.await(name);
      assertThat(task.getState()).isEqualTo(State.STATE_CANCELLED);
      assertThat(task.getResultPartial()).isTrue();
      assertThat(client.payloads().value(task.getResult(), JsonObject.class))
          .hasToString("{\"done\":3}");
    }
  }

  private void pause(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          run.pause(Duration.ofMinutes(1));
          return null;
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.untilRunning(client, name);
      long start = System.nanoTime();
      client.cancel(name, "");
      assertThat(client.await(name).getState()).isEqualTo(State.STATE_CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private void progress(TasklaneClient client) {
    CountDownLatch go = new CountDownLatch(1);
    Handler handler =
        (input, run) -> {
          run.progress(3, 7, "AAPL", "reading");
          return go.await(20, TimeUnit.SECONDS);
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.until(() -> client.get(name).getProgress().getCompletedUnits() == 3);
      go.countDown();
      Progress seen = client.await(name).getProgress();
      assertThat(seen.getTotalUnits()).isEqualTo(7);
      assertThat(seen.getCurrentUnit()).isEqualTo("AAPL");
      assertThat(seen.getMessage()).isEqualTo("reading");
    }
  }

  private void checkpoint(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          if (run.saved(JsonObject.class).isEmpty()) {
            run.checkpoint(Map.of("n", 1));
            run.checkpoint(Map.of("n", 2));
            assertThatThrownBy(() -> run.checkpoint("x".repeat(300_000)))
                .isInstanceOf(IllegalArgumentException.class);
            throw TaskException.retryable("NOT_YET", "");
          }
          return run.saved(JsonObject.class).orElseThrow();
        };
    try (Working working = Working.start(caller, handler)) {
      assertThat(working.run(client, caller, Working.none(), JsonObject.class))
          .hasToString("{\"n\":2}");
    }
  }

  private void log(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          run.log("opened", "closed");
          return null;
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      client.await(name);
      assertThat(caller.log(name)).contains("opened").contains("closed");
    }
  }

  private void createTask(TasklaneClient client) {
    Handler child = (input, run) -> input.getAsJsonObject().get("n").getAsInt() + 1;
    try (Working children = Working.start(caller, child)) {
      Handler parent =
          (input, run) ->
              run.createTask(run.newTask(Working.queue(caller), children.type(), Map.of("n", 5)));
      try (Working parents = Working.start(caller, parent)) {
        String name = parents.run(client, caller, Working.none(), String.class);
        assertThat(client.result(name, Integer.class)).isEqualTo(6);
      }
    }
  }

  private void publish(TasklaneClient client) {
    String subject = "conformance/" + TaskChecks.run();
    Handler handler =
        (input, run) -> {
          run.publish("conformance.event", subject, Map.of("attempt", run.task().getAttempt()));
          if (run.task().getAttempt() == 1) {
            throw TaskException.retryable("NOT_YET", "");
          }
          return null;
        };
    try (Subscription events = client.subscribe("subject = \"" + subject + "\"");
        Working working = Working.start(caller, handler)) {
      client.await(working.create(client, caller, Working.none()));
      assertThat(events.next().data()).hasToString("{\"attempt\":2}");
    }
  }

  private void setFact(TasklaneClient client) {
    String fact = fact();
    Handler handler =
        (input, run) -> {
          run.setFact(fact, Map.of("open", true));
          return null;
        };
    try (Working working = Working.start(caller, handler)) {
      client.await(working.create(client, caller, Working.none()));
    }
    assertThat(client.facts().get(fact)).hasToString("{\"open\":true}");
  }

  private void setFactNow(TasklaneClient client) {
    String fact = fact();
    Handler handler =
        (input, run) -> {
          run.setFactNow(fact, 7);
          throw TaskException.permanent("NO", "");
        };
    try (Working working = Working.start(caller, handler)) {
      client.await(working.create(client, caller, Working.none()));
    }
    assertThat(client.facts().get(fact).getAsInt()).isEqualTo(7);
  }

  private static String fact() {
    return "conformance_" + TaskChecks.run().replace("-", "");
  }
}
