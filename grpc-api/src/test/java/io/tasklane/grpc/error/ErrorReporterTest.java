package io.tasklane.grpc.error;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import jakarta.ejb.EJBException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReporterTest {
  private static final Logger LOG = Logger.getLogger(ErrorReporter.class.getName());

  private final ErrorReporter errors = new ErrorReporter(new SplittableRandom(5));
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler keeper =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(keeper);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(keeper);
    LOG.setUseParentHandlers(true);
  }

  @ParameterizedTest
  @EnumSource(Refusal.Sort.class)
  void every_sort_of_refusal_is_one_code_with_its_reason(Refusal.Sort sort) {
    StatusRuntimeException error =
        errors.answer("m", Refusal.of(sort, RefusalReason.TASK_ENDED, "tasks/x", "because"));

    assertThat(codeAndReason(error)).isEqualTo(sort + " TASK_ENDED");
    assertThat(error.getStatus().getDescription()).isEqualTo("because");
    assertThat(detail(error, ErrorInfo.class).orElseThrow().getDomain()).isEqualTo("tasklane.io");
    assertThat(logged).isEmpty();
  }

  @Test
  void what_stages_and_beans_wrap_is_found() {
    Throwable wrapped =
        new CompletionException(
            new EJBException(
                Refusal.of(
                    Refusal.Sort.ALREADY_EXISTS,
                    RefusalReason.TASK_EXISTS,
                    "tasks/x",
                    "it is there")));

    StatusRuntimeException error = errors.answer("m", wrapped);

    assertThat(codeAndReason(error)).isEqualTo("ALREADY_EXISTS TASK_EXISTS");
    ResourceInfo resource = detail(error, ResourceInfo.class).orElseThrow();
    assertThat(resource.getResourceType()).isEqualTo("tasks");
    assertThat(resource.getResourceName()).isEqualTo("tasks/x");
  }

  @Test
  void a_wrong_field_of_the_application_is_a_field_violation() {
    StatusRuntimeException error =
        errors.answer(
            "m",
            Refusal.invalid(RefusalReason.INPUT_SCHEMA, "task.input", "bad")
                .within("requests[3]."));

    BadRequest.FieldViolation violation =
        detail(error, BadRequest.class).orElseThrow().getFieldViolations(0);
    assertThat(violation.getField()).isEqualTo("requests[3].task.input");
    assertThat(violation.getReason()).isEqualTo("INPUT_SCHEMA");
  }

  @Test
  void a_fault_of_ours_is_logged_under_the_incident_that_the_client_is_told() {
    IllegalStateException fault = new IllegalStateException("secret");

    StatusRuntimeException error = errors.answer("tasklane.v1.TaskService/GetTask", fault);

    String incident = detail(error, ErrorInfo.class).orElseThrow().getMetadataOrThrow("incident");
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(error.getStatus().getDescription()).contains(incident).doesNotContain("secret");
    assertThat(logged).hasSize(1);
    assertThat(logged.get(0).getMessage()).contains("GetTask").contains(incident);
    assertThat(logged.get(0).getThrown()).isSameAs(fault);
  }

  @Test
  void a_status_that_is_ready_is_passed_on() {
    StatusRuntimeException ready = Status.CANCELLED.asRuntimeException();

    assertThat(errors.answer("m", ready)).isSameAs(ready);
  }
}
