package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.naming.Identifier;
import io.tasklane.naming.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks the labels of a task. The API has checked those of its clients already; a handler that
 * creates a task does not go through it.
 */
final class LabelChecks {
  private static final String FIELD = "task.labels";

  private LabelChecks() {}

  /**
   * Checks these labels.
   *
   * @return the same labels
   * @throws Refusal INVALID_FIELD
   */
  static Map<String, String> check(Map<String, String> labels) {
    if (labels.size() > Labels.MAX_PAIRS) {
      throw invalid(
          FIELD, labels.size() + " pairs are not allowed: at most " + Labels.MAX_PAIRS + " are");
    }
    new TreeMap<>(labels).forEach(LabelChecks::check);
    return labels;
  }

  private static void check(String key, String value) {
    String field = FIELD + "[\"" + key + "\"]";
    if (!Labels.isKey(key)) {
      throw invalid(field, "the key is not allowed: it is " + Identifier.ALLOWED);
    }
    if (!Labels.isValue(value)) {
      throw invalid(field, "the value is not allowed: it is " + Labels.VALUE_ALLOWED);
    }
  }

  private static Refusal invalid(String field, String message) {
    return Refusal.invalid(RefusalReason.INVALID_FIELD, field, field + ": " + message);
  }
}
