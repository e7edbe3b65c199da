package io.tasklane.cli.importer;

import com.google.gson.JsonObject;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.importer.Entry.Step;
import io.tasklane.cli.importer.text.Literal;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The options with which Celery sends a task. */
final class CeleryOptions {
  private CeleryOptions() {}

  /** A task with the options that have a counterpart; the others are reported. */
  static Step step(
      String name, String type, JsonObject input, Map<String, Literal> options, Report report) {
    String queue = "";
    Optional<Duration> waits = Optional.empty();
    for (Map.Entry<String, Literal> each : options.entrySet()) {
      Literal value = each.getValue();
      switch (each.getKey()) {
        case "queue" -> queue = value.text().orElse("");
        case "expires" -> waits = seconds(name, value, report);
        case "link" -> { // the next step
        }
        case "priority" ->
            report.add(
                value.line(),
                name + ".options.priority",
                "0 is the lowest with RabbitMQ and the highest with Redis: set it in the YAML");
        default ->
            report.add(value.line(), name + ".options." + each.getKey(), "it has no counterpart");
      }
    }
    return new Step(type, queue, input, 0, 0, waits);
  }

  private static Optional<Duration> seconds(String name, Literal value, Report report) {
    Optional<BigDecimal> seconds =
        value
            .number()
            .filter(
                number -> number.signum() > 0 && number.compareTo(new BigDecimal(31_536_000)) <= 0);
    if (seconds.isEmpty()) {
      report.add(
          value.line(), name + ".options.expires", "only seconds, up to a year, are carried over");
    }
    return seconds.map(number -> Durations.fromMillis(number.movePointRight(3).longValue()));
  }
}
