package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tasklane.client.worker.Handler;
import io.tasklane.client.worker.Kit;
import io.tasklane.client.worker.KitOutcome;
import io.tasklane.client.worker.StopReason;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The test kit, which needs no server. */
final class KitChecks {
  private KitChecks() {}

  static Map<String, Check> all() {
    return Map.of(
        "kit.outcome", client -> outcome(),
        "kit.time", client -> time(),
        "kit.cancel", client -> cancel());
  }

  private static void outcome() {
    Handler handler =
        (input, run) -> {
          run.log("begun");
          if (run.saved(JsonObject.class).isEmpty()) {
            run.checkpoint(input);
            throw run.retry(Duration.ofSeconds(30), "later");
          }
          run.publish("market.news", "symbols/AAPL", Map.of("n", 1));
          run.setFact("ready", true);
          run.createTask(run.newTask("DATA_FETCHER", "system.echo", Map.of("a", 1)));
          run.once("order", Integer.class, begun -> 4711);
          int saved = run.saved(JsonObject.class).orElseThrow().get("n").getAsInt();
          return run.step("sum", Integer.class, () -> saved + 1);
        };
    Kit kit = new Kit(handler);
    KitOutcome first = kit.run(Map.of("n", 1));
    assertThat(first.failure()).map(Failure::getCode).contains("RETRY");
    assertThat(first.retryAfter()).contains(Duration.ofSeconds(30));
    KitOutcome second = kit.run(Map.of("n", 1));
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.result(Integer.class)).contains(2);
    assertThat(second.log()).containsExactly("begun");
    assertThat(second.events().get(0).getSubject()).isEqualTo("symbols/AAPL");
    assertThat(second.facts().get(0).getName()).isEqualTo("facts/ready");
    assertThat(second.children().get(0).getTask().getTaskType()).isEqualTo("system.echo");
    Handler broken = (input, run) -> input.getAsJsonObject().get("x").getAsInt();
    assertThat(new Kit(broken).run(Map.of()).failure())
        .map(Failure::getCode)
        .contains("UNEXPECTED");
  }

  private static void time() {
    Handler handler =
        (input, run) -> {
          String start = run.step("start", String.class, () -> run.now().toString());
          run.sleep("a day", Duration.ofDays(1));
          run.pause(Duration.ofSeconds(10));
          return Duration.between(Instant.parse(start), run.now()).toSeconds();
        };
    long real = System.nanoTime();
    Kit kit = new Kit(handler);
    Instant start = kit.time();
    assertThat(kit.run(Map.of()).result(Long.class)).contains(86_410L);
    kit.advance(Duration.ofSeconds(5));
    assertThat(Duration.between(start, kit.time())).isEqualTo(Duration.ofSeconds(86_415));
    assertThat(Duration.ofNanos(System.nanoTime() - real)).isLessThan(Duration.ofSeconds(2));
  }

  private static void cancel() {
    Handler handler =
        (input, run) -> {
          run.partialResult("half");
          for (int i = 0; i < 10; i++) {
            run.pause(Duration.ofMinutes(1));
          }
          return null;
        };
    KitOutcome outcome =
        new Kit(handler).stopAfter(Duration.ofSeconds(150), StopReason.CANCEL).run(Map.of());
    assertThat(outcome.stopped()).contains(StopReason.CANCEL);
    assertThat(outcome.partialResult(String.class)).contains("half");
    assertThat(outcome.time()).isEqualTo(Duration.ofSeconds(150));
  }
}
