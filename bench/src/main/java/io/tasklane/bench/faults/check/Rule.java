package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.List;

/** One promise of the system, looked for in a record. */
abstract class Rule {
  private final List<Violation> violations = new ArrayList<>();

  /** Finds every place where the promise was not kept. */
  static List<Violation> violations(Rule rule, History history) {
    rule.check(history);
    return rule.violations;
  }

  /** Looks through the record and {@link #object}s. */
  abstract void check(History history);

  /** The promise was not kept here. */
  final void object(String what, Entry... evidence) {
    violations.add(new Violation(getClass().getSimpleName(), what, List.of(evidence)));
  }
}
