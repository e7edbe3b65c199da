package io.tasklane.forecast;

import java.util.List;

/**
 * When a workflow ends. Times are in seconds from now.
 *
 * @param missing why nothing can be said; empty where it can, and then only the next fields count
 * @param endP50 it ends before this with a probability of 50 %
 * @param endP90 it ends before this with a probability of 90 %
 * @param missProbability that it ends after its deadline, 0.0 to 1.0; 0 without one
 * @param criticalPath ids of the nodes that most often decide when it ends, in their order
 * @param nodes what is left of it, in the order of the definition
 * @param samples runs known of the kind of task of which the fewest are
 * @param rounds how often it was played
 */
public record WorkflowOutlook(
    String missing,
    double endP50,
    double endP90,
    double missProbability,
    List<String> criticalPath,
    List<NodeOutlook> nodes,
    long samples,
    int rounds) {
  /** Copies the lists. */
  public WorkflowOutlook {
    criticalPath = List.copyOf(criticalPath);
    nodes = List.copyOf(nodes);
  }

  /**
   * Nothing can be said.
   *
   * @param why for people
   */
  public static WorkflowOutlook missing(String why, long samples) {
    return new WorkflowOutlook(why, 0, 0, 0, List.of(), List.of(), samples, 0);
  }
}
