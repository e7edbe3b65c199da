package io.tasklane.bench.faults.load;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Need;
import java.util.List;

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
 */
record Work(
    String id,
    String queue,
    int priority,
    Behaviour behaviour,
    boolean heeds,
    List<Need> needs,
    long cancelAfterMillis) {}
