package io.tasklane.engine;

import io.tasklane.key.QueueKey;
import io.tasklane.queue.dispatch.Dispatch;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.claim.IdleOwners;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * The dispatch of tasks for those parts of the engine that are put together before it. Until then
 * nothing happens: nobody waits yet, and owners will look by themselves.
 */
final class LateDispatch {
  private volatile Optional<Dispatch> dispatch = Optional.empty();

  void is(Dispatch now) {
    dispatch = Optional.of(now);
  }

  /** The owner of this queue, if it is on this node and waits for a task. */
  Optional<IdleOwners.Idle> idle(QueueKey queue) {
    return dispatch.flatMap(present -> present.idle(queue));
  }

  /** A node is gone: looks for queues that nobody owns now. */
  void takeOver(ReadySignals signals) {
    dispatch.ifPresent(present -> present.takeOver(signals));
  }

  /** A queue was created or changed. */
  void changed(QueueKey queue, ReadySignals signals) {
    dispatch.ifPresent(Dispatch::keep);
    wake(queue, signals);
  }

  /** A queue may start tasks again. */
  void wake(QueueKey queue, ReadySignals signals) {
    dispatch.ifPresent(present -> present.wake(queue, signals));
  }

  /** On a thread of its own, because it waits for the broker. */
  void giveMessagesBack(ThreadFactory threads) {
    dispatch.ifPresent(present -> threads.newThread(present::leaseIsOver).start());
  }
}
