package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.RefusedException.Reason;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Set;

/** What is asked of a workflow as a whole: pause, resume, cancel, retry; and its time limit. */
final class WorkflowRequests {
  private final DecisionBuilder decision;
  private final NodeCancellation cancellation;

  WorkflowRequests(DecisionBuilder decision, NodeCancellation cancellation) {
    this.decision = decision;
    this.cancellation = cancellation;
  }

  void apply(WorkflowEvent event) throws RefusedException {
    if (event instanceof WorkflowEvent.RetryRequested retry) {
      retry(retry.nodes());
      return;
    }
    requireOpen();
    if (event instanceof WorkflowEvent.PauseRequested) {
      decision.status = decision.status.paused(true);
    } else if (event instanceof WorkflowEvent.ResumeRequested) {
      decision.status = decision.status.paused(false);
      decision.toStart.addAll(decision.reader.paused());
    } else if (event instanceof WorkflowEvent.CancelRequested cancel) {
      cancel(Cause.cancelled(cancel.actor()));
    } else if (event instanceof WorkflowEvent.TimeLimitReached) {
      cancel(Cause.timeout("WORKFLOW_TIMEOUT", "the workflow has reached its time limit"));
    } else {
      throw new IllegalArgumentException("nothing is known of " + event);
    }
  }

  void requireOpen() throws RefusedException {
    if (decision.status.state().isEnded()) {
      throw new RefusedException(Reason.WORKFLOW_ENDED, "the workflow has ended");
    }
  }

  /** A second cause changes nothing: the first one is what stops it. */
  private void cancel(Cause cause) {
    if (decision.status.stop().isEmpty()) {
      decision.status = decision.status.stopping(cause);
      cancellation.cancel(decision.workflow.root(), cause);
    }
  }

  private void retry(Set<NodeKey> nodes) throws RefusedException {
    if (!decision.status.state().isEnded()) {
      throw new RefusedException(Reason.WORKFLOW_NOT_ENDED, "the workflow has not ended");
    }
    if (decision.status.state() == WorkflowStatus.State.SUCCEEDED) {
      throw new RefusedException(Reason.NOTHING_TO_RETRY, "the workflow has succeeded");
    }
    new Retries(decision, nodes).run();
  }
}
