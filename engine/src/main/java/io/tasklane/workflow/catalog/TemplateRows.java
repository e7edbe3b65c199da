package io.tasklane.workflow.catalog;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.definition.DefinitionReader;
import io.tasklane.definition.DefinitionWriter;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes the rows of templates.
 *
 * @param connection to do so on
 */
public record TemplateRows(Connection connection) {
  private static final String SELECT =
      """
      SELECT t.create_time, v.* FROM workflow_template t
      JOIN workflow_template_version v ON v.template = t.name
      WHERE t.create_time IS NOT NULL AND\s""";
  private static final String NEWEST = SELECT + "t.name = :name AND v.version = t.version";
  private static final String VERSION = SELECT + "t.name = :name AND v.version = :version";
  private static final String LIST =
      SELECT + "t.name > :after AND v.version = t.version ORDER BY t.name LIMIT :limit";

  /** Readers go on; whoever changes a template waits, so that two changes make no circle. */
  private static final String LOCK = "LOCK TABLE workflow_template IN SHARE ROW EXCLUSIVE MODE";

  /** Also of one that was deleted, whose numbers go on. */
  private static final String CREATE =
      """
      INSERT INTO workflow_template AS t (name, version, create_time)
      VALUES (:name, 1, clock_timestamp())
      ON CONFLICT (name) DO UPDATE
        SET version = t.version + 1, create_time = clock_timestamp()
        WHERE t.create_time IS NULL
      RETURNING version""";

  private static final String NEXT =
      "UPDATE workflow_template SET version = version + 1 WHERE name = :name RETURNING version";
  private static final String ADD =
      """
      INSERT INTO workflow_template_version (template, version, update_time, description,
          display_name, definition, document, inputs, deadline_after_ms, input_schema)
      VALUES (:name, :version, clock_timestamp(), :description, :display_name, :definition,
          :document, :inputs, :deadline_after, :input_schema)""";
  private static final String DELETE =
      """
      WITH versions AS (DELETE FROM workflow_template_version WHERE template = :name)
      UPDATE workflow_template SET create_time = NULL WHERE name = :name""";

  /** This version; empty if there is none. */
  public Optional<WorkflowTemplate> find(TemplateReference wanted) throws SQLException {
    return wanted.version().isEmpty()
        ? NamedSql.on(connection, NEWEST).set("name", wanted.templateId()).first(TemplateRows::read)
        : NamedSql.on(connection, VERSION)
            .set("name", wanted.templateId())
            .set("version", wanted.version().getAsInt())
            .first(TemplateRows::read);
  }

  /**
   * This version.
   *
   * @throws Refusal NOT_FOUND: TEMPLATE_NOT_FOUND
   */
  WorkflowTemplate require(TemplateReference wanted) throws SQLException {
    return find(wanted)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.TEMPLATE_NOT_FOUND, wanted.toString(), "does not exist"));
  }

  /** The newest versions by id, those after this one, at most so many. */
  List<WorkflowTemplate> list(String after, int limit) throws SQLException {
    return NamedSql.on(connection, LIST)
        .set("after", after)
        .set("limit", limit)
        .list(TemplateRows::read);
  }

  private static WorkflowTemplate read(ResultSet row) throws SQLException {
    long deadlineAfter = row.getLong("deadline_after_ms");
    TemplateSpec spec =
        new TemplateSpec(
            row.getString("description"),
            row.getString("display_name"),
            DefinitionReader.read(row.getString("definition")),
            row.getBytes("document"),
            WorkflowInputs.payloads(row.getString("inputs")),
            deadlineAfter == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(deadlineAfter)),
            row.getString("input_schema"));
    return new WorkflowTemplate(
        row.getString("template"),
        row.getInt("version"),
        spec,
        Rows.instant(row, "create_time").orElseThrow(),
        Rows.instant(row, "update_time").orElseThrow());
  }

  /** Nobody else changes templates until the transaction ends. */
  void lock() throws SQLException {
    NamedSql.on(connection, LOCK).update();
  }

  /** Creates a template, and returns whether its name was free. */
  boolean create(String templateId, TemplateSpec spec) throws SQLException {
    return add(CREATE, templateId, spec);
  }

  /** Stores a new version. */
  void update(String templateId, TemplateSpec spec) throws SQLException {
    add(NEXT, templateId, spec);
  }

  private boolean add(String number, String templateId, TemplateSpec spec) throws SQLException {
    Optional<Integer> version =
        NamedSql.on(connection, number).set("name", templateId).first(row -> row.getInt(1));
    if (version.isEmpty()) {
      return false;
    }
    NamedSql.on(connection, ADD)
        .set("name", templateId)
        .set("version", version.get())
        .set("description", Rows.storable(spec.description()))
        .set("display_name", Rows.storable(spec.displayName()))
        .set("definition", DefinitionWriter.write(spec.definition()))
        .set("document", spec.document())
        .set("inputs", WorkflowInputs.text(spec.inputs()))
        .set("deadline_after", spec.deadlineAfter().map(Duration::toMillis).orElse(null))
        .set("input_schema", spec.inputSchema())
        .update();
    return true;
  }

  /** Removes a template with all its versions. */
  void delete(String templateId) throws SQLException {
    NamedSql.on(connection, DELETE).set("name", templateId).update();
  }
}
