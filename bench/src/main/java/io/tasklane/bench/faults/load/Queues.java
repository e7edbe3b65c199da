package io.tasklane.bench.faults.load;

import com.google.protobuf.util.Durations;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Resource;
import java.util.List;

/** The queues and the resource that are used while the system is broken. */
public final class Queues {
  /** Final part of the resource's name. */
  static final String RESOURCE = "faults-units";

  /** Units of it: fewer than the slots of the queues whose tasks need some. */
  static final int CAPACITY = 3;

  private static final int WIDE = 3;
  private static final long AGING_MILLIS = 300;
  private static final int ALL = 100;
  private static final int SOME = 10;

  /** One of each kind, and kinds together. */
  static final List<LoadQueue> LOAD =
      List.of(
          LoadQueue.plain("queues/FAULTS_1", 1),
          LoadQueue.plain("queues/FAULTS_2", 1),
          LoadQueue.plain("queues/FAULTS_3", 1).inGroups(),
          LoadQueue.plain("queues/FAULTS_4", 1).aged(AGING_MILLIS),
          LoadQueue.plain("queues/FAULTS_5", 1).sharing(ALL, 0),
          LoadQueue.plain("queues/FAULTS_6", WIDE),
          LoadQueue.plain("queues/FAULTS_7", WIDE).sharing(ALL, 0),
          LoadQueue.plain("queues/FAULTS_8", WIDE).sharing(0, ALL),
          LoadQueue.plain("queues/FAULTS_9", WIDE).inGroups().sharing(SOME, SOME),
          LoadQueue.plain("queues/FAULTS_10", WIDE).aged(AGING_MILLIS).sharing(SOME, ALL / 2));

  private Queues() {}

  /**
   * Creates the queues of the fault run and the resource that some of them share.
   *
   * @param doors the nodes
   * @param chronicle where it is noted
   * @return the queues
   */
  public static List<LoadQueue> create(Doors doors, Chronicle chronicle)
      throws InterruptedException {
    CreateResourceRequest resource =
        CreateResourceRequest.newBuilder()
            .setRequestId("resource")
            .setResourceId(RESOURCE)
            .setResource(Resource.newBuilder().setCapacity(CAPACITY))
            .build();
    doors.untilAnswered(0, (door, patience) -> door.resources(patience).createResource(resource));
    chronicle.add(new Entry.ResourceMade(chronicle.now(), "resources/" + RESOURCE, CAPACITY));
    for (LoadQueue queue : LOAD) {
      create(doors, chronicle, queue);
    }
    return LOAD;
  }

  private static void create(Doors doors, Chronicle chronicle, LoadQueue queue)
      throws InterruptedException {
    CreateQueueRequest request =
        CreateQueueRequest.newBuilder()
            .setRequestId("create " + queue.name())
            .setQueueId(queue.name().substring("queues/".length()))
            .setQueue(settings(queue))
            .build();
    doors.untilAnswered(0, (door, patience) -> door.queues(patience).createQueue(request));
    chronicle.add(
        new Entry.QueueMade(
            chronicle.now(),
            queue.name(),
            queue.concurrency(),
            queue.grouped(),
            queue.agingMillis()));
  }

  private static Queue.Builder settings(LoadQueue queue) {
    Queue.Builder settings = Queue.newBuilder().setConcurrency(queue.concurrency());
    if (queue.grouped()) {
      settings.setDurability(Queue.Durability.DURABILITY_GROUPED);
    }
    if (queue.agingMillis() > 0) {
      settings
          .setPriorityPolicy(Queue.PriorityPolicy.PRIORITY_POLICY_AGED)
          .setAgingInterval(Durations.fromMillis(queue.agingMillis()));
    }
    return settings;
  }
}
