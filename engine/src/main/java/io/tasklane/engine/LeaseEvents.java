package io.tasklane.engine;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.task.run.RunWatch;

/**
 * What the node does when its lease ends, when another node is gone, and when it cannot tell.
 *
 * @param watch stops the runs
 * @param giveMessagesBack closes the consumers of this node
 * @param takeOver looks for queues without an owner
 * @param faults is told while the lease cannot be renewed
 */
record LeaseEvents(
    RunWatch watch, Runnable giveMessagesBack, Runnable takeOver, OngoingFaults faults)
    implements LeaseKeeper.Listener {
  private static final String WORK = "lease of the node";

  @Override
  public void leaseIsOver() {
    watch.leaseIsOver();
    giveMessagesBack.run();
  }

  @Override
  public void nodeIsGone() {
    takeOver.run();
  }

  @Override
  public void failed(Throwable why) {
    faults.failed(WORK, why);
  }

  @Override
  public void works() {
    faults.ended(WORK);
  }
}
