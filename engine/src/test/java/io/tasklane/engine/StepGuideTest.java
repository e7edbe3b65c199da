package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ExternalEvent;
import io.tasklane.event.EventService;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.step.StepService;
import io.tasklane.step.TaskStep;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler that docs/handlers.md shows does what the page says of it. */
class StepGuideTest {
  private static final Path PAGE = Path.of("..", "docs", "handlers.md");
  private static final Path SOURCE = Path.of("src/test/java/io/tasklane/engine/StepGuideTest.java");

  @TempDir private Path folder;
  private final List<String> fetched = new ArrayList<>();

  private Payload fetch(String symbol) {
    fetched.add(symbol);
    return Payload.json("\"" + symbol + "\"");
  }

  // the page shows what follows
  Payload handle(Run run) throws Exception {
    List<String> prices = new ArrayList<>();
    for (String symbol : List.of("AAPL", "MSFT")) {
      prices.add(run.step("fetch " + symbol, RetryPolicy.attempts(3), () -> fetch(symbol)).text());
    }
    run.sleep("let the market settle", Duration.ofSeconds(1));
    Optional<Payload> approval =
        run.awaitEvent(
            "approval", "orders.approved", "event.data.limit > 400", Duration.ofHours(8));
    if (approval.isEmpty()) {
      throw FailureException.permanent("NOT_APPROVED", "nobody approved it within 8 hours");
    }
    return Payload.json("{\"prices\":[" + String.join(",", prices) + "]}");
  }

  // up to here

  @Test
  void the_page_shows_the_handler_that_this_test_runs() throws IOException {
    String source = Files.readString(SOURCE);
    int from = source.indexOf("  Payload handle(Run run)");
    int to = source.indexOf("  // up to here");
    String shown = source.substring(from, to).stripTrailing().indent(-2).stripTrailing();
    assertThat(Files.readString(PAGE)).contains("```java\n" + shown + "\n```");
  }

  @Test
  void each_step_is_done_once_over_three_runs() {
    try (EngineBench bench =
        new EngineBench(folder, this::handle, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(EngineBench.request("Q", "t"));
      StepService steps = bench.engine.services().get(StepService.class);
      bench.awaitWithTicks("t", TaskState.SCHEDULED);
      Until.isTrue(
          "it waits for the approval",
          () -> {
            bench.engine.tick();
            return steps.list("t").stream().anyMatch(step -> step.name().equals("approval"));
          });
      bench.awaitWithTicks("t", TaskState.SCHEDULED);
      bench
          .engine
          .services()
          .get(EventService.class)
          .publish(
              List.of(
                  new ExternalEvent(
                      new Publication("orders.approved", "s", Payload.json("{\"limit\":450}")),
                      Optional.empty())),
              EngineBench.change())
          .toCompletableFuture()
          .join();
      Task done = bench.awaitWithTicks("t", TaskState.SUCCEEDED);
      assertThat(done.result().orElseThrow().text()).isEqualTo("{\"prices\":[\"AAPL\",\"MSFT\"]}");
      assertThat(done.attempt()).isEqualTo(1);
      assertThat(fetched).containsExactly("AAPL", "MSFT");
      assertThat(steps.list("t"))
          .extracting(TaskStep::name)
          .containsExactly("fetch AAPL", "fetch MSFT", "let the market settle", "approval");
    }
  }
}
