package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.queue.Queue;
import java.util.Optional;

/** Prevents a change that was based on an old version from undoing a newer one. */
final class QueueEtag {
  private QueueEtag() {}

  /**
   * Checks that the queue still has the version the change was based on.
   *
   * @param etag of that version, empty for any
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
