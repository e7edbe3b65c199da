package io.tasklane.worker.stream;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.QueueKey;
import io.tasklane.node.Node;
import io.tasklane.queue.dispatch.DispatchTools;
import io.tasklane.task.Failure;
import io.tasklane.task.run.CompleteInput;
import io.tasklane.time.Ticker;
import io.tasklane.worker.OfferReturns;
import java.util.function.Function;

/**
 * What all streams of a node share.
 *
 * @param context of the engine
 * @param dispatch how runs are completed
 * @param returns gives offers back
 * @param input adds the outputs of needed tasks
 * @param facts sets facts of runs
 * @param queues the key of a queue by its id
 * @param ticker monotonic time
 */
record StreamTools(
    EngineContext context,
    DispatchTools dispatch,
    OfferReturns returns,
    CompleteInput input,
    FactService facts,
    Function<String, QueueKey> queues,
    Ticker ticker) {
  /** On whose behalf this node completes a run of that queue; it claims nothing. */
  Ownership owner(QueueKey queue) {
    Node me = dispatch.lease().node();
    return new Ownership(queue, me.name(), me.incarnation(), 0);
  }

  /** The name of this node. */
  String me() {
    return dispatch.lease().node().name();
  }

  Failure failure(Failure.Kind kind, String code, String message) {
    return new Failure(kind, code, message, "", context.clock().instant());
  }

  /** Whether a command has failed because the database is away. */
  static boolean isAway(Throwable why) {
    return why instanceof Refusal refused && refused.sort() == Refusal.Sort.UNAVAILABLE;
  }
}
