package io.tasklane.tasktype;

import io.tasklane.task.TaskType;
import java.util.Optional;

/** What becomes of the registration of a task type. */
public enum TypeRegistration {
  /** It was not known: it is now, as asked for. */
  CREATED,
  /** It stays as it is stored. */
  KEPT,
  /** What is stored is replaced by what was asked for. */
  REPLACED,
  /** It is refused: the stored type says something else, and neither of the two is newer. */
  DIFFERS;

  /** Who registers a type. */
  public enum Source {
    /** A handler of the server, at the start of its node: its latest start defines the type. */
    HANDLER,
    /**
     * A worker. It may be an older one that connects again while newer ones are being brought out:
     * it serves the newer definition, and the queue has no gap.
     */
    WORKER,
    /** Somebody who asks for it, and has to learn that it is not as asked for. */
    CALLER
  }

  /**
   * Decides.
   *
   * @param by who registers it
   * @param stored what is stored of it
   * @param wanted what it shall state
   * @param revision of that, 1 or more; it does not count for a handler
   */
  public static TypeRegistration of(
      Source by, Optional<StoredType> stored, TaskType wanted, long revision) {
    if (stored.isEmpty()) {
      return CREATED;
    }
    boolean same = stored.get().type().equals(wanted);
    if (by == Source.HANDLER) {
      return same ? KEPT : REPLACED;
    }
    if (revision > stored.get().revision()) {
      return REPLACED;
    }
    boolean isOlderWorker = by == Source.WORKER && revision < stored.get().revision();
    return same || isOlderWorker || isOnlyNamed(by, wanted, revision) ? KEPT : DIFFERS;
  }

  /** A worker that only names a type takes it as it is. */
  private static boolean isOnlyNamed(Source by, TaskType wanted, long revision) {
    return by == Source.WORKER && revision == 1 && wanted.equals(TaskType.named(wanted.name()));
  }

  /** The revision of the definition that a registration stores. */
  public static long revision(Source by, Optional<StoredType> stored, long wanted) {
    return by == Source.HANDLER ? stored.map(type -> type.revision() + 1).orElse(1L) : wanted;
  }
}
