package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.worker.Handler;
import io.tasklane.client.worker.TaskException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Task.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a run does once over several attempts. */
final class StepChecks {
  private final Caller caller;

  StepChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.of(
        "run.once", this::once,
        "run.step", this::step,
        "run.sleep", this::sleep,
        "run.await_event", this::awaitEvent);
  }

  private void once(TasklaneClient client) {
    String key = TaskChecks.run();
    List<Boolean> calls = new CopyOnWriteArrayList<>();
    Handler handler =
        (input, run) -> {
          JsonObject outcome =
              run.once(
                  key,
                  JsonObject.class,
                  begun -> {
                    calls.add(begun);
                    if (calls.size() == 1) {
                      throw TaskException.retryable("BROKEN_OFF", "");
                    }
                    return Map.of("order", 4711);
                  });
          if (run.task().getAttempt() == 2) {
            throw TaskException.retryable("LATER", "");
          }
          return outcome;
        };
    try (Working working = Working.start(caller, handler)) {
      assertThat(working.run(client, caller, Working.none(), JsonObject.class))
          .hasToString("{\"order\":4711}");
    }
    assertThat(calls).containsExactly(false, true);
  }

  private void step(TasklaneClient client) {
    List<Integer> calls = new CopyOnWriteArrayList<>();
    Handler handler =
        (input, run) -> {
          Integer rows =
              run.step(
                  "first",
                  Integer.class,
                  () -> {
                    calls.add(1);
                    return 2 + calls.size();
                  });
          if (run.task().getAttempt() == 1) {
            throw TaskException.retryable("NOT_YET", "");
          }
          return rows;
        };
    try (Working working = Working.start(caller, handler)) {
      assertThat(working.run(client, caller, Working.none(), Integer.class)).isEqualTo(3);
    }
    assertThat(calls).hasSize(1);
  }

  private void sleep(TasklaneClient client) {
    List<Long> starts = new CopyOnWriteArrayList<>();
    List<Long> others = new CopyOnWriteArrayList<>();
    Handler handler =
        (input, run) -> {
          long now = System.nanoTime() / 1_000_000;
          if (input.getAsJsonObject().has("other")) {
            others.add(now);
            return 0;
          }
          starts.add(now);
          run.sleep("a while", Duration.ofSeconds(1));
          return run.task().getAttempt();
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.until(() -> !starts.isEmpty());
      working.run(client, caller, Map.of("other", true), Integer.class);
      assertThat(client.result(name, Integer.class)).isEqualTo(1);
    }
    assertThat(others.get(0)).isLessThan(starts.get(1));
    assertThat(starts.get(1) - starts.get(0)).isGreaterThan(900);
  }

  private void awaitEvent(TasklaneClient client) {
    String subject = "conformance/" + TaskChecks.run();
    String condition = "event.subject == \"" + subject + "\"";
    Handler handler =
        (input, run) ->
            run.awaitEvent("the event", "conformance.waited", Duration.ofMinutes(1), condition)
                .orElseThrow()
                .get("data");
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.until(() -> client.get(name).getState() == State.STATE_SCHEDULED);
      client.publish("conformance.waited", subject, Map.of("n", 9));
      assertThat(client.result(name, JsonObject.class)).hasToString("{\"n\":9}");
    }
  }
}
