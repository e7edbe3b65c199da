package io.tasklane.engine;

import io.tasklane.commit.CuttingProxy;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.database.Rows;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Two nodes at one broker and one database, of which the second may lose the database. */
final class TwoNodes implements AutoCloseable {
  /** So many queues that each of the nodes owns {@link #SHARE} of them. */
  static final QueueSettings[] QUEUES =
      IntStream.range(0, 8)
          .mapToObj(i -> EngineBench.queue("Q" + i, QueuePolicy.STANDARD))
          .toArray(QueueSettings[]::new);

  private static final Logger LOG = Logger.getLogger(TwoNodes.class.getName());
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

  /** Each task of the name "holds" ends when this is released. */
  final Semaphore go = new Semaphore(0);

  final Database database = Postgres.empty();
  final EngineBench first;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final EmbeddedBroker broker = new EmbeddedBroker();
  private final CuttingProxy network = new CuttingProxy(Postgres.port());
  private final Path folder;
  private EngineBench second;
  private int names;

  /** The first of them is there. */
  TwoNodes(Path folder) throws Exception {
    this.folder = folder;
    Postgres.run(database, NOTED);
    first = node("n1", database);
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

  /** A new name for a task that runs so long. */
  String name(String what, long millis) {
    names++;
    return what + "-" + names + "-" + millis;
  }

  private Payload work(Run run) throws Exception {
    String name = run.task();
    if (name.startsWith("tasks/holds")) {
      go.acquire();
    }
    Thread.sleep(Long.parseLong(name.substring(name.lastIndexOf('-') + 1)));
    return Payload.json("{}");
  }

  EngineBench second() {
    return second;
  }

  /** Starts the second node, if it is not there, and waits until it owns its share. */
  void join() {
    if (second == null) {
      second = node("n2", network.database());
    }
    Until.isTrue("they own equally many", () -> owned("n2").size() == SHARE);
  }

  /** The same; each of its queues has run a task, so that its consumer is the broker's choice. */
  void joinWarm() {
    join();
    for (String queue : owned("n2")) {
      String warm = name("warm", 0);
      first.create(EngineBench.request(queue, warm));
      first.await(warm, TaskState.SUCCEEDED);
    }
  }

  /** Stops the second node in good order. */
  void leave() {
    second.close();
    second = null;
    Until.isTrue("the first owns all", () -> owned("n1").size() == QUEUES.length);
  }

  /** A node that does not look by itself bids for the queue. */
  void bid(String queue) {
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('bidder', 1, 1, false, 'h', 'f', now(), now());"
            + " UPDATE queue_owner SET bid_node = 'bidder', bid_incarnation = 1 WHERE queue = "
            + key(queue));
  }

  /** How many signals wait for the queue at the broker. */
  long signals(String queue) {
    return broker.depth("tasklane.queue." + queue);
  }

  /** Whether the second node cannot reach the database. */
  void setAway(boolean away) throws Exception {
    network.setAway(away);
  }

  /** The ids of the queues that a node owns. */
  List<String> owned(String node) {
    return database.with(
        c -> NamedSql.on(c, OWNED).set("node", node).list(row -> row.getString(1)));
  }

  /** When a queue got this owner for the first time since. */
  Optional<Instant> given(String queue, String node, Instant since) {
    return noted("owner " + node, Integer.toString(key(queue)), since);
  }

  /** When this node was declared dead for the first time since. */
  Optional<Instant> dead(String node, Instant since) {
    return noted("dead", node, since);
  }

  private Optional<Instant> noted(String what, String key, Instant since) {
    String sql =
        """
        SELECT min(at) FROM noted WHERE what = :what AND key = :key AND at >= :since""";
    return database.with(
        c ->
            NamedSql.on(c, sql)
                .set("what", what)
                .set("key", key)
                .set("since", Timestamp.from(since))
                .one(row -> Rows.instant(row, 1)));
  }

  /** When the first task of a queue started that did so after this. */
  Optional<Instant> firstStart(String queue, Instant after) {
    String sql =
        """
        SELECT min(start_time) FROM task WHERE queue = :queue AND start_time >= :after""";
    return database.with(
        c ->
            NamedSql.on(c, sql)
                .set("queue", key(queue))
                .set("after", Timestamp.from(after))
                .one(row -> Rows.instant(row, 1)));
  }

  private int key(String queue) {
    return first.queue(queue).key().value();
  }

  Instant started(String task) {
    return first.await(task, TaskState.SUCCEEDED).startTime().orElseThrow();
  }

  Instant ended(String task) {
    return first.await(task, TaskState.SUCCEEDED).endTime().orElseThrow();
  }

  @Override
  public void close() throws Exception {
    timer.shutdown();
    network.setAway(false);
    if (second != null) {
      second.close();
    }
    first.close();
    network.close();
    broker.close();
  }
}
