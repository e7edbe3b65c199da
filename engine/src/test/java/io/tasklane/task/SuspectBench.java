package io.tasklane.task;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.recover.Suspect;
import io.tasklane.task.recover.SuspectRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queues A, B and C on the store, with the conditions that suspects put on claims. */
final class SuspectBench implements AutoCloseable {
  /** The first seconds after a loss last until {@link #pass} ends them, however slow a test is. */
  private static final String SLOWLY =
      """
      CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.since := NEW.since + interval '1 hour'; RETURN NEW; END $$;
      CREATE TRIGGER slowly BEFORE INSERT OR UPDATE OF told ON task_suspect
        FOR EACH ROW WHEN (NOT NEW.told) EXECUTE FUNCTION slowly()""";

  final StoreBench store = new StoreBench();
  final List<QueueKey> signalled = new ArrayList<>();
  final SuspectRules rules = new SuspectRules((queue, task, priority) -> signalled.add(queue));
  final CompleteGroups groups;
  private final CompleteTasks completions;
  private final Map<String, QueueKey> queues = new HashMap<>();
  private final Map<String, Ownership> owned = new HashMap<>();

  SuspectBench() {
    ClaimHeads claims =
        new ClaimHeads(new ClaimConditions(List.of(store.units, rules.condition())), store.expiry);
    Postgres.run(store.database, SLOWLY);
    completions = new CompleteTasks(store.runs, store.dependents, claims);
    groups = new CompleteGroups(store.runs, claims);
    for (String name : List.of("A", "B", "C")) {
      QueueSettings settings =
          new QueueSettings(
              name,
              QueuePolicy.STANDARD,
              RetryPolicy.DEFAULT,
              Duration.ofMinutes(1),
              Duration.ofHours(1));
      StoreBench.get(store.committer.submit(new EnsureQueues(), List.of(settings)));
      long key =
          Postgres.number(store.database, "SELECT id FROM queue WHERE name = '" + name + "'");
      queues.put(name, new QueueKey((int) key));
    }
  }

  /** A start of the node takes these queues, in this order. */
  void take(String node, long start, String... names) {
    for (String name : names) {
      TakeQueues.Take take = new TakeQueues.Take(queues.get(name), node, start, false);
      owned.put(name, StoreBench.get(store.committer.submit(store.takes, take)).orElseThrow());
    }
  }

  /** The node dies; its next start takes these queues, in this order. */
  void restart(String node, long start, String... names) {
    store.live(node, start);
    take(node, start, names);
  }

  Task create(String queue) {
    return store.create(store.forQueue(queues.get(queue).value(), queue));
  }

  Optional<Task> claim(String queue) {
    return StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owned.get(queue), Optional.empty(), true)))
        .claimed();
  }

  /** The task that the queue claims and that has to be there. */
  Task run(String queue) {
    return claim(queue).orElseThrow();
  }

  Ownership owner(String queue) {
    return owned.get(queue);
  }

  void succeed(String queue, Task run) {
    store.complete(owned.get(queue), run, StoreBench.succeeded(), false);
  }

  /** So much time passes since all losses and starts; what is over after it is over. */
  void pass(Duration time) {
    String past = " - interval '" + time.toMillis() + " ms'";
    String since =
        time.compareTo(Suspect.ALONE) < 0
            ? "since" + past
            : "least(since, clock_timestamp())" + past;
    Postgres.run(
        store.database,
        "UPDATE task_suspect SET since = "
            + since
            + "; UPDATE task SET start_time = start_time"
            + past);
    rules.clear(store.committer);
  }

  Task read(Task task) {
    return store.read(task.taskId());
  }

  long suspects() {
    return store.count("task_suspect");
  }

  @Override
  public void close() {
    store.close();
  }
}
