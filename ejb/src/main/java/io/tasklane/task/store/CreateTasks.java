package io.tasklane.task.store;

import io.tasklane.app.Refusal;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.task.Move;
import io.tasklane.task.MoveTable;
import io.tasklane.task.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates tasks. One command is a list that is created whole or not at all; all commands of a batch
 * are one statement.
 */
public final class CreateTasks implements CommandKind<List<NewTask>, List<Task>> {
  private static final String TAKEN = "SELECT name FROM task WHERE name = ANY (?)";
  private static final String INSERT =
      """
      WITH t AS MATERIALIZED (
        SELECT clock_timestamp() AS at, pg_current_xact_id()::text::bigint AS xid),
      wanted AS (
        SELECT * FROM unnest(?::text[], ?::int[], ?::text[], ?::smallint[], ?::text[], ?::bytea[],
            ?::smallint[], ?::bigint[], ?::float8[], ?::bigint[], ?::float8[], ?::text[],
            ?::bigint[], ?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
          AS w (name, queue, task_type, priority, input_type, input, maximum_attempts,
            initial_backoff_ms, backoff_multiplier, maximum_backoff_ms, jitter, permanent_codes,
            attempt_timeout_ms, result_ttl_ms, labels, principal, position)
        ORDER BY position),
      created AS (
        INSERT INTO task (id, revision, name, queue, task_type, priority, input_type, input,
            maximum_attempts, initial_backoff_ms, backoff_multiplier, maximum_backoff_ms, jitter,
            permanent_codes, attempt_timeout_ms, result_ttl_ms, labels, create_principal, state,
            version, move_xid, create_time, state_time)
        SELECT nextval('task_seq'), nextval('event_seq'), name, queue, task_type, priority,
            input_type, input, maximum_attempts, initial_backoff_ms, backoff_multiplier,
            maximum_backoff_ms, jitter, string_to_array(permanent_codes, ','), attempt_timeout_ms,
            result_ttl_ms, labels::jsonb, principal, %1$d, 1, xid, at, at
        FROM wanted, t
        RETURNING id, revision, name, queue, task_type, priority, create_principal),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 1, -priority, id FROM created),
      logged AS (
        INSERT INTO task_event (xid, seq, time, task, queue, kind, move, to_state, attempt,
            priority, version, subject, task_type, actor)
        SELECT t.xid, c.revision, t.at, c.id, c.queue, 1, %2$d, %1$d, 0, c.priority, 1,
            'tasks/' || c.name, c.task_type, c.create_principal
        FROM created c, t)
      SELECT c.name, c.id, c.revision, t.at FROM created c, t"""
          .formatted(MoveTable.STANDARD.require(null, Move.SUBMIT).code(), Move.SUBMIT.code());

  private final Hints hints;

  /** Tells these of every task created. */
  public CreateTasks(Hints hints) {
    this.hints = hints;
  }

  @Override
  public int rank() {
    return 30;
  }

  @Override
  public Set<Integer> feeds(List<NewTask> command) {
    return NewTask.queuesOf(command);
  }

  @Override
  public List<Outcome<List<Task>>> execute(Batch batch, List<List<NewTask>> commands)
      throws SQLException {
    IntakeCheck intake = new IntakeCheck(batch);
    Set<String> taken = taken(batch.connection(), commands);
    Set<String> names = new HashSet<>();
    List<Outcome<List<Task>>> outcomes = new ArrayList<>();
    List<NewTask> all = new ArrayList<>();
    for (List<NewTask> command : commands) {
      Optional<Outcome<List<Task>>> closed = intake.ofClient(command);
      Optional<Refusal> clash = clash(command, taken);
      if (closed.isPresent()) {
        outcomes.add(closed.get());
      } else if (clash.isPresent()) {
        outcomes.add(Outcome.refused(clash.get()));
      } else if (command.stream().anyMatch(t -> names.contains(t.taskId()))) {
        outcomes.add(Outcome.again()); // its twin comes first; the next batch finds it
      } else {
        command.forEach(t -> names.add(t.taskId()));
        all.addAll(command);
        outcomes.add(null);
      }
    }
    Map<String, Task> created = insert(batch, all);
    for (int i = 0; i < commands.size(); i++) {
      if (outcomes.get(i) == null) {
        outcomes.set(
            i, Outcome.done(commands.get(i).stream().map(t -> created.get(t.taskId())).toList()));
      }
    }
    return outcomes;
  }

  private static Optional<Refusal> clash(List<NewTask> command, Set<String> taken) {
    Set<String> own = new HashSet<>();
    for (NewTask task : command) {
      if (taken.contains(task.taskId()) || !own.add(task.taskId())) {
        return Optional.of(
            Refusal.of(
                Refusal.Sort.ALREADY_EXISTS,
                "TASK_EXISTS",
                task.name(),
                task.name() + " exists already; choose another task_id or leave it empty"));
      }
    }
    return Optional.empty();
  }

  private static Set<String> taken(Connection connection, List<List<NewTask>> commands)
      throws SQLException {
    Set<String> taken = new HashSet<>();
    Object[] chosen =
        commands.stream()
            .flatMap(List::stream)
            .filter(NewTask::chosenName)
            .map(NewTask::taskId)
            .toArray();
    if (chosen.length > 0) {
      try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
        statement.setArray(1, connection.createArrayOf("text", chosen));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            taken.add(rows.getString(1));
          }
        }
      }
    }
    return taken;
  }

  /** Writes these tasks into the running transaction; their names are free. */
  Map<String, Task> insert(Batch batch, List<NewTask> tasks) throws SQLException {
    Map<String, Task> created = new HashMap<>();
    if (tasks.isEmpty()) {
      return created;
    }
    Map<String, NewTask> byName = new HashMap<>();
    tasks.forEach(t -> byName.put(t.taskId(), t));
    try (PreparedStatement statement = batch.connection().prepareStatement(INSERT)) {
      TaskColumns.bind(batch.connection(), statement, tasks);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          NewTask task = byName.get(rows.getString("name"));
          long id = rows.getLong("id");
          created.put(
              task.taskId(),
              task.asCreated(id, rows.getLong("revision"), rows.getTimestamp("at").toInstant()));
          batch.afterCommit(() -> hints.ready(task.queue(), id, task.priority()));
        }
      }
    }
    return created;
  }
}
