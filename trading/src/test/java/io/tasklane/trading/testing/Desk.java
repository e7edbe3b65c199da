package io.tasklane.trading.testing;

import io.tasklane.task.FailureException;
import io.tasklane.task.TaskHandler;
import io.tasklane.trading.TradingConfig;
import io.tasklane.trading.TradingHandlers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** All handlers over one configuration, on Monday 2026-11-23 at 07:00 in New York. */
public final class Desk {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  public static final Path EXAMPLE = Path.of("src/test/resources/example");

  private final List<TaskHandler> handlers;
  private long runs;

  public Desk(TradingConfig config) {
    handlers = TradingHandlers.all(config, new FencedStore(), CLOCK);
  }

  /** The example folder on Friday 2026-11-20. */
  public static Desk example() {
    return on(EXAMPLE);
  }

  /** Another folder on that day. */
  public static Desk on(Path folder) {
    return new Desk(TradingConfig.files(folder).withAsOf(LocalDate.of(2026, 11, 20)));
  }

  /** A copy of the example folder that a test may damage. */
  public static Path copyOfExample(Path into) throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.toList()) {
        Path target = into.resolve(EXAMPLE.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return into;
  }

  public TaskHandler handler(String type) {
    return handlers.stream()
        .filter(each -> each.type().name().equals(type))
        .findFirst()
        .orElseThrow();
  }

  public List<TaskHandler> handlers() {
    return handlers;
  }

  /** A run of a new task, with a larger token than all before. */
  public RecordedRun run(String input) {
    runs++;
    return new RecordedRun("tasks/t" + runs, runs, input, CLOCK);
  }

  /** The result of a new task. */
  public JsonObject result(String type, String input) throws Exception {
    return run(input).of(handler(type));
  }

  /** The failure of a new task. */
  public FailureException failure(String type, String input) {
    try {
      JsonObject result = result(type, input);
      throw new AssertionError(type + " succeeded: " + result);
    } catch (FailureException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
