package io.tasklane.bench.faults.load;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.bench.faults.record.Sharing;
import java.util.List;
import java.util.Set;

/**
 * A task to create.
 *
 * @param id final part of its name
 * @param queue its queue's name
 * @param priority 1 to 10
 * @param behaviour of its handler
 * @param heeds whether its handler ends when somebody asks to cancel it
 * @param needs what must end before it starts
 * @param cancelAfterMillis when it is cancelled, counted from its creation; negative: never
 * @param sharing its ordering key and units of the resource
 * @param careful whether its client sends a request_id, and so may ask again
 */
record Work(
    String id,
    String queue,
    int priority,
    Behaviour behaviour,
    boolean heeds,
    List<Need> needs,
    long cancelAfterMillis,
    Sharing sharing,
    boolean careful) {

  /** The same without what it needs of these. */
  Work without(Set<String> tasks) {
    List<Need> left = needs.stream().filter(need -> !tasks.contains(need.task())).toList();
    return new Work(
        id, queue, priority, behaviour, heeds, left, cancelAfterMillis, sharing, careful);
  }
}
