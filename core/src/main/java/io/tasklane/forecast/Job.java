package io.tasklane.forecast;

import java.util.ArrayList;
import java.util.List;

/** Something that takes a slot of a queue in one round: tasks of one type, one after another. */
final class Job implements Comparable<Job> {
  final String taskType;
  final int count;

  /** The node of the workflow; null for tasks of others. */
  final Live owner;

  /** Nodes that wait for its end. */
  final List<Live> drains = new ArrayList<>(0);

  private final int priority;
  private final long order;

  /**
   * A job.
   *
   * @param order before those of the same priority with a larger number
   */
  Job(String taskType, int priority, long order, int count, Live owner) {
    this.taskType = taskType;
    this.priority = priority;
    this.order = order;
    this.count = count;
    this.owner = owner;
  }

  @Override
  public int compareTo(Job other) {
    return priority == other.priority
        ? Long.compare(order, other.order)
        : other.priority - priority;
  }
}
