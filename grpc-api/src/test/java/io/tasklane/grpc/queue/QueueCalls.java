package io.tasklane.grpc.queue;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.UpdateQueueRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls of the queue service over a service for tests, and what they are refused with. */
abstract class QueueCalls {
  static final String DATA = "queues/DATA_FETCHER";
  ApiOfTest api;
  QueueServiceGrpc.QueueServiceBlockingStub queues;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    queues = QueueServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  static UpdateQueueRequest.Builder update(Queue.Builder queue, String... paths) {
    return UpdateQueueRequest.newBuilder()
        .setQueue(queue.setName(DATA))
        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
  }

  static Duration seconds(long seconds) {
    return Durations.fromSeconds(seconds);
  }

  static String refusal(ThrowingCallable call) {
    return codeAndReason(catchThrowable(call));
  }

  /** The field that was refused. */
  static String field(ThrowingCallable call) {
    BadRequest details = detail(catchThrowable(call), BadRequest.class).orElseThrow();
    return details.getFieldViolations(0).getField();
  }
}
