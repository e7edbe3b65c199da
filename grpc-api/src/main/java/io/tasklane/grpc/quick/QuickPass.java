package io.tasklane.grpc.quick;

import com.google.protobuf.Message;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;

/**
 * Recognises requests that surely keep the rules of the contract, of the methods that are called
 * most: it takes a tenth of a microsecond where the rules take four, half of what the API does for
 * a creation. A request that is not recognised may keep them all the same.
 */
public final class QuickPass {
  private static final int MOST_OF_A_BATCH = 1000;

  private QuickPass() {}

  /** Whether it surely keeps the rules. */
  public static boolean admits(Message request) {
    if (request instanceof CreateTaskRequest one) {
      return isFine(one);
    }
    if (request instanceof StreamCreateTasksRequest element) {
      return element.getSequence() >= 1 && element.hasRequest() && isFine(element.getRequest());
    }
    return request instanceof BatchCreateTasksRequest batch && isFine(batch);
  }

  private static boolean isFine(BatchCreateTasksRequest batch) {
    int count = batch.getRequestsCount();
    if (!Form.TOKEN.fits(batch.getRequestId()) || count < 1 || count > MOST_OF_A_BATCH) {
      return false;
    }
    for (CreateTaskRequest one : batch.getRequestsList()) {
      if (!one.getRequestId().isEmpty() || one.getValidateOnly() || !isFine(one)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFine(CreateTaskRequest one) {
    return Form.TOKEN.fits(one.getRequestId())
        && Form.TASK_ID.fits(one.getTaskId())
        && one.hasTask()
        && QuickTask.isFine(one.getTask());
  }
}
