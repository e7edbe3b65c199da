package io.tasklane.grpc.task;

import static io.tasklane.grpc.task.StreamClient.atRest;
import static io.tasklane.grpc.task.StreamClient.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StreamCreateTasksResult;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bulk loading: each element is answered alone, in order, and nothing piles up at the server. */
@Timeout(60)
class StreamCreateTasksTest {
  private ApiOfTest api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static ErrorInfo info(Status status) throws InvalidProtocolBufferException {
    return status.getDetails(0).unpack(ErrorInfo.class);
  }

  private static <M extends Message> M detail(Status status, Class<M> type)
      throws InvalidProtocolBufferException {
    Any found = status.getDetailsList().stream().filter(d -> d.is(type)).findFirst().orElseThrow();
    return found.unpack(type);
  }

  private StreamCreateTasksResult answerTo(long sequence, CreateTaskRequest request)
      throws InterruptedException {
    StreamClient client = StreamClient.open(api.channel);
    client.send(sequence, request);
    client.halfClose();
    until(() -> client.completed);
    assertThat(client.results).hasSize(1);
    return client.results.get(0);
  }

  @Test
  void each_element_is_acknowledged_in_order_and_then_the_stream_ends_well() throws Exception {
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 5_000);
    client.halfClose();
    until(() -> client.completed);

    assertThat(client.results)
        .extracting(StreamCreateTasksResult::getSequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 5_000).boxed().toList());
    assertThat(client.results)
        .allSatisfy(
            result -> {
              assertThat(result.getTask()).isEqualTo("tasks/t" + result.getSequence());
              assertThat(result.getStatus().getCode()).isZero();
            });
    assertThat(client.sizes).allMatch(size -> size >= 1 && size <= 512);
    assertThat(api.open.count()).isZero();
  }

  @Test
  void what_is_done_out_of_order_is_acknowledged_in_order() throws Exception {
    api.tasks.held = new LinkedBlockingDeque<>();
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 3);
    until(() -> api.tasks.held.size() == 3);
    api.tasks.held.removeLast().run();
    api.tasks.held.removeLast().run();
    assertThat(atRest(client.results::size)).as("the first is not done").isZero();
    api.tasks.held.removeLast().run();
    until(() -> client.results.size() == 3);

    assertThat(client.results)
        .extracting(StreamCreateTasksResult::getTask)
        .containsExactly("tasks/t1", "tasks/t2", "tasks/t3");
  }

  @Test
  void a_half_close_waits_for_what_is_not_durable_yet() throws Exception {
    api.tasks.held = new LinkedBlockingDeque<>();
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 2);
    client.halfClose();
    until(() -> api.tasks.held.size() == 2);
    atRest(client.results::size);
    assertThat(client.completed).isFalse();
    api.tasks.held.take().run();
    api.tasks.held.take().run();
    until(() -> client.completed);

    assertThat(client.results).hasSize(2);
  }

  @Test
  void an_invalid_element_is_answered_alone_and_the_stream_goes_on() throws Exception {
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 1);
    CreateTaskRequest good = StreamClient.request("bad");
    client.send(2, good.toBuilder().setTask(good.getTask().toBuilder().setPriority(11)).build());
    client.send(3, 3);
    client.halfClose();
    until(() -> client.completed);

    assertThat(client.results)
        .extracting(StreamCreateTasksResult::getTask)
        .containsExactly("tasks/t1", "", "tasks/t3");
    Status status = client.results.get(1).getStatus();
    assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
    assertThat(info(status).getReason()).isEqualTo("INVALID_FIELD");
    assertThat(info(status).getDomain()).isEqualTo("tasklane.io");
    assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("request.task.priority");
  }

  @Test
  void an_element_over_limits_is_refused_by_name() throws Exception {
    CreateTaskRequest.Builder large = StreamClient.request("large").toBuilder();
    large
        .getTaskBuilder()
        .setInput(Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_145])));

    Status status = answerTo(1, large.build()).getStatus();

    assertThat(info(status).getReason()).isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("request.task.input.inline");
    assertThat(api.tasks.asked).isEmpty();
  }

  @Test
  void a_refusal_of_the_application_names_the_field_of_the_element() throws Exception {
    api.tasks.failure = Refusal.invalid(RefusalReason.QUEUE_UNKNOWN, "task.queue", "no such queue");

    Status status = answerTo(1, StreamClient.request("t")).getStatus();

    assertThat(info(status).getReason()).isEqualTo("QUEUE_UNKNOWN");
    assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("request.task.queue");
  }

  @Test
  void whatever_create_task_could_answer_is_the_status_of_the_element() throws Exception {
    api.tasks.failure =
        Refusal.of(
            Refusal.Sort.FAILED_PRECONDITION,
            RefusalReason.QUEUE_DRAINING,
            "queues/Q",
            "it drains");
    Status draining = answerTo(1, StreamClient.request("t")).getStatus();
    assertThat(draining.getCode()).isEqualTo(Code.FAILED_PRECONDITION.value());
    assertThat(detail(draining, PreconditionFailure.class).getViolations(0).getSubject())
        .isEqualTo("queues/Q");

    api.tasks.failure =
        Refusal.of(Refusal.Sort.ALREADY_EXISTS, RefusalReason.TASK_EXISTS, "tasks/t", "it exists");
    assertThat(answerTo(1, StreamClient.request("t")).getStatus().getCode())
        .isEqualTo(Code.ALREADY_EXISTS.value());

    api.tasks.failure =
        Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.DATABASE_UNAVAILABLE, "", "away");
    Status away = answerTo(1, StreamClient.request("t")).getStatus();
    assertThat(away.getCode()).isEqualTo(Code.UNAVAILABLE.value());
    assertThat(detail(away, RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);

    api.tasks.failure = new IllegalStateException("a fault of ours");
    Status fault = answerTo(1, StreamClient.request("t")).getStatus();
    assertThat(fault.getCode()).isEqualTo(Code.INTERNAL.value());
    assertThat(info(fault).getMetadataMap()).containsKey("incident");

    api.tasks.fault = new StackOverflowError();
    Status error = answerTo(1, StreamClient.request("t")).getStatus();
    assertThat(error.getCode()).isEqualTo(Code.INTERNAL.value());
  }

  @Test
  void a_sequence_that_does_not_grow_is_refused_and_the_next_may_go_on() throws Exception {
    StreamClient client = StreamClient.open(api.channel);
    for (long sequence : new long[] {5, 5, 4, 0, 9}) {
      client.send(sequence, StreamClient.request("s"));
    }
    client.halfClose();
    until(() -> client.completed);

    assertThat(client.results)
        .extracting(StreamCreateTasksResult::getSequence)
        .containsExactly(5L, 5L, 4L, 0L, 9L);
    assertThat(client.results)
        .extracting(result -> result.getStatus().getCode())
        .containsExactly(0, 3, 3, 3, 0);
    for (StreamCreateTasksResult refused : client.results.subList(1, 4)) {
      assertThat(info(refused.getStatus()).getReason()).isEqualTo("INVALID_FIELD");
      assertThat(detail(refused.getStatus(), BadRequest.class).getFieldViolations(0).getField())
          .isEqualTo("sequence");
    }
    assertThat(api.tasks.asked).hasSize(2);
  }

  @Test
  void an_element_without_a_request_is_refused() throws Exception {
    Status status = answerTo(1, CreateTaskRequest.getDefaultInstance()).getStatus();

    assertThat(info(status).getReason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void a_repeated_request_id_gets_the_first_answer_under_the_sequence_of_its_own()
      throws Exception {
    CreateTaskRequest request =
        StreamClient.request("once").toBuilder().setRequestId("r-1").build();

    StreamCreateTasksResult first = answerTo(7, request);
    StreamCreateTasksResult again = answerTo(3, request);

    assertThat(again).isEqualTo(first.toBuilder().setSequence(3).build());
    assertThat(api.tasks.asked).hasSize(1);
    assertThat(api.tasks.changes.get(0).method())
        .isEqualTo("tasklane.v1.TaskService/StreamCreateTasks");
  }

  @Test
  void validate_only_answers_without_creating() throws Exception {
    CreateTaskRequest request =
        StreamClient.request("never").toBuilder().setValidateOnly(true).build();

    StreamCreateTasksResult result = answerTo(1, request);

    assertThat(result.getStatus().getCode()).isZero();
    assertThat(api.tasks.changes).isEmpty();
  }
}
