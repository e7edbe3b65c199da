package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.time.Until;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The built-in task types do what they are for. */
class SystemTypesTest {
  private final RunBench bench = new RunBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void noop_succeeds_with_nothing() {
    assertThat(result("system.noop", "{\"any\":1}", 1)).isEqualTo(Payload.json("{}"));
  }

  @Test
  void echo_gives_back_its_input() {
    assertThat(result("system.echo", "{\"any\":[1,2]}", 1))
        .isEqualTo(Payload.json("{\"any\":[1,2]}"));
  }

  @Test
  void sleep_takes_as_long_as_it_is_told() throws Exception {
    CompletableFuture<RunEnd> end =
        CompletableFuture.supplyAsync(() -> run("system.sleep", "{\"millis\":200}", 1));
    Until.isTrue(
        "slept",
        () -> {
          bench.clock.pass(Duration.ofMillis(1));
          return end.isDone();
        });
    assertThat(((RunEnd.Succeeded) end.get()).result())
        .isEqualTo(Payload.json("{\"slept_millis\":200}"));
  }

  @Test
  void sleep_stops_when_it_is_cancelled_and_says_how_far_it_was() throws Exception {
    CompletableFuture<RunEnd> end =
        CompletableFuture.supplyAsync(() -> run("system.sleep", "{\"millis\":86400000}", 1));
    Until.isTrue("begun", () -> bench.watch.size() == 1);
    bench.watch.cancel(new TaskKey(1), false);
    assertThat(((RunEnd.Stopped) end.get()).partialResult().orElseThrow().text())
        .startsWith("{\"slept_millis\":");
  }

  @Test
  void fail_fails_as_often_as_it_is_told_and_then_succeeds() {
    String input = "{\"code\":\"BUSY\",\"times\":2}";
    for (int attempt = 1; attempt <= 2; attempt++) {
      Failure failure = ((RunEnd.Failed) run("system.fail", input, attempt)).failure();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRYABLE);
      assertThat(failure.code()).isEqualTo("BUSY");
    }
    assertThat(result("system.fail", input, 3)).isEqualTo(Payload.json("{\"failed_attempts\":2}"));
  }

  @Test
  void fail_fails_for_good_when_it_is_told_so() {
    RunEnd end = run("system.fail", "{\"retryable\":false}", 1);
    assertThat(((RunEnd.Failed) end).failure().kind()).isEqualTo(Failure.Kind.PERMANENT);
  }

  private Payload result(String type, String input, int attempt) {
    return ((RunEnd.Succeeded) run(type, input, attempt)).result();
  }

  private RunEnd run(String type, String input, int attempt) {
    return bench.runner(SystemTypes.all()).run(RunBench.task(1, type, input, attempt)).end();
  }
}
