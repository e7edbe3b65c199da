package io.tasklane.queue.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.fault.Faults;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.queue.dispatch.DispatchTools;
import io.tasklane.queue.dispatch.QueueOwners;
import io.tasklane.queue.dispatch.WaitingTasks;
import io.tasklane.signal.Broker;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.run.HeldTasks;
import io.tasklane.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is an owner for every queue that exists, and for no other. */
class QueueOwnersTest {
  private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final Database database = Postgres.empty();
  private final GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
  private final Broker nobody = new Broker("tcp://127.0.0.1:1");
  @TempDir private Path folder;

  @AfterEach
  void close() {
    committer.close();
    nobody.close();
  }

  @Test
  void the_owner_of_a_deleted_queue_stops_and_a_new_one_starts_with_the_queue() throws Exception {
    try (LeaseKeeper lease = lease()) {
      QueueOwners owners = owners(lease);
      List<Queue> both = queues();
      owners.keep(both);
      owners.keep(both);
      assertThat(threads)
          .extracting(Thread::getName)
          .containsExactly("tasklane-queue-FIRST", "tasklane-queue-SECOND");
      owners.keep(both.subList(1, 2));
      threads.peek().join(20_000);
      assertThat(threads.peek().isAlive()).isFalse();
      owners.keep(both);
      assertThat(threads).hasSize(3);
      owners.close(Duration.ofSeconds(20));
      assertThat(threads).noneMatch(Thread::isAlive);
      owners.keep(both);
      assertThat(threads).as("none starts once the node stops").hasSize(3);
    }
  }

  @Test
  void an_owner_thread_that_dies_is_started_again() throws Exception {
    try (LeaseKeeper lease = lease()) {
      QueueOwners owners = owners(lease, work -> new Thread(() -> {}));
      List<Queue> both = queues();
      owners.keep(both);
      for (Thread dead : threads) {
        dead.join(20_000);
      }
      owners.keep(both);
      assertThat(threads)
          .extracting(Thread::getName)
          .containsExactly(
              "tasklane-queue-FIRST",
              "tasklane-queue-SECOND",
              "tasklane-queue-FIRST",
              "tasklane-queue-SECOND");
    }
  }

  private LeaseKeeper lease() {
    return new LeaseKeeper(database, "n1", folder, Ticker.SYSTEM, Thread::new, () -> {});
  }

  private QueueOwners owners(LeaseKeeper lease) {
    return owners(lease, Thread::new);
  }

  private QueueOwners owners(LeaseKeeper lease, ThreadFactory making) {
    DispatchTools tools =
        new DispatchTools(
            committer,
            null,
            null,
            new Rebalancing(
                committer,
                new TakeQueues(new LoseLeases(null, null)),
                database,
                lease::node,
                Ticker.SYSTEM),
            null,
            null,
            lease,
            (queue, task, priority) -> {},
            new HeldTasks(),
            Faults.here());
    return new QueueOwners(
        tools,
        nobody,
        new WaitingTasks(database),
        work -> {
          Thread thread = making.newThread(work);
          threads.add(thread);
          return thread;
        });
  }

  private List<Queue> queues() {
    List<QueueSettings> wanted =
        List.of(
            QueueSettings.of("FIRST", QueueDefaults.STANDARD),
            QueueSettings.of("SECOND", QueueDefaults.STANDARD));
    committer.submit(new EnsureQueues(), wanted).join();
    return database.with(c -> new QueueReader(c).list("", 10));
  }
}
