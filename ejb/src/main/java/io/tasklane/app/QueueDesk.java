package io.tasklane.app;

import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where queues are asked after, paused and resumed. */
public class QueueDesk {
  /**
   * The queue as it stands.
   *
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public Queue get(String queueId) {
    throw new IllegalStateException();
  }

  /** Queues in the order of their ids, after this one, at most so many. */
  public List<Queue> list(String afterQueueId, int limit) {
    throw new IllegalStateException();
  }

  /** Starts no further task until it is resumed; what runs goes on. Again is no error. */
  public CompletionStage<Answer<Queue>> pause(String queueId, String reason, Change<Queue> change) {
    throw new IllegalStateException();
  }

  /** Starts tasks again. Again is no error. */
  public CompletionStage<Answer<Queue>> resume(String queueId, Change<Queue> change) {
    throw new IllegalStateException();
  }

  /**
   * The figures of every queue, by id.
   *
   * @param window rates and durations are over this long, 1 s to 1 h
   */
  public Map<String, QueueStats> stats(Duration window) {
    throw new IllegalStateException();
  }
}
