package io.tasklane.workflow.compile;

import io.tasklane.dependency.DependencyGraph;
import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.SubWorkflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds templates that contain themselves, directly or through others. */
final class TemplateCycles {
  private TemplateCycles() {}

  /**
   * Of a definition that is to become the newest version of a template. A definition that is no
   * template is contained nowhere.
   */
  static List<DefinitionFault> of(
      Optional<String> template, Map<String, Placement> placements, Catalog catalog) {
    if (template.isEmpty()) {
      return List.of();
    }
    for (Placement at : placements.values()) {
      if (at.node().kind() instanceof SubWorkflow sub) {
        Optional<List<String>> cycle = cycle(template.get(), sub.template(), catalog);
        if (cycle.isPresent()) {
          return List.of(
              new DefinitionFault(
                  at.path() + ".workflow.template",
                  Reason.TEMPLATE_CYCLE,
                  "the template contains itself: " + String.join(" contains ", cycle.get())));
        }
      }
    }
    return List.of();
  }

  private static Optional<List<String>> cycle(String template, String first, Catalog catalog) {
    Map<String, Set<String>> contains = new LinkedHashMap<>();
    contains.put(template, Set.of(first));
    Deque<String> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (!contains.containsKey(next)) {
        Set<String> inner = new HashSet<>(catalog.templatesIn(next));
        contains.put(next, inner);
        open.addAll(inner);
      }
    }
    return new DependencyGraph(contains).cycle();
  }
}
