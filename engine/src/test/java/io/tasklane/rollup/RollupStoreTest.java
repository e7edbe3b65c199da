package io.tasklane.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.time.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every event of the log is counted once, whatever happens to the nodes that count. */
class RollupStoreTest {
  private static final QueueKey QUEUE = new QueueKey(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int EVENTS = Integer.getInteger("tasklane.rollups.events", 3_000);

  /** A task that becomes ready, waits 3 s, and runs 10 s, in one transaction. */
  private static final String TASKS =
      """
      INSERT INTO task_event (xid, seq, time, since, task, queue, kind, move, from_state, to_state,
          attempt, priority, version, subject, task_type)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'),
          t.begin + m.at * interval '1 s', t.begin + m.since * interval '1 s', i, 1, 1, m.move,
          m.from_state, m.to_state, 1, 5, 1, 'tasks/' || i, 'type' || i %% 3
      FROM generate_series(1, %d) i,
        (SELECT date_trunc('minute', now()) - interval '2 min' + %d * interval '1 s' AS begin) t,
        (VALUES (1, NULL::int, 3, 0, NULL::int), (2, 3, 5, 3, 0), (3, 5, 8, 13, 3))
          AS m (move, from_state, to_state, at, since)""";

  private final Database database = Postgres.empty();
  private final GroupCommitter first = committer();
  private final GroupCommitter second = committer();

  private GroupCommitter committer() {
    return new GroupCommitter(database, Thread::new, () -> {});
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private void log(int tasks, int second) {
    Postgres.run(database, TASKS.formatted(tasks, second));
  }

  private Optional<RollupCursor> cursor() {
    return database.with(c -> RollupCursor.quiet(c, Duration.ofMillis(-60_000)));
  }

  private Optional<RollupCursor> atRest() {
    return database.with(c -> RollupCursor.quiet(c, RollupFollower.REST));
  }

  private void follow(GroupCommitter committer, int limit) {
    Optional<RollupCursor> at = cursor();
    while (at.isPresent()) {
      at = RollupFollower.step(database, committer, at.get(), limit);
    }
  }

  private RollupCounts all() {
    return database.with(c -> new RollupReader(c).since(QUEUE, Instant.now().minus(DAY)));
  }

  private long number(String sql) {
    return database.with(c -> NamedSql.on(c, sql).one(row -> row.getLong(1)));
  }

  private void assertCounted(int tasks) {
    RollupCounts all = all();
    assertThat(all.arrivals()).isEqualTo(tasks);
    assertThat(all.waits().count()).isEqualTo(tasks);
    assertThat(all.runs().count()).isEqualTo(tasks);
    assertThat(all.waits().quantile(0.5).orElseThrow()).isBetween(2.7, 3.3);
    assertThat(all.runs().quantile(0.5).orElseThrow()).isBetween(9.0, 11.0);
  }

  @Test
  void counts_are_kept_by_queue_type_and_minute_and_add_up() {
    log(30, 0);
    follow(first, 7);
    assertCounted(30);
    assertThat(number("SELECT count(*) FROM rollup")).as("one row a type").isEqualTo(3);
    log(30, 20);
    log(30, 55);
    follow(first, 1000);
    assertCounted(90);
    assertThat(number("SELECT count(*) FROM rollup")).as("ends are a minute later").isEqualTo(6);
    follow(first, 1000);
    assertCounted(90);
  }

  @Test
  void events_of_a_transaction_that_still_runs_are_counted_when_it_has_ended() throws Exception {
    try (var open = database.open()) {
      open.setAutoCommit(false);
      NamedSql.on(open, TASKS.formatted(5, 0)).update();
      log(5, 0);
      follow(first, 1000);
      assertThat(all().arrivals()).isZero();
      open.commit();
    }
    follow(first, 1000);
    assertCounted(10);
  }

  @Test
  void two_nodes_whose_connections_are_cut_count_each_event_once() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    AtomicBoolean writes = new AtomicBoolean(true);
    AtomicInteger kills = new AtomicInteger();
    try {
      List<Future<?>> followers =
          List.of(
              nodes.submit(() -> followWhile(writes, first)),
              nodes.submit(() -> followWhile(writes, second)));
      Future<?> killer = nodes.submit(() -> killWhile(writes, kills));
      for (int written = 0; written < EVENTS / 30; written++) {
        log(10, written % 40);
      }
      Until.isTrue("connections are cut", () -> kills.get() > 3);
      writes.set(false);
      killer.get();
      for (Future<?> follower : followers) {
        follower.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    followUndisturbed();
    assertCounted(EVENTS / 30 * 10);
  }

  private void followWhile(AtomicBoolean goesOn, GroupCommitter committer) {
    Random random = new Random();
    while (goesOn.get()) {
      try {
        follow(committer, 1 + random.nextInt(40));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException cut) {
        // its next turn looks where the cursor is now
      }
    }
  }

  private void followUndisturbed() {
    for (GroupCommitter committer : List.of(first, second)) {
      try {
        follow(committer, 50);
      } catch (RuntimeException cut) {
        follow(committer, 50);
      }
    }
  }

  /** In the middle of whatever they do. */
  private void killWhile(AtomicBoolean goesOn, AtomicInteger kills) {
    String kill =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <>"
            + " pg_backend_pid() AND datname = current_database() AND query LIKE '%rollup%'";
    while (goesOn.get()) {
      try {
        kills.addAndGet((int) number(kill));
        TimeUnit.MILLISECONDS.sleep(150);
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException cut) {
        // it was this connection that was cut before
      }
    }
  }

  @Test
  void a_node_leaves_the_log_alone_while_another_one_follows_it() {
    log(5, 0);
    follow(first, 1000);
    assertThat(atRest()).isEmpty();
    Postgres.run(database, "UPDATE rollup_cursor SET time = time - interval '6 s'");
    assertThat(atRest()).isPresent();
  }

  @Test
  void rare_types_are_looked_up_in_a_longer_time() {
    Postgres.run(
        database,
        "INSERT INTO rollup SELECT 1, 'often', now() - i * interval '1 min', 10, 0, 0, '{}',"
            + " '{0,10}', '{}' FROM generate_series(0, 200) i; INSERT INTO rollup SELECT 1,"
            + " 'daily', now() - i * interval '1 day' + interval '1 h', 1, 0, 0, '{}', '{0,0,1}',"
            + " '{}' FROM generate_series(1, 8) i");
    Map<String, RollupCounts> known =
        database.with(c -> new RollupReader(c).recent(QUEUE, Instant.now()));
    assertThat(known.get("often").runs().count()).as("of an hour").isBetween(590L, 610L);
    assertThat(known.get("daily").runs().count()).as("of a week").isEqualTo(7);
  }

  @Test
  void arrivals_are_listed_minute_by_minute() {
    log(6, 0);
    log(3, 60);
    follow(first, 1000);
    Instant now =
        database.with(c -> NamedSql.on(c, "SELECT now()").one(r -> r.getTimestamp(1))).toInstant();
    Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(3));
    List<Map<String, Long>> minutes =
        database.with(c -> new RollupReader(c).arrivals(QUEUE, from, 3));
    assertThat(minutes.stream().map(m -> m.values().stream().mapToLong(x -> x).sum()).toList())
        .endsWith(6L, 3L);
  }
}
