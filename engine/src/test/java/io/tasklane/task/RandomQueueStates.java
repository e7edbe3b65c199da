package io.tasklane.task;

import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.explain.Blocker;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueueState;
import io.tasklane.rules.RandomValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Random states of one queue, reached by real commands, and what clears each blocker there. */
final class RandomQueueStates {
  private static final int MOST_TASKS = 6;
  private static final Duration FAR = Duration.ofHours(1);

  private final ExplainBench bench;
  private final RandomValues random;
  private Durability durability;
  private boolean hasOwner;

  RandomQueueStates(ExplainBench bench, RandomValues random) {
    this.bench = bench;
    this.random = random;
  }

  Durability durability() {
    return durability;
  }

  /** Whether a node may ask for a task at all. */
  boolean hasOwner() {
    return hasOwner;
  }

  private boolean rarely() {
    return random.below(8) == 0;
  }

  private void sql(String sql) {
    Postgres.run(bench.store.database, sql);
  }

  /** The next state. */
  void next() {
    bench.clear();
    durability = random.below(4) == 0 ? Durability.GROUPED : Durability.EACH;
    sql(
        "UPDATE queue_owner SET bid_node = NULL, bid_incarnation = NULL, state = "
            + QueueState.ACTIVE.code()
            + ", concurrency = "
            + (1 + random.below(3))
            + "; UPDATE queue SET durability = "
            + durability.code()
            + ", aging_ms = "
            + random.oneOf("NULL", "NULL", "1"));
    if (random.below(4) == 0) {
      sql(
          "INSERT INTO queue_rate SELECT id, "
              + (1 + random.below(3))
              + ", 3600000 FROM queue ORDER BY id LIMIT 1");
    }
    if (rarely()) { // a calendar that does not exist knows nothing, so the queue is closed
      sql("INSERT INTO queue_calendar SELECT id, 'NONE' FROM queue ORDER BY id LIMIT 1");
    }
    bench.own();
    bench.capacity(3);
    IntStream.range(0, 1 + random.below(MOST_TASKS)).forEach(this::create);
    IntStream.range(0, random.below(5)).forEach(step -> step());
    bench.capacity(random.oneOf(3, 3, 4));
    disturb();
    bench.renew();
    if (hasOwner && rarely()) {
      sql("UPDATE node_lease SET dead = true");
      hasOwner = false;
    }
  }

  private void create(int number) {
    Instant now = Instant.now();
    StartConditions start =
        new StartConditions(
            number > 0 && rarely()
                ? List.of(
                    new Dependency(
                        "t" + random.below(number), DependencyPolicy.ON_END, Optional.empty()))
                : List.of(),
            rarely() ? Optional.of(now.plus(FAR)) : Optional.empty(),
            rarely() ? Optional.of(random.yes() ? now.plus(FAR) : now) : Optional.empty());
    RunRules rules =
        new RunRules(
            random.below(4) == 0 ? Optional.of(random.oneOf("a", "b")) : Optional.empty(),
            random.below(3) == 0 ? Map.of(ExplainBench.RESOURCE, 1 + random.below(3)) : Map.of(),
            rarely());
    bench.store.create(
        bench.task(
            "t" + number,
            1 + random.below(3),
            start,
            rules,
            rarely() ? Optional.of(Duration.ofMillis(1)) : Optional.empty()));
  }

  /** The queue goes on a little. */
  private void step() {
    Optional<Task> run = bench.claim(durability);
    if (run.isPresent() && random.yes()) {
      bench.complete(
          run.get().taskId(), random.yes() ? StoreBench.succeeded() : ExplainTest.tryAgain());
    }
    if (rarely()) {
      bench.own(); // its node is lost, with its runs
    }
  }

  private void disturb() {
    hasOwner = true;
    switch (random.below(12)) {
      case 0 -> sql("UPDATE queue_owner SET state = " + QueueState.PAUSED.code());
      case 1 -> sql("UPDATE queue_owner SET state = " + QueueState.DRAINING.code());
      case 2 -> sql("UPDATE queue_owner SET bid_node = 'n2', bid_incarnation = 1");
      case 3 -> {
        sql("UPDATE queue_owner SET node = NULL, epoch = epoch + 1");
        hasOwner = false;
      }
      case 4 -> hold();
      default -> {
        // as it is
      }
    }
  }

  /** A workflow runs the queue later. */
  private void hold() {
    sql(
        """
        INSERT INTO workflow (id, name, definition, create_time, create_principal, display_name,
            inputs, priority, state, run, paused, move_xid, revision, version)
          VALUES (1, 'later', 1, now(), 'tester', '', '{}', 5, 1, 1, false, 1, 1, 1)
          ON CONFLICT DO NOTHING;
        INSERT INTO queue_hold SELECT id, 1, false FROM queue""");
  }

  /** Clears what keeps this task. */
  void clear(String taskId, Blocker blocker) {
    if (blocker instanceof Blocker.Dependency need) {
      bench.end(id(need.task()));
    } else if (blocker instanceof Blocker.NotBefore) {
      sql("UPDATE task SET run_after = now() WHERE name = '" + taskId + "'");
      due(taskId);
    } else if (blocker instanceof Blocker.RetryBackoff) {
      due(taskId);
    } else if (blocker instanceof Blocker.OrderingKey line) {
      bench.end(id(line.task()));
    } else if (blocker instanceof Blocker.Resource) {
      bench.capacity(1000);
    } else {
      clearOfQueue(blocker);
    }
  }

  private void due(String taskId) {
    sql(
        "UPDATE task_due SET due = now() WHERE task = (SELECT id FROM task WHERE name = '"
            + taskId
            + "')");
    bench.releaseDue();
  }

  private void clearOfQueue(Blocker blocker) {
    if (blocker instanceof Blocker.QueuePaused) {
      sql("UPDATE queue_owner SET state = " + QueueState.ACTIVE.code());
    } else if (blocker instanceof Blocker.NoOwner none) {
      if (none.node().isEmpty()) {
        bench.own();
      } else {
        sql("UPDATE queue_owner SET bid_node = NULL, bid_incarnation = NULL");
      }
      hasOwner = true;
    } else if (blocker instanceof Blocker.OldLease) {
      bench.renew();
      hasOwner = true;
    } else if (blocker instanceof Blocker.WorkflowOrder) {
      sql("DELETE FROM queue_hold");
    } else if (blocker instanceof Blocker.RateLimit) {
      sql("DELETE FROM queue_start");
    } else if (blocker instanceof Blocker.CalendarClosed) {
      sql("DELETE FROM queue_calendar");
    } else if (blocker instanceof Blocker.RunningTask run) {
      bench.end(id(run.task()));
    } else if (blocker instanceof Blocker.Suspect) {
      sql(
          "UPDATE task_suspect SET since = since - interval '1 h';"
              + " UPDATE task SET start_time = start_time - interval '1 h'");
      bench.suspects.clear(bench.store.committer);
    } else if (blocker instanceof Blocker.TasksAhead ahead) {
      ahead.first().forEach(name -> bench.end(id(name)));
    } else {
      throw new AssertionError("nobody knows what clears " + blocker);
    }
  }

  private static String id(String name) {
    return name.substring("tasks/".length());
  }
}
