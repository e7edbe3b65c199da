package io.tasklane.feature;

/** Whether a head may be claimed. The reason is what an explanation of the waiting task says. */
public sealed interface ClaimVerdict {
  /** It may be claimed, until this transaction ends. */
  ClaimVerdict MAY_RUN = new MayRun();

  /** See {@link #MAY_RUN}. */
  record MayRun() implements ClaimVerdict {}

  /**
   * The task has been set aside, and the next head of the queue is looked at. The feature that set
   * it aside makes it ready again.
   *
   * @param because the reason, to stand after the name of the task
   */
  record SetAside(String because) implements ClaimVerdict {}

  /**
   * The task stays the head, and nothing of the queue starts. The feature sends a ready signal when
   * this is over.
   *
   * @param because the reason, to stand after the name of the queue
   */
  record QueueWaits(String because) implements ClaimVerdict {}
}
