package io.tasklane.workflow.catalog;

import io.tasklane.database.NamedSql;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The versions of the templates that a workflow may start, as they were the newest when it started:
 * what is stored later changes nothing of it, however late a node starts, or is retried.
 *
 * @param connection to read and write on
 */
public record TemplatePins(Connection connection) {
  private static final String INSERT =
      """
      INSERT INTO workflow_pin (workflow, template, version)
      SELECT :workflow, u.template, u.version
      FROM unnest(:templates::text[], :versions::int[]) AS u (template, version)""";
  private static final String FIND =
      "SELECT version FROM workflow_pin WHERE workflow = :workflow AND template = :template";

  /** Fixes them for a workflow that no node has started. */
  public void write(long workflow, WorkflowDefinition definition) throws SQLException {
    Map<String, Integer> pins = of(definition);
    if (!pins.isEmpty()) {
      NamedSql.on(connection, INSERT)
          .set("workflow", workflow)
          .rows(pins.entrySet())
          .add("templates", "text", Map.Entry::getKey)
          .add("versions", "int4", Map.Entry::getValue)
          .update();
    }
  }

  /** Those that it names, those that they name, and so on. */
  private Map<String, Integer> of(WorkflowDefinition definition) throws SQLException {
    Map<String, Integer> pins = new TreeMap<>();
    Set<TemplateReference> seen = new HashSet<>();
    Deque<TemplateReference> open = new ArrayDeque<>(named(definition.root()));
    TemplateRows rows = new TemplateRows(connection);
    while (!open.isEmpty()) {
      TemplateReference next = open.remove();
      if (seen.add(next)) {
        Optional<WorkflowTemplate> found = rows.find(next);
        if (found.isPresent()) { // else its node fails, as soon as it starts
          if (next.version().isEmpty()) {
            pins.put(next.templateId(), found.get().version());
          }
          open.addAll(named(found.get().spec().definition().root()));
        }
      }
    }
    return pins;
  }

  private static List<TemplateReference> named(Node node) {
    List<TemplateReference> all = new ArrayList<>();
    if (node.kind() instanceof SubWorkflow sub) {
      all.add(new TemplateReference(sub.template(), sub.version()));
    }
    node.kind().children().forEach(child -> all.addAll(named(child)));
    node.onFailure().ifPresent(branch -> all.addAll(named(branch)));
    return all;
  }

  /** The template with the version that was fixed; without one where none was, as the newest. */
  public TemplateReference pinned(long outermost, String template) throws SQLException {
    Optional<Integer> version =
        NamedSql.on(connection, FIND)
            .set("workflow", outermost)
            .set("template", template)
            .first(row -> row.getInt("version"));
    return new TemplateReference(
        template, version.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }
}
