package io.tasklane.engine;

import io.tasklane.queue.admin.CreateQueues;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.admin.UpdateQueues;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The commands that change queues.
 *
 * @param states pauses, drains and resumes them
 * @param creation creates them
 * @param updates changes their settings
 * @param deletion deletes them
 */
public record QueueCommands(
    SetQueueState states, CreateQueues creation, UpdateQueues updates, DeleteQueues deletion) {
  /**
   * Creates the commands.
   *
   * @param configured ids of the queues that every start creates
   * @param changed called with the key of every queue that changed, after the commit
   */
  static QueueCommands notifying(Set<String> configured, IntConsumer changed) {
    return new QueueCommands(
        new SetQueueState(changed),
        new CreateQueues(changed),
        new UpdateQueues(changed),
        new DeleteQueues(configured, changed));
  }
}
