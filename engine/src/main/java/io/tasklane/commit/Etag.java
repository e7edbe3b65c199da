package io.tasklane.commit;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.util.Optional;

/** Prevents a change that was based on an old version from undoing a newer one. */
public final class Etag {
  private Etag() {}

  /**
   * Checks that something still has the version the change was based on.
   *
   * @param name of what is to change
   * @param present etag of its present version
   * @param asked etag of that version, empty for any
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  public static void check(String name, String present, Optional<String> asked) {
    if (asked.isPresent() && !asked.get().equals(present)) {
      throw Refusal.about(
          Refusal.Sort.ABORTED,
          RefusalReason.ETAG_MISMATCH,
          name,
          "has changed: its etag is "
              + present
              + ", not "
              + asked.get()
              + "; read it again, and change that");
    }
  }
}
