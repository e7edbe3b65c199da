package io.tasklane.step;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.row.TaskMoves;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends sleeps and waits. The caller holds the lock on the task's row. */
final class SettleSteps {
  /**
   * How a step ends.
   *
   * @param kind of the step
   * @param event that it waited for, empty where its time is up
   * @param failure why its condition could not be asked, empty for a success
   */
  record Settlement(StepKind kind, Optional<Payload> event, Optional<String> failure) {
    static Settlement timeIsUp(StepKind kind) {
      return new Settlement(kind, Optional.empty(), Optional.empty());
    }

    static Settlement by(Payload event) {
      return new Settlement(StepKind.EVENT, Optional.of(event), Optional.empty());
    }

    static Settlement failed(String why) {
      return new Settlement(StepKind.EVENT, Optional.empty(), Optional.of(why));
    }

    private StepState state() {
      return failure.isEmpty() ? StepState.SUCCEEDED : StepState.FAILED;
    }

    private long bytes() {
      return event.map(payload -> (long) payload.body().length).orElse(0L);
    }
  }

  /** The code of a wait whose condition cannot be evaluated. */
  static final String CONDITION = "EVENT_CONDITION";

  private static final String SQL =
      """
      ${NOW},
      settled AS (
        UPDATE task_step s SET state = :state, end_time = t.at, due = NULL, result_type = :type,
            result = :result, result_bytes = :bytes, failure_kind = nullif(:kind, 0),
            failure_code = :code, failure_message = :message
        FROM t WHERE s.task = :task AND s.name = :step AND s.state = ${WAITING}
        RETURNING s.task),
      forgotten AS (
        DELETE FROM step_wait w WHERE w.task = :task AND w.step = :step),
      logged AS (
        ${LOG}
        SELECT t.xid, nextval('event_seq'), t.at, NULL::timestamptz, k.id, k.queue, :event,
            NULL::smallint, NULL::smallint, k.state, k.attempt, k.priority, k.version,
            'tasks/' || k.name, k.task_type, 'system:steps', :data
        FROM task k JOIN settled s ON s.task = k.id, t)
      SELECT task FROM settled"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${LOG}", TaskMoves.LOG)
          .replace("${WAITING}", Integer.toString(StepState.WAITING.code()));

  private SettleSteps() {}

  /** Whether the step waited until now. */
  static boolean settle(Connection connection, TaskKey task, String step, Settlement settlement)
      throws SQLException {
    Optional<String> failure = settlement.failure();
    return NamedSql.on(connection, SQL)
        .set("task", task)
        .set("step", step)
        .set("state", settlement.state().code())
        .set("type", settlement.event().map(Payload::contentType).orElse(null))
        .set("result", settlement.event().map(Payload::body).orElse(null))
        .set("bytes", settlement.bytes())
        .set("kind", failure.isEmpty() ? 0 : Failure.Kind.PERMANENT.code())
        .set("code", failure.isEmpty() ? null : CONDITION)
        .set("message", failure.map(Rows::storable).map(BodySteps::cut).orElse(null))
        .set(
            "event",
            (failure.isEmpty() ? EventKind.TASK_STEP_SUCCEEDED : EventKind.TASK_STEP_FAILED).code())
        .set("data", data(step, settlement))
        .exists();
  }

  private static String data(String step, Settlement settlement) {
    if (settlement.failure().isEmpty()) {
      return StepEvents.succeeded(step, settlement.kind(), settlement.bytes());
    }
    Failure failure =
        new Failure(
            Failure.Kind.PERMANENT, CONDITION, settlement.failure().get(), "", Instant.EPOCH);
    return StepEvents.failed(
        step,
        settlement.kind(),
        new StepReport.Failed(failure, 1, Optional.empty(), Duration.ZERO));
  }
}
