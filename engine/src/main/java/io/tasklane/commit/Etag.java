package io.tasklane.commit;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.util.Optional;

/** Prevents a change that was based on an old version from undoing a newer one. */
public final class Etag {
  private Etag() {}

  /** The entity tag of a version (RFC 9110 wants the quotes). */
  public static String of(int version) {
    return "\"" + version + "\"";
  }

  /**
   * Checks that something still has the version the change was based on.
   *
   * @param name of what is to change
   * @param present etag of its present version
   * @param asked etag of that version, empty for any
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  public static void check(String name, String present, Optional<String> asked) {
    Optional<Refusal> refusal = mismatch(name, present, asked);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** The same for a caller that returns its refusals; empty where the change may be made. */
  public static Optional<Refusal> mismatch(String name, String present, Optional<String> asked) {
    return asked
        .filter(etag -> !etag.equals(present))
        .map(
            etag ->
                Refusal.about(
                    Refusal.Sort.ABORTED,
                    RefusalReason.ETAG_MISMATCH,
                    name,
                    "has changed: its etag is "
                        + present
                        + ", not "
                        + etag
                        + "; read it again, and change that"));
  }
}
