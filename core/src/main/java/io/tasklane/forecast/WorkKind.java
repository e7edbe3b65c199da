package io.tasklane.forecast;

/**
 * Tasks whose run times are drawn from one distribution.
 *
 * @param queue id of the queue
 * @param taskType name of the type
 */
public record WorkKind(String queue, String taskType) {
  @Override
  public String toString() {
    return taskType + " in queues/" + queue;
  }
}
