package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.List;

/**
 * A promise that was not kept.
 *
 * @param rule which one
 * @param what happened, naming the tasks
 * @param evidence the entries that show it
 */
public record Violation(String rule, String what, List<Entry> evidence) {
  /** Keeps an own copy of the evidence. */
  public Violation {
    evidence = List.copyOf(evidence);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(rule).append(": ").append(what);
    evidence.forEach(entry -> text.append("\n    ").append(entry));
    return text.toString();
  }
}
