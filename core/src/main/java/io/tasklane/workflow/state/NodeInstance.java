package io.tasklane.workflow.state;

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
 * @param variables what it found out at its start
 * @param cause why it did not succeed; while it is open, the first of its members' that counts
 * @param output what it leaves; of a wait with a node after it, first what it waited for
 */
public record NodeInstance(
    NodeKey key,
    NodeState state,
    int run,
    Phase phase,
    Optional<Cause> stop,
    boolean stoppedFromAbove,
    MemberCounts counts,
    NodeVariables variables,
    Optional<Cause> cause,
    Output output) {
  /** One that has just come to be in this state, and has nothing else yet. */
  public static NodeInstance fresh(NodeKey key, NodeState state, int run) {
    return new NodeInstance(
        key,
        state,
        run,
        Phase.MAIN,
        Optional.empty(),
        false,
        MemberCounts.NONE,
        NodeVariables.NONE,
        Optional.empty(),
        Output.NONE);
  }

  /** The same in another state. */
  public NodeInstance in(NodeState other) {
    return with(other, phase, counts, cause, output);
  }

  /** The same in another phase. */
  public NodeInstance in(Phase other) {
    return with(state, other, counts, cause, output);
  }

  /** The same with other counters. */
  public NodeInstance with(MemberCounts other) {
    return with(state, phase, other, cause, output);
  }

  /** The same with another output. */
  public NodeInstance with(Output other) {
    return with(state, phase, counts, cause, other);
  }

  /** The same with other variables. */
  public NodeInstance with(NodeVariables other) {
    return new NodeInstance(
        key, state, run, phase, stop, stoppedFromAbove, counts, other, cause, output);
  }

  /** The same with another cause. */
  public NodeInstance because(Optional<Cause> why) {
    return with(state, phase, counts, why, output);
  }

  /** The same after a member ended badly: a failure wins over a cancel, else the first counts. */
  public NodeInstance becauseOfMember(Optional<Cause> why) {
    boolean better =
        cause.isEmpty() || cause.get().isCancel() && why.isPresent() && !why.get().isCancel();
    return better ? because(why) : this;
  }

  /**
   * The same, but no more of its members start. The first cause stays.
   *
   * @param fromAbove whether a node above it is stopped, and not only its members
   */
  public NodeInstance stopping(Cause why, boolean fromAbove) {
    return new NodeInstance(
        key,
        state,
        run,
        phase,
        stop.or(() -> Optional.of(why)),
        stoppedFromAbove || fromAbove,
        counts,
        variables,
        cause,
        output);
  }

  /** To run again, keeping which members have succeeded. */
  public NodeInstance toRunAgain(MemberCounts again, Optional<Cause> why) {
    return new NodeInstance(
        key,
        NodeState.WAITING,
        run,
        Phase.MAIN,
        Optional.empty(),
        false,
        again,
        variables,
        why,
        output);
  }

  /**
   * Whether it waits for something that is reported: the end of its task, an event, a timer. False
   * while its branch for failures runs.
   */
  public boolean isOpen() {
    return state == NodeState.RUNNING && phase == Phase.MAIN;
  }

  private NodeInstance with(
      NodeState otherState,
      Phase otherPhase,
      MemberCounts otherCounts,
      Optional<Cause> why,
      Output otherOutput) {
    return new NodeInstance(
        key,
        otherState,
        run,
        otherPhase,
        stop,
        stoppedFromAbove,
        otherCounts,
        variables,
        why,
        otherOutput);
  }
}
