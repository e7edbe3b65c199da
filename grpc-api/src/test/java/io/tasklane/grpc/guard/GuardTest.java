package io.tasklane.grpc.guard;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.ListeningApi;
import io.tasklane.v1.AlertServiceGrpc;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.ListAlertPoliciesRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What gRPC itself refuses is told in words too; over the network, as clients meet it. */
@Timeout(120)
class GuardTest {
  private static final int MIB = 1024 * 1024;
  private final ListeningApi api = new ListeningApi();
  private final TaskServiceGrpc.TaskServiceBlockingStub tasks =
      TaskServiceGrpc.newBlockingStub(api.channel);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_message_over_4_mib_is_refused_in_words_and_the_connection_goes_on() {
    Throwable error = catchThrowable(() -> tasks.createTask(creation(4 * MIB)));

    assertThat(codeAndReason(error)).isEqualTo("RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE");
    ErrorInfo info = detail(error, ErrorInfo.class).orElseThrow();
    assertThat(info.getDomain()).isEqualTo("tasklane.io");
    assertThat(info.getMetadataMap()).containsEntry("method", "tasklane.v1.TaskService/CreateTask");
    assertThat(api.tasks.asked).isEmpty();
    assertThat(tasks.createTask(creation(100)).getTask().getName()).isNotEmpty();
  }

  @Test
  void a_message_of_just_4_mib_is_looked_at() {
    int around = creation(4 * MIB).getSerializedSize() - 4 * MIB;
    CreateTaskRequest largest = creation(4 * MIB - around);
    assertThat(largest.getSerializedSize()).isEqualTo(4 * MIB);

    Throwable error = catchThrowable(() -> tasks.createTask(largest));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAYLOAD_TOO_LARGE");
  }

  @Test
  void a_message_that_is_small_only_while_it_is_compressed_is_refused_too() {
    Throwable error =
        catchThrowable(() -> tasks.withCompression("gzip").createTask(creation(5 * MIB)));

    assertThat(codeAndReason(error)).isEqualTo("RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE");
    assertThat(tasks.withCompression("gzip").createTask(creation(100)).hasTask()).isTrue();
  }

  /** It is not read at all, so that no client can fill the server's memory. */
  @Test
  void a_message_over_16_mib_is_refused_by_the_transport_with_the_same_code() {
    Throwable error = catchThrowable(() -> tasks.createTask(creation(17 * MIB)));

    assertThat(codeAndReason(error)).isEqualTo("RESOURCE_EXHAUSTED none");
  }

  @Test
  void an_element_over_4_mib_ends_its_stream_in_words() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    StreamObserver<StreamCreateTasksRequest> stream =
        TaskServiceGrpc.newStub(api.channel).streamCreateTasks(until(end));
    stream.onNext(StreamCreateTasksRequest.newBuilder().setRequest(creation(5 * MIB)).build());

    assertThat(codeAndReason(end.get(60, TimeUnit.SECONDS)))
        .isEqualTo("RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE");
    for (int i = 0; api.server.openStreams() > 0; i++) {
      assertThat(i).as("the stream is closed on our side too").isLessThan(600);
      Thread.sleep(100);
    }
  }

  @Test
  void bytes_that_are_no_message_of_the_method_are_refused_in_words() {
    MethodDescriptor<byte[], InputStream> method = raw("tasklane.v1.TaskService/CreateTask");
    byte[] noise = {(byte) 0xff, 1, 2, 3};

    Throwable error = catchThrowable(() -> call(method, noise));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT MESSAGE_UNREADABLE");
    assertThat(error).hasMessageContaining("tasklane.v1.CreateTaskRequest");
  }

  @Test
  void methods_and_services_that_are_not_served_say_so_whoever_answers() {
    Throwable service =
        catchThrowable(
            () ->
                AlertServiceGrpc.newBlockingStub(api.channel)
                    .listAlertPolicies(ListAlertPoliciesRequest.getDefaultInstance()));
    Throwable method = catchThrowable(() -> call(raw("tasklane.v1.TaskService/Do"), new byte[0]));

    assertThat(codeAndReason(service)).isEqualTo("UNIMPLEMENTED METHOD_NOT_SERVED");
    assertThat(codeAndReason(method)).isEqualTo("UNIMPLEMENTED METHOD_NOT_SERVED");
    assertThat(method).hasMessageContaining("tasklane.v1.TaskService/Do");
  }

  @Test
  void the_health_of_a_service_nobody_knows_is_not_found_in_words() {
    HealthCheckRequest request = HealthCheckRequest.newBuilder().setService("nobody").build();

    Throwable error = catchThrowable(() -> HealthGrpc.newBlockingStub(api.channel).check(request));

    assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND SERVICE_UNKNOWN");
  }

  private static CreateTaskRequest creation(int bytes) {
    Payload input =
        Payload.newBuilder()
            .setContentType("text/plain")
            .setInline(ByteString.copyFrom(new byte[bytes]))
            .build();
    Task task = Task.newBuilder().setQueue("queues/Q").setTaskType("fetch").setInput(input).build();
    return CreateTaskRequest.newBuilder().setTask(task).build();
  }

  private InputStream call(MethodDescriptor<byte[], InputStream> method, byte[] request) {
    return ClientCalls.blockingUnaryCall(api.channel, method, CallOptions.DEFAULT, request);
  }

  private static MethodDescriptor<byte[], InputStream> raw(String method) {
    return MethodDescriptor.<byte[], InputStream>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(method)
        .setRequestMarshaller(marshaller(ByteArrayInputStream::new))
        .setResponseMarshaller(marshaller(stream -> stream))
        .build();
  }

  private static <T> MethodDescriptor.Marshaller<T> marshaller(
      java.util.function.Function<T, InputStream> stream) {
    return new MethodDescriptor.Marshaller<>() {
      @Override
      public InputStream stream(T value) {
        return stream.apply(value);
      }

      @Override
      public T parse(InputStream answer) {
        throw new AssertionError("only refusals are expected");
      }
    };
  }

  private static StreamObserver<StreamCreateTasksResponse> until(CompletableFuture<Throwable> end) {
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamCreateTasksResponse response) {}

      @Override
      public void onError(Throwable failure) {
        end.complete(failure);
      }

      @Override
      public void onCompleted() {
        end.complete(new AssertionError("it ended well"));
      }
    };
  }
}
