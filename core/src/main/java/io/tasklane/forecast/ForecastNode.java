package io.tasklane.forecast;

import java.util.List;

/**
 * What a workflow, or a part of it, has still to do. Times are in seconds from the present. What
 * has ended is left out.
 */
public sealed interface ForecastNode {
  /** Id of the node of the workflow, which copies of it share. */
  String nodeId();

  /**
   * A task. It is assumed to succeed in the end: a run fails as often as those of its kind did, and
   * is followed by another.
   *
   * @param nodeId id of the node
   * @param kind where its run times come from
   * @param priority 1 to 10
   * @param start how far it is
   */
  record Work(String nodeId, WorkKind kind, int priority, Start start) implements ForecastNode {}

  /** How far a task is. */
  sealed interface Start {
    /** Nothing of it exists yet. */
    Start FUTURE = new Later(0);

    /**
     * It becomes ready later than its node starts.
     *
     * @param delay so much later, 0 or more
     */
    record Later(double delay) implements Start {}

    /**
     * It waits in its queue.
     *
     * @param place before those with a larger number
     */
    record Waiting(int place) implements Start {}

    /**
     * It runs.
     *
     * @param elapsed how long already
     */
    record Running(double elapsed) implements Start {}
  }

  /**
   * One after the other.
   *
   * @param nodeId id of the node
   * @param members in their order
   */
  record InOrder(String nodeId, List<ForecastNode> members) implements ForecastNode {
    /** Copies the members. */
    public InOrder {
      members = List.copyOf(members);
    }
  }

  /**
   * Side by side.
   *
   * @param nodeId id of the node
   * @param members started in their order
   * @param maximumParallel how many may be open at once; 0 for all
   */
  record SideBySide(String nodeId, List<ForecastNode> members, int maximumParallel)
      implements ForecastNode {
    /** Copies the members. */
    public SideBySide {
      members = List.copyOf(members);
    }
  }

  /**
   * One of several, each as likely as the others.
   *
   * @param nodeId id of the node
   * @param members at least one
   */
  record OneOf(String nodeId, List<ForecastNode> members) implements ForecastNode {
    /** Copies the members. */
    public OneOf {
      members = List.copyOf(members);
    }
  }

  /**
   * Time passes.
   *
   * @param nodeId id of the node
   * @param seconds 0 or more
   */
  record Pause(String nodeId, double seconds) implements ForecastNode {}

  /**
   * Runs what waits in a queue when it starts.
   *
   * @param nodeId id of the node
   * @param queue id of the queue
   * @param holds whether that does not start before
   * @param started whether it has started, so that what runs may be a part of it
   */
  record Drain(String nodeId, String queue, boolean holds, boolean started)
      implements ForecastNode {}
}
