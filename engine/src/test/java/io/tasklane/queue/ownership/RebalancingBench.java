package io.tasklane.queue.ownership;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.key.QueueKey;
import io.tasklane.node.Node;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.time.SettableClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several nodes of one database that do nothing but take, ask for and give queues. */
final class RebalancingBench implements AutoCloseable {
  /** A node. */
  record Member(
      String name,
      GroupCommitter committer,
      Rebalancing succession,
      Map<QueueKey, Ownership> owned) {
    Optional<Ownership> owned(QueueKey queue) {
      return Optional.ofNullable(owned.get(queue));
    }

    /** What the owner threads of a node do once a second. */
    void look(QueueKey queue) {
      if (owned.containsKey(queue) && succession.isAskedFor(queue)) {
        succession.give(owned.remove(queue));
      } else if (!owned.containsKey(queue)) {
        succession.take(queue, true, false).ifPresent(taken -> owned.put(queue, taken));
      }
    }
  }

  private final Database database = Postgres.empty();
  private final SettableClock ticker = new SettableClock();
  private final Map<String, Member> members = new TreeMap<>();
  private List<QueueKey> queues = List.of();

  SettableClock ticker() {
    return ticker;
  }

  List<QueueKey> queues(int count) {
    List<QueueSettings> wanted =
        IntStream.range(0, count)
            .mapToObj(i -> QueueSettings.of("Q" + (100 + i), QueueDefaults.STANDARD))
            .toList();
    try (GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {})) {
      committer.submit(new EnsureQueues(), wanted).join();
    }
    queues =
        database.with(c -> new QueueReader(c).list("", 500)).stream()
            .map(Queue::key)
            .sorted()
            .toList();
    return queues;
  }

  Member join(String name) {
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('" + name + "', 1, 1, false, 'h', 'f', now(), now())");
    GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
    TakeQueues takes =
        new TakeQueues(
            new LoseLeases(
                new TaskEnds(new DependencyRules(), List.of()), (queue, task, priority) -> {}));
    Node node = new Node(name, 1);
    Member member =
        new Member(
            name,
            committer,
            new Rebalancing(committer, takes, database, () -> node, ticker),
            new TreeMap<>());
    members.put(name, member);
    return member;
  }

  void die(String name) {
    Postgres.run(database, "UPDATE node_lease SET dead = true WHERE node = '" + name + "'");
    members.remove(name).committer().close();
  }

  /** Every node looks at every queue, so many times. */
  void rounds(int count) {
    for (int round = 0; round < count; round++) {
      for (Member member : members.values()) {
        member.succession().refresh();
        queues.forEach(member::look);
      }
    }
  }

  /** How many queues each node owns, the most first, by the rows. */
  List<Integer> counts() {
    List<Integer> counts = new ArrayList<>();
    for (String name : members.keySet()) {
      counts.add(
          (int)
              Postgres.number(
                  database, "SELECT count(*) FROM queue_owner WHERE node = '" + name + "'"));
    }
    counts.sort(Comparator.reverseOrder());
    return counts;
  }

  String countsInWords() {
    return counts().stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  long epochs() {
    return Postgres.number(database, "SELECT sum(epoch) FROM queue_owner");
  }

  long bids() {
    return Postgres.number(database, "SELECT count(*) FROM queue_owner WHERE bid_node IS NOT NULL");
  }

  /** Transactions that wrote, of whatever node: only they use up an id. */
  long transactions() {
    return Postgres.number(
        database, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
  }

  @Override
  public void close() {
    members.values().forEach(member -> member.committer().close());
  }
}
