package io.tasklane.task.create;

import io.tasklane.api.Creation;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Move;
import io.tasklane.task.MoveTable;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskState;
import io.tasklane.task.Timeouts;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The creation of one task in one round trip: of one that is ready at once, needs nothing and
 * nobody, and stands for itself, as most do. Where the queue's owner waits on this node, the same
 * trip claims the head of the queue for it, which is this task or a more urgent one; the task's
 * message follows and finds it under way. A chosen name that is taken fails the statement, and the
 * long way says so.
 */
final class PipelinedCreation implements PipelinedTransaction<List<Creation>> {
  private static final TaskState BORN = MoveTable.STANDARD.require(null, Move.SUBMIT);

  private static final String CREATE =
      """
          ${NOW},
          open AS MATERIALIZED (
            SELECT id, intake, aging_ms FROM queue WHERE id = ? FOR SHARE SKIP LOCKED),
          created AS (
            INSERT INTO task (id, revision, name, queue, task_type, priority, input_type, input,
                maximum_attempts, initial_backoff_ms, backoff_multiplier, maximum_backoff_ms,
                jitter, permanent_codes, attempt_timeout_ms, result_ttl_ms, labels,
                create_principal, preemptible, state, version, move_xid, create_time, state_time,
                order_key)
            SELECT nextval('task_seq'), nextval('event_seq'), ?, o.id, ?, w.priority, ?, ?, ?, ?, ?,
                ?, ?, string_to_array(?, ','), ?, ?, ?::jsonb, ?, ?, ${QUEUED}, 1, t.xid, t.at,
                t.at, task_order_key(w.priority, t.at, o.aging_ms)
            FROM t, open o, (SELECT ?::smallint AS priority) w WHERE o.intake = ${OPEN}
            RETURNING id, revision, name, queue, task_type, priority, labels, create_principal,
                order_key, move_xid, create_time),
          ready AS (
            INSERT INTO task_ready (queue, rank, order_key, task)
            SELECT queue, 1, order_key, id FROM created),
          labelled AS (
            INSERT INTO task_label (key, value, task)
            SELECT l.key, l.value, c.id FROM created c, jsonb_each_text(c.labels) l
            WHERE c.labels IS NOT NULL),
          logged AS (
            INSERT INTO task_event (xid, seq, time, task, queue, kind, move, to_state, attempt,
                priority, version, subject, task_type, actor)
            SELECT c.move_xid, c.revision, c.create_time, c.id, c.queue, 1, ${SUBMIT}, ${QUEUED}, 0,
                c.priority, 1, 'tasks/' || c.name, c.task_type, c.create_principal
            FROM created c)
          SELECT c.id, c.revision, c.create_time AS at FROM t LEFT JOIN created c ON true"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${OPEN}", Integer.toString(Intake.OPEN.code()))
          .replace("${QUEUED}", Integer.toString(BORN.code()))
          .replace("${SUBMIT}", Integer.toString(Move.SUBMIT.code()));

  private static final int PARAMETERS = 17;
  private static final String CREATE_ONLY = PipelinedTransaction.alone(CREATE);
  private static final String CREATE_AND_CLAIM =
      PipelinedTransaction.behindOwner(CREATE + ";\n" + ClaimStatement.SQL);

  /** As it is by now: the answer was lost, and the task may have moved on. */
  private static final String FIND =
      """
      SELECT k.*, q.name AS queue_id FROM task_event e
      JOIN task k ON k.id = e.task JOIN queue q ON q.id = k.queue
      WHERE e.xid = ? AND k.name = ?""";

  private final NewTask task;
  private final ReadySignals hints;
  private final Optional<IdleOwners.Idle> owner;

  private PipelinedCreation(NewTask task, ReadySignals hints, Optional<IdleOwners.Idle> owner) {
    this.task = task;
    this.hints = hints;
    this.owner = owner;
  }

  /**
   * The trip of this command, empty where it takes more.
   *
   * @param hints are told of the task
   * @param owners whom it may be claimed for
   */
  static Optional<PipelinedTransaction<List<Creation>>> of(
      List<NewTask> command, ReadySignals hints, IdleOwners owners) {
    if (command.size() != 1 || !standsForItself(command.get(0))) {
      return Optional.empty();
    }
    NewTask task = command.get(0);
    return Optional.of(new PipelinedCreation(task, hints, owners.of(task.queue())));
  }

  private static boolean standsForItself(NewTask task) {
    RunRules rules = task.rules();
    Timeouts timeouts = task.timeouts();
    return task.start().equals(StartConditions.NONE)
        && task.deduplicationKey().isEmpty()
        && rules.orderingKey().isEmpty()
        && rules.resourceUnits().isEmpty()
        && task.input().reference().isEmpty()
        && !timeouts.limitWaiting()
        && timeouts.cancelGrace().equals(Timeouts.DEFAULT_CANCEL_GRACE);
  }

  @Override
  public String text() {
    return owner.isPresent() ? CREATE_AND_CLAIM : CREATE_ONLY;
  }

  @Override
  public boolean locksOwners() {
    return owner.isPresent();
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    int before = owner.isPresent() ? BEHIND_OWNERS : ALONE;
    int at = before;
    statement.setInt(++at, task.queue());
    statement.setString(++at, task.taskId());
    statement.setString(++at, task.taskType());
    statement.setString(++at, task.input().contentType());
    statement.setBytes(++at, task.input().body());
    statement.setInt(++at, task.retryPolicy().maximumAttempts());
    statement.setLong(++at, task.retryPolicy().initialBackoff().toMillis());
    statement.setDouble(++at, task.retryPolicy().multiplier());
    statement.setLong(++at, task.retryPolicy().maximumBackoff().toMillis());
    statement.setDouble(++at, task.retryPolicy().jitter());
    statement.setString(++at, TaskColumns.codes(task.retryPolicy().permanentErrorCodes()));
    statement.setLong(++at, task.attemptTimeout().toMillis());
    statement.setLong(++at, task.resultTtl().toMillis());
    statement.setString(++at, JsonColumns.labels(task.labels()));
    statement.setString(++at, task.principal());
    statement.setBoolean(++at, task.rules().preemptible());
    statement.setInt(++at, task.priority().value());
    if (owner.isPresent()) {
      statement.setInt(OWNERS, owner.get().ownership().queue());
      ClaimStatement.bind(statement, before + PARAMETERS, owner.get().ownership());
    }
  }

  /**
   * Where the queue takes no tasks, or is just being changed, the long way says so, or waits. What
   * was claimed runs all the same: it is committed.
   */
  @Override
  public List<Optional<Outcome<List<Creation>>>> read(Batch batch, ResultSet row)
      throws SQLException {
    Optional<Task> made =
        row.getObject("id") == null ? Optional.empty() : Optional.of(asCreated(row));
    if (owner.isPresent()) {
      Optional<Task> claimed = claimed(row.getStatement());
      batch.afterCommit(() -> start(owner.get(), claimed));
    }
    return List.of(made.map(task -> created(batch, task)));
  }

  private Task asCreated(ResultSet row) throws SQLException {
    Instant at = row.getTimestamp("at").toInstant();
    return task.asCreated(row.getLong("id"), row.getLong("revision"), at, BORN, Optional.empty());
  }

  private static Optional<Task> claimed(Statement statement) throws SQLException {
    statement.getMoreResults();
    try (ResultSet row = statement.getResultSet()) {
      row.next();
      return row.getObject("id") == null ? Optional.empty() : Optional.of(TaskRows.read(row));
    }
  }

  private static void start(IdleOwners.Idle owner, Optional<Task> claimed) {
    claimed.ifPresentOrElse(owner::run, owner::isBusy);
  }

  @Override
  public List<Optional<Outcome<List<Creation>>>> find(Batch batch) throws SQLException {
    if (owner.isPresent()) {
      Optional<Task> claimed = ClaimStatement.find(batch, task.queue()).stream().findFirst();
      batch.afterCommit(() -> start(owner.get(), claimed));
    }
    try (PreparedStatement statement = batch.connection().prepareStatement(FIND)) {
      statement.setLong(1, batch.transaction());
      statement.setString(2, task.taskId());
      try (ResultSet row = statement.executeQuery()) {
        return List.of(
            row.next() ? Optional.of(created(batch, TaskRows.read(row))) : Optional.empty());
      }
    }
  }

  private Outcome<List<Creation>> created(Batch batch, Task made) {
    batch.afterCommit(() -> hints.ready(task.queue(), made.id(), made.priority()));
    return Outcome.done(List.of(new Creation(made, false)));
  }
}
