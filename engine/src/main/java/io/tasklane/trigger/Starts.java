package io.tasklane.trigger;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.fault.ErrorText;
import io.tasklane.feature.TemplateStarts;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Starts workflows for triggers, each once for its events. A start that fails leaves nothing, and
 * keeps nothing else of its transaction from being committed.
 *
 * @param templates starts workflows
 */
record Starts(TemplateStarts templates) {
  /** PostgreSQL's class of failures that are the data's fault. */
  private static final String DATA = "22";

  /** The code of a start whose inputs the store cannot hold. */
  private static final String NOT_STORABLE = "INPUT_NOT_STORABLE";

  private static final String CLAIM =
      """
      INSERT INTO trigger_start (trigger_id, revision, workflow, time)
      SELECT :trigger, u.revision, '', clock_timestamp()
      FROM unnest(:revisions::bigint[]) AS u (revision)
      ON CONFLICT DO NOTHING""";
  private static final String NAME =
      """
      UPDATE trigger_start SET workflow = :workflow
      WHERE trigger_id = :trigger AND revision = ANY (:revisions)""";
  private static final String CAUSED =
      "UPDATE workflow SET causation = :causation WHERE name = :workflow";

  /**
   * Why nothing was started.
   *
   * @param code for programs
   * @param message for people
   */
  record Fault(String code, String message) {}

  /**
   * Starts a workflow.
   *
   * @param triggerId key of the trigger
   * @return why it was not started; empty if it was, or had been before
   */
  Optional<Fault> start(Batch batch, long triggerId, TriggerDecision.Starts starts)
      throws SQLException {
    Savepoint before = batch.connection().setSavepoint();
    try {
      Optional<Fault> fault = startOnce(batch, triggerId, starts);
      batch.connection().releaseSavepoint(before);
      return fault;
    } catch (Refusal refused) {
      batch.connection().rollback(before);
      return Optional.of(new Fault(refused.reason().name(), refused.getMessage()));
    } catch (RuntimeException unexpected) {
      batch.connection().rollback(before);
      return Optional.of(new Fault("UNEXPECTED", ErrorText.of(unexpected)));
    } catch (SQLException failed) {
      if (!isOfTheData(failed)) {
        throw failed;
      }
      batch.connection().rollback(before);
      return Optional.of(new Fault(NOT_STORABLE, failed.getMessage()));
    }
  }

  private static boolean isOfTheData(SQLException failed) {
    String state = failed.getSQLState();
    return state != null && state.startsWith(DATA);
  }

  private Optional<Fault> startOnce(Batch batch, long triggerId, TriggerDecision.Starts starts)
      throws SQLException {
    int claimed =
        NamedSql.on(batch.connection(), CLAIM)
            .set("trigger", triggerId)
            .set("revisions", "int8", starts.revisions())
            .update();
    if (claimed < starts.revisions().size()) {
      return Optional.of(
          new Fault("STARTED_BEFORE", "one of " + starts.revisions() + " has started one before"));
    }
    Map<String, Payload> inputs = new HashMap<>();
    starts.inputs().forEach((name, value) -> inputs.put(name, payload(value)));
    String workflow =
        templates.start(batch, starts.template(), inputs, "trigger:" + starts.trigger());
    NamedSql.on(batch.connection(), NAME)
        .set("trigger", triggerId)
        .set("revisions", "int8", starts.revisions())
        .set("workflow", workflow)
        .update();
    NamedSql.on(batch.connection(), CAUSED)
        .set("causation", CausationJson.write(starts.causation()))
        .set("workflow", workflow)
        .update();
    return Optional.empty();
  }

  private static Payload payload(Object value) {
    return Payload.json(JsonValue.write(value));
  }
}
