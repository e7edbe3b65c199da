package io.tasklane.bench.faults.load;

import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.Queue;
import java.util.Map;
import java.util.TreeMap;

/** The queues that are used while the system is broken. */
public final class Queues {
  private static final int COUNT = 6;

  /** Of the last one; all others run one task at a time. */
  private static final int WIDE = 3;

  private Queues() {}

  /**
   * Creates them.
   *
   * @param doors the nodes
   * @param chronicle where it is noted
   * @return the concurrency of each, by name
   */
  public static Map<String, Integer> create(Doors doors, Chronicle chronicle)
      throws InterruptedException {
    Map<String, Integer> queues = new TreeMap<>();
    for (int i = 1; i <= COUNT; i++) {
      CreateQueueRequest request =
          CreateQueueRequest.newBuilder()
              .setRequestId("queue-" + i)
              .setQueueId("FAULTS_" + i)
              .setQueue(Queue.newBuilder().setConcurrency(i == COUNT ? WIDE : 1))
              .build();
      Queue made =
          doors
              .untilAnswered(i, (door, patience) -> door.queues(patience).createQueue(request))
              .getQueue();
      queues.put(made.getName(), made.getConcurrency());
      chronicle.add(new Entry.QueueMade(chronicle.now(), made.getName(), made.getConcurrency()));
    }
    return queues;
  }
}
