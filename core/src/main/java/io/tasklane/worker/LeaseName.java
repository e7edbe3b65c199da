package io.tasklane.worker;

import io.tasklane.key.FencingToken;

/**
 * Names a lease, "tasks/{task}/leases/{token}".
 *
 * @param taskId final part of the task's name
 * @param token fencing token of the lease
 */
public record LeaseName(String taskId, FencingToken token) {
  @Override
  public String toString() {
    return "tasks/" + taskId + "/leases/" + token.value();
  }
}
