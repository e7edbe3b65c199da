package io.tasklane.trigger;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.feature.TemplateStarts;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes triggers.
 *
 * @param templates that they may name
 * @param signals sent where a window is to close at once
 */
record ChangeTriggers(TemplateStarts templates, ReadySignals signals)
    implements SingleCommand<ChangeTriggers.Request, StoredTrigger> {
  /** A request to change a trigger. */
  sealed interface Request {
    /** Who asks, and why. */
    Actor actor();
  }

  /**
   * What a client may change of a trigger.
   *
   * @param trigger what it says
   * @param disabled whether it starts nothing
   */
  record Wanted(Trigger trigger, boolean disabled) {}

  /** Creates a trigger. */
  record Create(Wanted wanted, Actor actor) implements Request {}

  /**
   * Changes a trigger.
   *
   * @param etag of the version the change is based on; empty for any
   * @param edit from what it is to what it shall be
   */
  record Update(String triggerId, Optional<String> etag, UnaryOperator<Wanted> edit, Actor actor)
      implements Request {}

  /**
   * Deletes a trigger.
   *
   * @param etag of the version to delete; empty for any
   */
  record Delete(String triggerId, Optional<String> etag, Actor actor) implements Request {}

  /**
   * The first trigger that is enabled begins to read the log where it stands: at the oldest
   * transaction that still runs, which is not newer than this one.
   */
  private static final String BEGIN =
      """
      UPDATE trigger_cursor SET xid = pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1,
          seq = 9223372036854775807
      WHERE NOT EXISTS (SELECT FROM event_trigger WHERE NOT disabled)
        AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1""";

  private static final String INSERT =
      """
      INSERT INTO event_trigger (name, definition, disabled, disable_principal, disable_reason,
          since_xid, move_xid)
      SELECT :name, :definition, :disabled, :principal, :reason, x.id, x.id
      FROM (SELECT pg_current_xact_id()::text::bigint AS id) x
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      """
      UPDATE event_trigger SET definition = :definition, disabled = :disabled,
          disable_principal = :principal, disable_reason = :reason, version = version + 1,
          since_xid = CASE WHEN disabled AND NOT :disabled
            THEN pg_current_xact_id()::text::bigint ELSE since_xid END,
          move_xid = pg_current_xact_id()::text::bigint
      WHERE id = :id""";
  private static final String DELETE = "DELETE FROM event_trigger WHERE id = :id";

  /** What is merged by now starts as soon as somebody looks. */
  private static final String CLOSE =
      "UPDATE trigger_window SET end_time = '-infinity' WHERE trigger_id = :id";

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_TRIGGERS;
  }

  @Override
  public Outcome<StoredTrigger> executeOne(Batch batch, Request request) throws SQLException {
    if (request instanceof Create create) {
      return Outcome.done(create(batch.connection(), create));
    }
    String id =
        request instanceof Update update ? update.triggerId() : ((Delete) request).triggerId();
    TriggerRow row =
        new TriggerReader(batch.connection())
            .lock(id)
            .orElseThrow(() -> TriggerReader.notFound(id));
    if (row.transaction() > batch.transaction()) {
      return Outcome.again();
    }
    return Outcome.done(
        request instanceof Update update
            ? update(batch, row, update)
            : delete(batch, row, (Delete) request));
  }

  private StoredTrigger create(Connection connection, Create create) throws SQLException {
    Wanted wanted = create.wanted();
    requireTemplate(connection, wanted.trigger());
    if (!wanted.disabled()) {
      NamedSql.on(connection, BEGIN).update();
    }
    int inserted =
        NamedSql.on(connection, INSERT)
            .set("name", wanted.trigger().name())
            .set("definition", TriggerJson.write(wanted.trigger()))
            .set("disabled", wanted.disabled())
            .set("principal", wanted.disabled() ? create.actor().principal() : null)
            .set("reason", wanted.disabled() ? create.actor().reason() : null)
            .update();
    if (inserted == 0) {
      throw Refusal.about(
          Refusal.Sort.ALREADY_EXISTS,
          RefusalReason.TRIGGER_EXISTS,
          "triggers/" + wanted.trigger().name(),
          "exists already; update it, or choose another trigger_id");
    }
    TriggerEvents.changed(connection, wanted.trigger().name(), "CREATED", create.actor());
    return new TriggerReader(connection).require(wanted.trigger().name()).stored();
  }

  /** Refuses a trigger whose template cannot be started now. */
  void requireTemplate(Connection connection, Trigger trigger) throws SQLException {
    if (!templates.exists(connection, trigger.template())) {
      throw Refusal.invalid(
          RefusalReason.TEMPLATE_UNKNOWN,
          "trigger.template",
          "workflowTemplates/" + trigger.template() + " does not exist");
    }
  }

  private StoredTrigger update(Batch batch, TriggerRow row, Update update) throws SQLException {
    Connection connection = batch.connection();
    StoredTrigger before = row.stored();
    Etag.check(before.name(), before.etag(), update.etag());
    Wanted present = new Wanted(before.trigger(), before.disabledBy().isPresent());
    Wanted wanted = update.edit().apply(present);
    if (wanted.equals(present)) {
      return before;
    }
    if (!wanted.trigger().template().equals(present.trigger().template())) {
      requireTemplate(connection, wanted.trigger());
    }
    if (present.disabled() && !wanted.disabled()) {
      NamedSql.on(connection, BEGIN).update();
    }
    boolean stays = present.disabled() && wanted.disabled();
    Optional<Actor> disabledBy =
        stays
            ? before.disabledBy()
            : wanted.disabled() ? Optional.of(update.actor()) : Optional.empty();
    NamedSql.on(connection, UPDATE)
        .set("id", row.id())
        .set("definition", TriggerJson.write(wanted.trigger()))
        .set("disabled", wanted.disabled())
        .set("principal", disabledBy.map(Actor::principal).orElse(null))
        .set("reason", disabledBy.map(actor -> Rows.storable(actor.reason())).orElse(null))
        .update();
    String change = "UPDATED";
    if (present.disabled() != wanted.disabled()) {
      change = wanted.disabled() ? "DISABLED" : "ENABLED";
    }
    if (wanted.disabled()) {
      close(batch, row);
    }
    TriggerEvents.changed(connection, before.trigger().name(), change, update.actor());
    return new TriggerReader(connection).require(before.trigger().name()).stored();
  }

  private StoredTrigger delete(Batch batch, TriggerRow row, Delete delete) throws SQLException {
    Etag.check(row.stored().name(), row.stored().etag(), delete.etag());
    close(batch, row);
    NamedSql.on(batch.connection(), DELETE).set("id", row.id()).update();
    TriggerEvents.changed(batch.connection(), row.trigger().name(), "DELETED", delete.actor());
    return row.stored();
  }

  private void close(Batch batch, TriggerRow row) throws SQLException {
    if (NamedSql.on(batch.connection(), CLOSE).set("id", row.id()).update() > 0) {
      batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    }
  }
}
