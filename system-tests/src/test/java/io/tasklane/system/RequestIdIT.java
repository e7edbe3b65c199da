package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change may be sent again, and is one change. */
@ExtendWith(SharedServer.class)
class RequestIdIT {
  private static final Marshaller<byte[]> BYTES =
      new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
  private static final MethodDescriptor<byte[], byte[]> CREATE =
      TaskServiceGrpc.getCreateTaskMethod().toBuilder(BYTES, BYTES).build();

  private static CreateTaskRequest request(String id, int priority) {
    return CreateTaskRequest.newBuilder()
        .setRequestId(id)
        .setTask(
            Client.task(Client.DATA, "system.noop", "{}")
                .setPriority(priority)
                .putLabels("a", "1")
                .putLabels("b", "2"))
        .build();
  }

  private static byte[] send(Client client, CreateTaskRequest request) {
    return ClientCalls.blockingUnaryCall(
        client.channel(), CREATE, CallOptions.DEFAULT, request.toByteArray());
  }

  @Test
  void the_same_request_again_gives_the_first_answer_byte_for_byte(Client client) throws Exception {
    CreateTaskRequest request = request("r-" + UUID.randomUUID(), 5);
    byte[] first = send(client, request);
    Task task = CreateTaskResponse.parseFrom(first).getTask();
    assertThat(client.end(task).getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(send(client, request)).isEqualTo(first);
  }

  @Test
  void the_same_id_with_another_body_is_refused(Client client) {
    String id = "r-" + UUID.randomUUID();
    send(client, request(id, 5));
    StatusRuntimeException refusal = Client.refusal(() -> send(client, request(id, 6)));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.toString()).contains("request");
    assertThat(Refusals.reason(refusal)).isEqualTo("REQUEST_ID_REUSED");
  }
}
