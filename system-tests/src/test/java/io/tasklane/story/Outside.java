package io.tasklane.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import java.util.concurrent.TimeUnit;

/** A client in another process than the container. */
final class Outside implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final ManagedChannel channel;

  Outside(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Whether the server as a whole says that it serves. */
  boolean serves() {
    return HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus()
        == ServingStatus.SERVING;
  }

  /** Creates a task and waits for its success, which it fails without; returns its result. */
  String resultOf(String queue, String taskType, String input) {
    Payload payload = Payload.newBuilder().setInline(ByteString.copyFromUtf8(input)).build();
    Task.Builder task = Task.newBuilder().setQueue(queue).setTaskType(taskType).setInput(payload);
    Task created =
        tasks().createTask(CreateTaskRequest.newBuilder().setTask(task).build()).getTask();
    WaitTaskRequest success =
        WaitTaskRequest.newBuilder()
            .setName(created.getName())
            .addStates(State.STATE_SUCCEEDED)
            .setTimeout(Durations.fromSeconds(PATIENCE_SECONDS / 2))
            .build();
    WaitTaskResponse ended = tasks().waitTask(success);
    assertThat(ended.getReached()).as("%s has succeeded", ended.getTask()).isTrue();
    return ended.getTask().getResult().getInline().toStringUtf8();
  }

  private TaskServiceBlockingStub tasks() {
    return TaskServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
