package io.tasklane.workflow.compile;

import io.tasklane.naming.Identifier;
import io.tasklane.naming.Labels;
import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Checks the values of a definition that belong to the workflow as a whole. */
final class WorkflowChecks {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final List<DefinitionFault> faults = new ArrayList<>();

  private WorkflowChecks() {}

  static List<DefinitionFault> of(WorkflowDefinition definition) {
    WorkflowChecks checks = new WorkflowChecks();
    definition.timeLimit().ifPresent(checks::timeLimit);
    if (definition.labels().size() > Labels.MAX_PAIRS) {
      checks.refuse(
          "labels",
          definition.labels().size() + " pairs are not allowed: " + Labels.MAX_PAIRS + " are");
    }
    new TreeMap<>(definition.labels()).forEach(checks::label);
    return checks.faults;
  }

  private void timeLimit(Duration length) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(WorkflowLimits.LONGEST) > 0) {
      refuse("timeout", WorkflowLimits.refusal(length, SHORTEST));
    }
  }

  private void label(String key, String value) {
    String field = "labels[\"" + key + "\"]";
    if (!Labels.isKey(key)) {
      refuse(field, "the key is not allowed: it is " + Identifier.ALLOWED);
    }
    if (!Labels.isValue(value)) {
      refuse(field, "the value is not allowed: it is " + Labels.VALUE_ALLOWED);
    }
  }

  private void refuse(String field, String problem) {
    faults.add(new DefinitionFault(field, Reason.INVALID_FIELD, problem));
  }
}
