package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.commit.CuttingProxy;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.database.Rows;
import io.tasklane.dependency.Dependency;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceService;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What makes a task ready on one node wakes its queue on another: it does not wait for the look of
 * every second. The bound is generous; figures are printed.
 */
@Timeout(120)
class LatenessOfNodesTest {
  private static final Logger LOG = Logger.getLogger(LatenessOfNodesTest.class.getName());
  private static final long MOST_MILLIS = 500;
  private static final int SAMPLES = Integer.getInteger("tasklane.lateness", 20);

  /** So many queues that each of two nodes owns {@link #SHARE} of them. */
  private static final QueueSettings[] QUEUES =
      IntStream.range(0, 8)
          .mapToObj(i -> EngineBench.queue("Q" + i, QueuePolicy.STANDARD))
          .toArray(QueueSettings[]::new);

  private static final int SHARE = QUEUES.length / 2;

  /** Keeps when a node was declared dead and when a queue got another owner. */
  private static final String NOTED =
      """
      CREATE TABLE noted (what text, key text, at timestamptz DEFAULT clock_timestamp());
      CREATE FUNCTION note_death() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO noted VALUES ('dead', NEW.node); RETURN NULL; END $$;
      CREATE TRIGGER note_death AFTER UPDATE ON node_lease
        FOR EACH ROW WHEN (NEW.dead AND NOT OLD.dead) EXECUTE FUNCTION note_death();
      CREATE FUNCTION note_owner() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO noted VALUES ('owner ' || NEW.node, NEW.queue); RETURN NULL; END $$;
      CREATE TRIGGER note_owner AFTER UPDATE ON queue_owner
        FOR EACH ROW WHEN (NEW.node IS NOT NULL AND NEW.node IS DISTINCT FROM OLD.node)
        EXECUTE FUNCTION note_owner()""";

  private static final String OWNED =
      """
      SELECT q.name FROM queue q JOIN queue_owner o ON o.queue = q.id
      WHERE o.node = :node ORDER BY q.name""";

  private final Semaphore go = new Semaphore(0);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private EmbeddedBroker broker;
  private Database database;
  private CuttingProxy network;
  private EngineBench first;
  private EngineBench second;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    broker = new EmbeddedBroker();
    database = Postgres.empty();
    network = new CuttingProxy(Postgres.port());
    Postgres.run(database, NOTED);
    first = node("n1", database);
  }

  @AfterEach
  void close() throws Exception {
    timer.shutdown();
    network.setAway(false);
    if (second != null) {
      second.close();
    }
    first.close();
    network.close();
    broker.close();
  }

  /** As in the application, a timer does the work of every second. */
  private EngineBench node(String name, Database reached) {
    EngineBench bench =
        new EngineBench(
            reached,
            folder.resolve(name),
            EngineBench.Surroundings.USUAL.named(name).withBroker(broker.url()),
            new EngineBench.Worker(this::work),
            QUEUES);
    timer.scheduleWithFixedDelay(() -> tick(bench), 1, 1, TimeUnit.SECONDS);
    return bench;
  }

  private static void tick(EngineBench bench) {
    try {
      bench.engine.tick();
    } catch (RuntimeException away) {
      LOG.log(Level.FINE, "the next tick tries again", away);
    }
  }

  /** A task runs as many milliseconds as the end of its name says. */
  private Payload work(Run run) throws Exception {
    String name = run.task();
    if (name.startsWith("tasks/holds")) {
      go.acquire();
    }
    Thread.sleep(Long.parseLong(name.substring(name.lastIndexOf('-') + 1)));
    return Payload.json("{}");
  }

  private void joinAlone() {
    second = node("n2", network.database());
    Until.isTrue("they own equally many", () -> owned("n2").size() == SHARE);
  }

  private void join() {
    joinAlone();
    for (String queue : owned("n2")) { // its consumer has become the broker's choice
      first.create(EngineBench.request(queue, "warm-" + queue + "-0"));
      first.await("warm-" + queue + "-0", TaskState.SUCCEEDED);
    }
  }

  private List<String> owned(String node) {
    return database.with(
        c -> NamedSql.on(c, OWNED).set("node", node).list(row -> row.getString(1)));
  }

  @Test
  void a_task_starts_when_what_it_needs_has_ended_on_another_node() {
    join();
    String here = owned("n1").get(0);
    String there = owned("n2").get(0);
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String need = "need-" + i + "-30";
      String needs = "needs-" + i + "-0";
      first.create(
          EngineBench.request(here, need),
          EngineBench.request(there, needs)
              .withStart(StartConditions.after(List.of(Dependency.on(need)))));
      late.add(millis(ended(need), started(needs)));
    }
    hold("need met on another node", late);
  }

  @Test
  void a_task_starts_when_a_resource_is_freed_on_another_node() {
    join();
    first
        .engine
        .services()
        .get(ResourceService.class)
        .create("feed", new ResourceLimits(1, 0, Duration.ZERO), change())
        .toCompletableFuture()
        .join();
    RunRules one = RunRules.holding(Map.of("feed", 1));
    String here = owned("n1").get(0);
    String there = owned("n2").get(0);
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String holds = "holds-" + i + "-0";
      String waits = "waits-" + i + "-0";
      first.create(EngineBench.request(here, holds).withRules(one));
      first.await(holds, TaskState.RUNNING);
      second.create(EngineBench.request(there, waits).withRules(one));
      Until.isTrue(
          "it is set aside",
          () -> Postgres.number(database, "SELECT count(*) FROM task_aside") == 1);
      go.release();
      late.add(millis(ended(holds), started(waits)));
    }
    hold("resource freed on another node", late);
  }

  @Test
  void a_task_starts_when_its_queue_is_resumed_at_another_node() throws Exception {
    join();
    String there = owned("n2").get(0);
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String task = "paused-" + i + "-0";
      first.set(there, QueueState.PAUSED);
      first.create(EngineBench.request(there, task));
      Thread.sleep(20L * i); // so that the look comes at any moment
      Instant resumed = Instant.now();
      first.set(there, QueueState.ACTIVE);
      late.add(millis(resumed, started(task)));
    }
    hold("queue resumed at another node", late);
  }

  @Test
  void a_task_starts_when_the_lease_of_its_node_is_lost() throws Exception {
    join();
    List<String> lost = owned("n2");
    network.setAway(true);
    for (String queue : lost) { // waits for its owner, which starts nothing more
      first.create(EngineBench.request(queue, "waits-" + queue + "-0"));
    }
    Until.isTrue("it is declared dead", () -> noted("dead", "n2").isPresent());
    Instant dead = noted("dead", "n2").orElseThrow();
    List<Long> late = new ArrayList<>();
    for (String queue : lost) {
      late.add(millis(dead, started("waits-" + queue + "-0")));
    }
    hold("lease lost", late);
  }

  @Test
  void a_task_starts_when_its_queue_has_got_another_owner() {
    for (QueueSettings queue : QUEUES) { // more than the first node has run by then
      first.create(
          IntStream.range(0, 200)
              .mapToObj(
                  i -> EngineBench.request(queue.queueId(), queue.queueId() + "-" + i + "-200"))
              .toArray(TaskRequest[]::new));
    }
    joinAlone();
    List<Long> late = new ArrayList<>();
    for (String queue : owned("n2")) {
      Instant given = noted("owner n2", key(queue)).orElseThrow();
      Until.isTrue(queue + " runs", () -> firstStart(queue, given).isPresent());
      late.add(millis(given, firstStart(queue, given).orElseThrow()));
    }
    // a queue whose bid comes while the broker changes its consumers may wait for a look
    hold("owner changed", late, 50);
  }

  @Test
  void whoever_hands_a_queue_over_says_so_by_a_signal() {
    Until.isTrue("the only node owns all", () -> owned("n1").size() == QUEUES.length);
    Postgres.run( // a node that bids and does not look by itself
        database,
        "INSERT INTO node_lease VALUES ('bidder', 1, 1, false, 'h', 'f', now(), now());"
            + " UPDATE queue_owner SET bid_node = 'bidder', bid_incarnation = 1 WHERE queue = "
            + key("Q0"));
    Until.isTrue("there is a signal, and no task", () -> broker.depth("tasklane.queue.Q0") > 0);
    assertThat(broker.depth("tasklane.queue.Q1")).isZero();
  }

  private Optional<Instant> firstStart(String queue, Instant after) {
    String sql =
        """
        SELECT min(start_time) FROM task WHERE queue = :queue AND start_time >= :after""";
    return database.with(
        c ->
            NamedSql.on(c, sql)
                .set("queue", Integer.parseInt(key(queue)))
                .set("after", Timestamp.from(after))
                .one(row -> Rows.instant(row, 1)));
  }

  private String key(String queue) {
    return Integer.toString(first.queue(queue).key().value());
  }

  private Optional<Instant> noted(String what, String key) {
    return database.with(
        c ->
            NamedSql.on(
                    c, "SELECT at FROM noted WHERE what = :what AND key = :key ORDER BY at LIMIT 1")
                .set("what", what)
                .set("key", key)
                .first(row -> Rows.instant(row, 1).orElseThrow()));
  }

  private Instant started(String task) {
    return first.await(task, TaskState.SUCCEEDED).startTime().orElseThrow();
  }

  private Instant ended(String task) {
    return first.await(task, TaskState.SUCCEEDED).endTime().orElseThrow();
  }

  private static long millis(Instant ready, Instant started) {
    return Duration.between(ready, started).toMillis();
  }

  private static void hold(String what, List<Long> late) {
    hold(what, late, 99);
  }

  private static void hold(String what, List<Long> late, int percent) {
    long[] sorted = late.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "late by: %s p50 %d ms, p99 %d ms of %d%n",
        what, of(sorted, 50), of(sorted, 99), sorted.length);
    assertThat(of(sorted, percent))
        .as("%s: %s", what, Arrays.toString(sorted))
        .isLessThan(MOST_MILLIS);
  }

  /** Nearest rank. */
  private static long of(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  private static <T> Change<T> change() {
    return new Change<>(
        new Caller("tester", ""), "test", Optional.empty(), new byte[0], done -> new byte[0]);
  }
}
