package io.tasklane.filter;

import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which workflows to list: {@code state}, of which several are joined by OR, and {@code
 * labels.KEY}, each with {@code =}; {@code create_time} between bounds.
 *
 * @param states any of these; empty means all
 * @param labels all of these pairs
 * @param createTime started within
 */
public record WorkflowFilter(
    Set<WorkflowStatus.State> states, Map<String, String> labels, TimeRange createTime) {
  private static final String LABELS = "labels.";

  /** Copies the collections. */
  public WorkflowFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
  }

  /**
   * Parses a filter; a blank text matches every workflow.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static WorkflowFilter parse(String text) {
    Set<WorkflowStatus.State> states = new LinkedHashSet<>();
    Map<String, String> pairs = new HashMap<>();
    Conditions conditions =
        new Conditions(List.of(), List.of("create_time"), "state, labels.KEY and create_time");
    for (List<Comparison> anyOf : Filter.parse(text).allOf()) {
      Comparison first = anyOf.get(0);
      if (first.field().equals("state")) {
        AnyState.read(anyOf, WorkflowFilter::state, states);
      } else if (anyOf.size() > 1) {
        throw new FilterException(anyOf.get(1).position(), "OR is allowed between states only");
      } else if (first.field().startsWith(LABELS) && first.field().length() > LABELS.length()) {
        String key = first.field().substring(LABELS.length());
        Conditions.keep(first, FilterValues.label(Conditions.requireEquals(first), key), pairs);
      } else {
        conditions.read(first);
      }
    }
    Map<String, String> labels = new HashMap<>();
    pairs.forEach((field, value) -> labels.put(field.substring(LABELS.length()), value));
    return new WorkflowFilter(states, labels, conditions.time("create_time"));
  }

  private static WorkflowStatus.State state(Comparison comparison) {
    return Arrays.stream(WorkflowStatus.State.values())
        .filter(state -> state.name().equals(AnyState.name(comparison)))
        .findFirst()
        .orElseThrow(
            () ->
                comparison.refused(
                    Arrays.stream(WorkflowStatus.State.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
  }
}
