package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.queue.Queue;
import java.util.Optional;

/** Keeps a change that was made from an old version from undoing a newer one. */
final class QueueEtag {
  private QueueEtag() {}

  /**
   * Passes where the queue is still in the version the change was made from.
   *
   * @param etag of that version, empty where any will do
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  static void check(Queue queue, Optional<String> etag) {
    if (etag.isPresent() && !etag.get().equals(queue.etag())) {
      throw Refusal.of(
          Refusal.Sort.ABORTED,
          "ETAG_MISMATCH",
          queue.name(),
          queue.name()
              + " has changed: its etag is "
              + queue.etag()
              + ", not "
              + etag.get()
              + "; read it again, and change that");
    }
  }
}
