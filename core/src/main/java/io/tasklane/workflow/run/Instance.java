package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import java.util.Optional;

/**
 * A copy of a node that has started.
 *
 * @param key which
 * @param state where it is
 * @param run the run of the workflow in which it last started; what belongs to an earlier one is
 *     ignored
 * @param phase how far it is with its branch for failures
 * @param stop why none of its members is started any more; empty while they are
 * @param stoppedFromAbove whether the stop came from a node above it, and not from a member
 * @param counts of its members
 * @param memory of its start
 * @param cause why it did not succeed; while it is open, the first of its members' that counts
 * @param output what it leaves; of a wait with a node after it, first what it waited for
 */
public record Instance(
    NodeKey key,
    NodeState state,
    int run,
    Phase phase,
    Optional<Cause> stop,
    boolean stoppedFromAbove,
    Counts counts,
    Memory memory,
    Optional<Cause> cause,
    Output output) {
  static Instance fresh(NodeKey key, NodeState state, int run) {
    return new Instance(
        key,
        state,
        run,
        Phase.MAIN,
        Optional.empty(),
        false,
        Counts.NONE,
        Memory.NONE,
        Optional.empty(),
        Output.NONE);
  }

  Instance in(NodeState other) {
    return with(other, phase, counts, cause, output);
  }

  Instance in(Phase other) {
    return with(state, other, counts, cause, output);
  }

  Instance with(Counts other) {
    return with(state, phase, other, cause, output);
  }

  Instance with(Output other) {
    return with(state, phase, counts, cause, other);
  }

  Instance with(Memory other) {
    return new Instance(
        key, state, run, phase, stop, stoppedFromAbove, counts, other, cause, output);
  }

  Instance because(Optional<Cause> why) {
    return with(state, phase, counts, why, output);
  }

  /** A failure wins over a cancel, else the first counts. */
  Instance becauseOfMember(Optional<Cause> why) {
    boolean better =
        cause.isEmpty() || cause.get().isCancel() && why.isPresent() && !why.get().isCancel();
    return better ? because(why) : this;
  }

  Instance stopping(Cause why, boolean fromAbove) {
    return new Instance(
        key,
        state,
        run,
        phase,
        stop.or(() -> Optional.of(why)),
        stoppedFromAbove || fromAbove,
        counts,
        memory,
        cause,
        output);
  }

  /** To run again, keeping which members have succeeded. */
  Instance toRunAgain(Counts again, Optional<Cause> why) {
    return new Instance(
        key,
        NodeState.WAITING,
        run,
        Phase.MAIN,
        Optional.empty(),
        false,
        again,
        memory,
        why,
        output);
  }

  private Instance with(
      NodeState otherState,
      Phase otherPhase,
      Counts otherCounts,
      Optional<Cause> why,
      Output otherOutput) {
    return new Instance(
        key,
        otherState,
        run,
        otherPhase,
        stop,
        stoppedFromAbove,
        otherCounts,
        memory,
        why,
        otherOutput);
  }
}
