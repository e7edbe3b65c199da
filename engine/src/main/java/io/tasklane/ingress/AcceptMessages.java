package io.tasklane.ingress;

import io.tasklane.api.Creation;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes tasks of messages, each once: its key is written with the task. A message that has become
 * one before gets its replies again.
 *
 * @param creation creates the tasks
 * @param replies writes what is to be sent
 */
record AcceptMessages(CreateTasks creation, ReplyRows replies)
    implements CommandKind<AcceptMessages.Accept, AcceptMessages.Accepted> {
  /**
   * A message.
   *
   * @param key see {@link MessageKey}
   * @param task that it asks for
   * @param reply where its sender waits for replies
   */
  record Accept(String key, NewTask task, Optional<ReplyAddress> reply) {}

  /**
   * What a message has become.
   *
   * @param taskId final part of the task's name
   * @param again whether it had before
   */
  record Accepted(String taskId, boolean again) {}

  private record Known(long task, String name) {}

  private static final String FIND =
      "SELECT key, task, task_name FROM ingress_inbox WHERE key = ANY (:keys)";
  private static final String KEEP =
      """
      INSERT INTO ingress_inbox (key, task, task_name, time)
      SELECT u.key, u.task, u.name, clock_timestamp()
      FROM unnest(:keys::text[], :tasks::bigint[], :names::text[]) AS u (key, task, name)
      ORDER BY u.key
      ON CONFLICT DO NOTHING""";

  @Override
  public CommandOrder order() {
    return CommandOrder.ACCEPT_MESSAGES;
  }

  @Override
  public Set<QueueKey> targetQueues(Accept command) {
    return Set.of(command.task().queue());
  }

  @Override
  public Set<String> keysOf(Accept command) {
    return command.task().rules().orderingKey().map(Set::of).orElse(Set.of());
  }

  @Override
  public List<Outcome<Accepted>> execute(Batch batch, List<Accept> commands) throws SQLException {
    Map<String, Known> known = find(batch, commands);
    Map<String, Accept> fresh = new LinkedHashMap<>();
    for (Accept command : commands) {
      if (!known.containsKey(command.key())) {
        fresh.putIfAbsent(command.key(), command);
      }
    }
    Map<String, Outcome<List<Creation>>> created = create(batch, List.copyOf(fresh.values()));
    List<Outcome<Accepted>> outcomes = new ArrayList<>();
    for (Accept command : commands) {
      Outcome<List<Creation>> outcome = created.get(command.key());
      outcomes.add(
          outcome == null
              ? again(batch, command, known.get(command.key()))
              : first(batch, command, outcome));
    }
    return outcomes;
  }

  private static Map<String, Known> find(Batch batch, List<Accept> commands) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    NamedSql.on(batch.connection(), FIND)
        .rows(commands)
        .add("keys", "text", Accept::key)
        .each(row -> known.put(row.getString(1), new Known(row.getLong(2), row.getString(3))));
    return known;
  }

  /** Creates the tasks, and keeps the keys of those that exist now. */
  private Map<String, Outcome<List<Creation>>> create(Batch batch, List<Accept> fresh)
      throws SQLException {
    Map<String, Outcome<List<Creation>>> created = new HashMap<>();
    if (fresh.isEmpty()) {
      return created;
    }
    List<Outcome<List<Creation>>> outcomes =
        creation.execute(batch, fresh.stream().map(each -> List.of(each.task())).toList());
    List<Accept> done = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      created.put(fresh.get(i).key(), outcomes.get(i));
      if (outcomes.get(i) instanceof Outcome.Done<List<Creation>>) {
        done.add(fresh.get(i));
      }
    }
    int kept =
        done.isEmpty()
            ? 0
            : NamedSql.on(batch.connection(), KEEP)
                .rows(done)
                .add("keys", "text", Accept::key)
                .add("tasks", "int8", each -> task(created.get(each.key())).id())
                .add("names", "text", each -> task(created.get(each.key())).taskId())
                .update();
    if (kept < done.size()) {
      throw Again.because("a message has become a task on another node just now");
    }
    return created;
  }

  private static Task task(Outcome<List<Creation>> outcome) {
    return ((Outcome.Done<List<Creation>>) outcome).result().get(0).task();
  }

  private Outcome<Accepted> first(Batch batch, Accept command, Outcome<List<Creation>> outcome)
      throws SQLException {
    if (outcome instanceof Outcome.Refused<List<Creation>> refused) {
      return Outcome.refused(refused.refusal());
    }
    if (!(outcome instanceof Outcome.Done<List<Creation>>)) {
      return Outcome.again();
    }
    Task task = task(outcome);
    if (command.reply().isPresent()) {
      replies.accepted(batch, task.id().value(), task.taskId(), command.reply().get());
    }
    return Outcome.done(new Accepted(task.taskId(), false));
  }

  private Outcome<Accepted> again(Batch batch, Accept command, Known known) throws SQLException {
    if (command.reply().isPresent()) {
      replies.accepted(batch, known.task(), known.name(), command.reply().get());
    }
    return Outcome.done(new Accepted(known.name(), true));
  }
}
