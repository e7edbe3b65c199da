package io.tasklane.feature;

import io.tasklane.explain.Blocker;
import io.tasklane.key.FencingToken;
import java.util.List;

/** Whether a head may be claimed, and what an explanation of the waiting task says about it. */
public sealed interface ClaimVerdict {
  /** It may be claimed, until this transaction ends. */
  ClaimVerdict MAY_RUN = new MayRun(List.of());

  /** What keeps it, at least one thing; empty where nothing does. */
  List<Blocker> blockers();

  /**
   * See {@link #MAY_RUN}.
   *
   * @param checked the conditions that were checked, which are told when it is claimed
   */
  record MayRun(List<ClaimCondition> checked) implements ClaimVerdict {
    /** Copies the list. */
    public MayRun {
      checked = List.copyOf(checked);
    }

    @Override
    public List<Blocker> blockers() {
      return List.of();
    }
  }

  /**
   * The task has been set aside, and the next head of the queue is looked at. The feature that set
   * it aside makes it ready again.
   *
   * @param blockers what keeps it, at least one thing
   */
  record SetAside(List<Blocker> blockers) implements ClaimVerdict {
    /** Copies the list. */
    public SetAside {
      blockers = checked(blockers);
    }

    /** For a reason in words, to stand after the name of the task. */
    public SetAside(String because) {
      this(List.of(new Blocker.Other(because)));
    }
  }

  /**
   * The task stays the head, and nothing of the queue starts. The feature sends a ready signal when
   * this is over.
   *
   * @param blockers what keeps it, at least one thing
   */
  record QueueWaits(List<Blocker> blockers) implements ClaimVerdict {
    /** Copies the list. */
    public QueueWaits {
      blockers = checked(blockers);
    }

    /** For a reason in words, to stand after the name of the task. */
    public QueueWaits(String because) {
      this(List.of(new Blocker.Other(because)));
    }
  }

  /**
   * The task is given to somebody else to run: it has left its queue, and has a lease. The next
   * head is looked at.
   *
   * @param token of the lease
   * @param checked the other conditions that were checked, which are told that it starts
   */
  record Given(FencingToken token, List<ClaimCondition> checked) implements ClaimVerdict {
    /** Copies the list. */
    public Given {
      checked = List.copyOf(checked);
    }

    @Override
    public List<Blocker> blockers() {
      return List.of();
    }
  }

  private static List<Blocker> checked(List<Blocker> blockers) {
    if (blockers.isEmpty()) {
      throw new IllegalArgumentException("a task that is kept from starting needs a blocker");
    }
    return List.copyOf(blockers);
  }
}
