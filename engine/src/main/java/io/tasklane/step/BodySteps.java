package io.tasklane.step;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.ArtifactGoneException;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactUses;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Records what became of bodies of steps, with their events, in one statement each. The lock on the
 * task's row keeps the lease from being lost before the record is durable. A step that has
 * succeeded stays as it is.
 */
final class BodySteps {
  private static final int LONGEST_MESSAGE = 512;

  private static final String SQL =
      """
      ${NOW},
      cur AS MATERIALIZED (
        SELECT id, queue, state, attempt, priority, version, name, task_type, node FROM task
        WHERE name = :task AND fencing_token = :token AND state IN (${RUNNING}, ${CANCELLING})
        FOR NO KEY UPDATE),
      room AS MATERIALIZED (
        SELECT coalesce(max(number), 0) AS used FROM task_step WHERE task = (SELECT id FROM cur)),
      kept AS (
        INSERT INTO task_step AS s (task, name, number, kind, state, attempt, failed_tries, outside,
            token, start_time, end_time, due, result_bytes, failure_kind, failure_code,
            failure_message, result_type, result)
        SELECT cur.id, :step, room.used + 1, ${BODY}, :state, cur.attempt, :tries, :outside,
            :token, t.at - :took * interval '1 ms', CASE WHEN :state <> ${RETRY_WAIT} THEN t.at END,
            CASE WHEN :state = ${RETRY_WAIT} THEN t.at + :backoff * interval '1 ms' END, :bytes,
            nullif(:kind, 0), :code, :message, :type, :result
        FROM cur, room, t
        WHERE room.used < ${MOST}
          OR EXISTS (SELECT FROM task_step WHERE task = cur.id AND name = :step)
        ON CONFLICT (task, name) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
            failed_tries = excluded.failed_tries, outside = excluded.outside,
            token = excluded.token, start_time = excluded.start_time, end_time = excluded.end_time,
            due = excluded.due, result_bytes = excluded.result_bytes,
            failure_kind = excluded.failure_kind, failure_code = excluded.failure_code,
            failure_message = excluded.failure_message, result_type = excluded.result_type,
            result = excluded.result
        WHERE s.state <> ${SUCCEEDED} AND s.kind = ${BODY}
        RETURNING s.*),
      logged AS (
        ${LOG}
        SELECT t.xid, nextval('event_seq'), t.at, NULL::timestamptz, cur.id, cur.queue, :event,
            NULL::smallint, NULL::smallint, cur.state, cur.attempt, cur.priority, cur.version,
            'tasks/' || cur.name, cur.task_type, 'nodes/' || cur.node, :data
        FROM cur, kept, t)
      SELECT cur.id, s.task IS NOT NULL AS kept, ${COLUMNS}
      FROM cur LEFT JOIN kept s ON true"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${LOG}", TaskMoves.LOG)
          .replace("${COLUMNS}", StepRows.COLUMNS)
          .replace("${RUNNING}", Integer.toString(TaskState.RUNNING.code()))
          .replace("${CANCELLING}", Integer.toString(TaskState.CANCELLING.code()))
          .replace("${BODY}", Integer.toString(StepKind.BODY.code()))
          .replace("${MOST}", Integer.toString(TaskStep.MOST))
          .replace("${RETRY_WAIT}", Integer.toString(StepState.RETRY_WAIT.code()))
          .replace("${SUCCEEDED}", Integer.toString(StepState.SUCCEEDED.code()));

  private static final String USE =
      """
      INSERT INTO step_artifact_use (task, step, artifact) VALUES (:task, :step, :sha256)
      ON CONFLICT (task, step) DO UPDATE SET artifact = excluded.artifact""";

  /** What became of a record. */
  record Recorded(long task, Optional<KnownStep> step) {}

  private BodySteps() {}

  /** Empty where no live lease has the token; without a step where it was not written. */
  static Optional<Recorded> succeeded(
      Connection connection, RecordSteps.Entry entry, StepReport.Succeeded report)
      throws SQLException {
    requireKept(connection, report);
    Optional<Recorded> recorded =
        NamedSql.on(connection, SQL)
            .set("task", entry.taskId())
            .set("token", entry.token())
            .set("step", entry.step())
            .set("state", StepState.SUCCEEDED.code())
            .set("tries", 0)
            .set("outside", report.outside())
            .set("took", millis(report.took()))
            .set("backoff", 0L)
            .set("bytes", report.bytes())
            .set("kind", 0)
            .set("code", (String) null)
            .set("message", (String) null)
            .set("type", report.result().map(Payload::contentType).orElse(null))
            .set("result", report.result().map(Payload::body).orElse(null))
            .set("event", EventKind.TASK_STEP_SUCCEEDED.code())
            .set("data", StepEvents.succeeded(entry.step(), StepKind.BODY, report.bytes()))
            .first(BodySteps::read);
    Optional<ArtifactReference> named = report.result().flatMap(Payload::reference);
    if (named.isPresent() && recorded.flatMap(Recorded::step).isPresent()) {
      use(connection, recorded.get().task(), entry.step(), named.get());
    }
    return recorded;
  }

  /** As {@link #succeeded}. */
  static Optional<Recorded> failed(
      Connection connection, RecordSteps.Entry entry, StepReport.Failed report)
      throws SQLException {
    Failure failure = report.failure();
    StepState state = report.backoff().isPresent() ? StepState.RETRY_WAIT : StepState.FAILED;
    return NamedSql.on(connection, SQL)
        .set("task", entry.taskId())
        .set("token", entry.token())
        .set("step", entry.step())
        .set("state", state.code())
        .set("tries", report.failedTries())
        .set("outside", false)
        .set("took", millis(report.took()))
        .set("backoff", report.backoff().orElse(Duration.ZERO).toMillis())
        .set("bytes", 0L)
        .set("kind", failure.kind().code())
        .set("code", Rows.storable(failure.code()))
        .set("message", cut(Rows.storable(failure.message())))
        .set("type", (String) null)
        .set("result", (byte[]) null)
        .set("event", EventKind.TASK_STEP_FAILED.code())
        .set("data", StepEvents.failed(entry.step(), StepKind.BODY, report))
        .first(BodySteps::read);
  }

  private static Recorded read(ResultSet row) throws SQLException {
    return new Recorded(
        row.getLong("id"),
        row.getBoolean("kept") ? Optional.of(StepRows.read(row)) : Optional.empty());
  }

  /** The artifact stays until the commit. */
  private static void requireKept(Connection connection, StepReport.Succeeded report)
      throws SQLException {
    Optional<ArtifactReference> named = report.result().flatMap(Payload::reference);
    if (named.isPresent()) {
      String sha256 = named.get().sha256();
      Long size = ArtifactUses.lock(connection, Set.of(sha256)).get(sha256);
      if (size == null || size != named.get().sizeBytes()) {
        throw Refusal.of(
            Refusal.Sort.INVALID_ARGUMENT,
            RefusalReason.ARTIFACT_UNKNOWN,
            "success.result",
            new ArtifactGoneException(named.get()).getMessage());
      }
    }
  }

  private static void use(Connection connection, long task, String step, ArtifactReference named)
      throws SQLException {
    NamedSql.on(connection, USE)
        .set("task", task)
        .set("step", step)
        .set("sha256", named.sha256())
        .update();
  }

  private static long millis(Duration took) {
    return Math.max(0, took.toMillis());
  }

  static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(
            0, message.offsetByCodePoints(0, message.codePointCount(0, LONGEST_MESSAGE)));
  }
}
