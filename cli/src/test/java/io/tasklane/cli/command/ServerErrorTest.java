package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;

class ServerErrorTest {
  private static StatusRuntimeException error(Code code, String message, Message... details) {
    Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(message);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  @Test
  void the_reason_and_every_field_at_fault_are_named() {
    FieldViolation priority =
        FieldViolation.newBuilder()
            .setField("task.priority")
            .setDescription("11 is not within 1 and 10")
            .build();
    var refusal =
        error(
            Code.INVALID_ARGUMENT,
            "the task cannot be created",
            ErrorInfo.newBuilder().setReason("INVALID_FIELD").setDomain("tasklane.io").build(),
            BadRequest.newBuilder().addFieldViolations(priority).build());
    assertThat(ServerError.lines(refusal, "h:1"))
        .containsExactly(
            "INVALID_ARGUMENT INVALID_FIELD: the task cannot be created",
            "  task.priority: 11 is not within 1 and 10");
  }

  @Test
  void what_the_line_of_the_field_says_is_not_said_twice() {
    FieldViolation queue =
        FieldViolation.newBuilder().setField("task.queue").setDescription("there is none").build();
    var refusal =
        error(
            Code.INVALID_ARGUMENT,
            "task.queue: there is none",
            BadRequest.newBuilder().addFieldViolations(queue).build());
    assertThat(ServerError.lines(refusal, "h:1"))
        .containsExactly("INVALID_ARGUMENT", "  task.queue: there is none");
  }

  @Test
  void a_limit_says_when_to_try_again() {
    var refusal =
        error(
            Code.RESOURCE_EXHAUSTED,
            "too many creations",
            RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(1500)).build());
    assertThat(ServerError.lines(refusal, "h:1")).last().asString().contains("try again in 1.500s");
  }

  @Test
  void a_name_that_is_not_there_says_where_to_look() {
    var refusal =
        error(
            Code.NOT_FOUND,
            "there is no queue queues/X",
            ErrorInfo.newBuilder().setReason("QUEUE_NOT_FOUND").build());
    assertThat(ServerError.lines(refusal, "h:1"))
        .containsExactly(
            "NOT_FOUND QUEUE_NOT_FOUND: there is no queue queues/X",
            "  `tasklane queue list` shows those there are");
  }

  @Test
  void a_user_who_is_not_known_is_told_how_to_give_a_token() {
    assertThat(ServerError.lines(error(Code.UNAUTHENTICATED, "who are you"), "h:1"))
        .last()
        .asString()
        .contains("TASKLANE_TOKEN", "profile set");
  }

  @Test
  void a_method_that_is_not_served_names_the_server() {
    assertThat(ServerError.lines(error(Code.UNIMPLEMENTED, "no"), "h:1"))
        .last()
        .asString()
        .contains("h:1");
  }
}
