package io.tasklane.task.create;

import io.tasklane.api.Creation;
import io.tasklane.commit.Batch;
import io.tasklane.commit.IdempotentRequest;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedSql;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates one task in one round trip: a task that is ready at once, without dependencies, resources
 * or keys, as most are. If the queue's owner is idle on this node, the same transaction claims the
 * head of the queue for it, which is this task or a more urgent one; the task's ready signal
 * follows and finds it running. A chosen name that is taken fails the statement, and the general
 * way reports it.
 *
 * <p>If the request has an id the same statement looks for an earlier answer, and keeps this one if
 * there is none. The bytes of the answer are written before PostgreSQL has generated the revision
 * and the time of the task; these two have columns of their own.
 *
 * @param andClaim the transactions that claim as well
 * @param task to create
 * @param request whose answer is kept, if any
 * @param signals sent for the task
 * @param owner for which it may be claimed, if one is idle
 */
public record PipelinedCreation(
    AndClaim andClaim,
    NewTask task,
    Optional<IdempotentRequest<List<Creation>>> request,
    ReadySignals signals,
    Optional<IdleOwners.Idle> owner)
    implements PipelinedTransaction<List<Creation>> {
  private static final TaskState BORN = MoveTable.STANDARD.require(null, Move.SUBMIT);

  private static final String CREATE =
      """
      ${NOW},${ASKED}
      open AS MATERIALIZED (
        SELECT id, intake, aging_ms FROM queue WHERE id = :queue FOR SHARE SKIP LOCKED),
      created AS (
        INSERT INTO task (id, revision, name, queue, task_type, priority, input_type, input,
            maximum_attempts, initial_backoff_ms, backoff_multiplier, maximum_backoff_ms,
            jitter, permanent_codes, attempt_timeout_ms, result_ttl_ms, labels,
            create_principal, preemptible, state, version, move_xid, create_time, state_time,
            order_key)
        SELECT nextval('task_seq'), nextval('event_seq'), :name, o.id, :task_type, w.priority,
            :input_type, :input, :maximum_attempts, :initial_backoff_ms, :backoff_multiplier,
            :maximum_backoff_ms, :jitter, string_to_array(:permanent_codes, ','),
            :attempt_timeout_ms, :result_ttl_ms, :labels::jsonb, :principal, :preemptible,
            ${QUEUED}, 1, t.xid, t.at, t.at, task_order_key(w.priority, t.at, o.aging_ms)
        FROM t, open o, (SELECT :priority::smallint AS priority) w
        WHERE o.intake = ${OPEN}${IF_NEW}
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
        ${LOG}
        SELECT c.move_xid, c.revision, c.create_time, NULL, c.id, c.queue, 1, ${SUBMIT}, NULL,
            ${QUEUED}, 0, c.priority, 1, 'tasks/' || c.name, c.task_type, c.create_principal, NULL
        FROM created c)${KEPT}
      SELECT c.id, c.revision, c.create_time AS at${ANSWER}
      FROM t LEFT JOIN created c ON true${OF_REQUEST}"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${LOG}", TaskMoves.LOG)
          .replace("${OPEN}", Integer.toString(Intake.OPEN.code()))
          .replace("${QUEUED}", Integer.toString(BORN.code()))
          .replace("${SUBMIT}", Integer.toString(Move.SUBMIT.code()));

  /** For a request without an id. */
  public static final String PLAIN = CREATE.replaceAll("\\$\\{[A-Z_]+}", "");

  /** For a request whose answer is kept. */
  public static final String IDEMPOTENT =
      CREATE
          .replace("${ASKED}", "\n" + IdempotentRequest.FIND_ANSWER + ",")
          .replace("${IF_NEW}", " AND NOT EXISTS (SELECT FROM asked)")
          .replace("${KEPT}", ",\n" + IdempotentRequest.KEEP_ANSWER)
          .replace("${ANSWER}", ", a.*")
          .replace("${OF_REQUEST}", " LEFT JOIN asked a ON true");

  private static final PipelinedSql CREATE_ONLY = PipelinedSql.alone(PLAIN);
  private static final PipelinedSql CREATE_ONCE = PipelinedSql.alone(IDEMPOTENT);

  /**
   * The transactions that claim as well.
   *
   * @param create for a request without an id
   * @param createOnce for a request whose answer is kept
   */
  record AndClaim(PipelinedSql create, PipelinedSql createOnce) {
    static AndClaim of(ClaimStatement claim) {
      return new AndClaim(after(PLAIN, claim), after(IDEMPOTENT, claim));
    }

    private static PipelinedSql after(String create, ClaimStatement claim) {
      return PipelinedSql.afterOwner(create + ";\n" + claim.text());
    }
  }

  /** The event of the creation has the generated values, even if the task has moved on. */
  private static final String FIND =
      """
      SELECT task AS id, seq AS revision, time AS at FROM task_event
      WHERE xid = :transaction AND kind = 1 AND move = %d AND subject = :subject"""
          .formatted(Move.SUBMIT.code());

  /**
   * The pipelined transaction of this command; empty where it needs more than one round trip.
   *
   * @param request whose answer is kept, if any
   * @param signals sent for the task
   * @param owners for which it may be claimed
   */
  static Optional<PipelinedTransaction<List<Creation>>> of(
      AndClaim andClaim,
      List<NewTask> command,
      Optional<IdempotentRequest<List<Creation>>> request,
      ReadySignals signals,
      IdleOwners owners) {
    if (command.size() != 1 || !standsForItself(command.get(0))) {
      return Optional.empty();
    }
    NewTask task = command.get(0);
    return Optional.of(
        new PipelinedCreation(andClaim, task, request, signals, owners.of(task.queue())));
  }

  private static boolean standsForItself(NewTask task) {
    RunRules rules = task.rules();
    Timeouts timeouts = task.spec().timeouts();
    return task.listeners() == 0
        && task.start().equals(StartConditions.NONE)
        && task.deduplicationKey().isEmpty()
        && rules.orderingKey().isEmpty()
        && rules.resourceUnits().isEmpty()
        && task.spec().input().reference().isEmpty()
        && !timeouts.limitWaiting()
        && timeouts.cancelGrace().equals(Timeouts.DEFAULT_CANCEL_GRACE);
  }

  @Override
  public PipelinedSql sql() {
    if (owner.isPresent()) {
      return request.isPresent() ? andClaim.createOnce() : andClaim.create();
    }
    return request.isPresent() ? CREATE_ONCE : CREATE_ONLY;
  }

  @Override
  public void bind(Parameters parameters) throws SQLException {
    if (request.isPresent()) {
      request.get().bind(parameters, List.of(new Creation(unwritten(), false)));
    }
    bindTask(parameters);
    if (owner.isPresent()) {
      ClaimStatement.bind(parameters, owner.get().ownership());
    }
  }

  private void bindTask(Parameters parameters) throws SQLException {
    parameters
        .set("queue", task.queue())
        .set("name", task.taskId())
        .set("task_type", task.spec().taskType())
        .set("input_type", task.spec().input().contentType())
        .set("input", task.spec().input().body())
        .set("maximum_attempts", task.spec().retryPolicy().maximumAttempts())
        .set("initial_backoff_ms", task.spec().retryPolicy().initialBackoff().toMillis())
        .set("backoff_multiplier", task.spec().retryPolicy().multiplier())
        .set("maximum_backoff_ms", task.spec().retryPolicy().maximumBackoff().toMillis())
        .set("jitter", task.spec().retryPolicy().jitter())
        .set("permanent_codes", TaskColumns.codes(task.spec().retryPolicy().permanentErrorCodes()))
        .set("attempt_timeout_ms", task.spec().timeouts().attempt().toMillis())
        .set("result_ttl_ms", task.spec().resultTtl().toMillis())
        .set("labels", JsonColumns.labels(task.spec().labels()))
        .set("principal", task.principal())
        .set("preemptible", task.rules().preemptible())
        .set("priority", task.priority().value());
  }

  /**
   * If the queue accepts no tasks or is being changed, the general way reports it or waits. A
   * claimed task runs all the same: its claim is committed.
   */
  @Override
  public List<Optional<Outcome<List<Creation>>>> read(Batch batch, ResultSet row)
      throws SQLException {
    Optional<Task> made =
        row.getObject("id") == null ? Optional.empty() : Optional.of(asCreated(row));
    Optional<Outcome<List<Creation>>> repeated =
        request.isPresent() ? request.get().repeated(row) : Optional.empty();
    if (owner.isPresent()) {
      Optional<Task> claimed = claimed(row.getStatement());
      batch.afterCommit(() -> start(owner.get(), claimed));
    }
    return List.of(made.map(task -> created(batch, task)).or(() -> repeated));
  }

  /** The task as it will be created, without what PostgreSQL generates. */
  private Task unwritten() {
    return task.asCreated(TaskKey.NONE, 0, Instant.EPOCH, BORN, Optional.empty());
  }

  private Task asCreated(ResultSet row) throws SQLException {
    Instant at = row.getTimestamp("at").toInstant();
    return task.asCreated(
        new TaskKey(row.getLong("id")), row.getLong("revision"), at, BORN, Optional.empty());
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
    return List.of(
        NamedSql.on(batch.connection(), FIND)
            .set("transaction", batch.transaction())
            .set("subject", task.name())
            .first(row -> created(batch, asCreated(row))));
  }

  private Outcome<List<Creation>> created(Batch batch, Task made) {
    batch.afterCommit(() -> signals.ready(task.queue(), made.id(), made.priority()));
    return Outcome.done(List.of(new Creation(made, false)));
  }
}
