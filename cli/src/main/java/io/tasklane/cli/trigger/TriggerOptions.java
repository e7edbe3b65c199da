package io.tasklane.cli.trigger;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.v1.Trigger;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a trigger asks of an event, and what it passes on. */
final class TriggerOptions {
  @Option(
      names = "--if",
      paramLabel = "CEL",
      description = "Only events for which this is true, as 'event.data.impact > 0.7'.")
  private String condition;

  @Option(
      names = "--input",
      paramLabel = "NAME=CEL",
      description = "An input of the workflow, as 'symbols=events.map(e, e.data.symbol)'.")
  private Map<String, String> inputs;

  @Option(
      names = "--merge-within",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Events within so long after the first start one workflow; 0s merges none.")
  private Duration window;

  @Option(
      names = "--merge-by",
      paramLabel = "CEL",
      description = "Merge only events with the same value of this, as 'event.data.account'.")
  private String key;

  /** Sets what was given. */
  void addTo(Trigger.Builder trigger) {
    if (condition != null) {
      trigger.setCondition(condition);
    }
    if (inputs != null) {
      trigger.putAllInputs(inputs);
    }
    if (window != null) {
      trigger.setCoalesceWindow(Durations.fromMillis(window.toMillis()));
    }
    if (key != null) {
      trigger.setCoalesceKey(key);
    }
  }

  /** Names what was given. */
  void addTo(FieldMask.Builder mask) {
    if (condition != null) {
      mask.addPaths("condition");
    }
    if (inputs != null) {
      mask.addPaths("inputs");
    }
    if (window != null) {
      mask.addPaths("coalesce_window");
    }
    if (key != null) {
      mask.addPaths("coalesce_key");
    }
  }
}
