package io.tasklane.grpc.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.key.FencingToken;
import io.tasklane.step.StepKind;
import io.tasklane.step.StepState;
import io.tasklane.step.StoredResult;
import io.tasklane.step.TaskStep;
import io.tasklane.v1.AwaitEventStep;
import io.tasklane.v1.BeginStep;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.RecordStepResponse;
import io.tasklane.v1.SleepStep;
import io.tasklane.v1.StepFailure;
import io.tasklane.v1.StepSuccess;
import io.tasklane.v1.WorkerServiceGrpc;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of runs outside of the server, over the wire. */
class RecordStepTest {
  private static final Duration SECOND = Duration.newBuilder().setSeconds(1).build();
  private ApiOfTest api;
  private WorkerServiceGrpc.WorkerServiceBlockingStub workers;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    workers = WorkerServiceGrpc.newBlockingStub(api.channel);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static RecordStepRequest.Builder step() {
    return RecordStepRequest.newBuilder()
        .setLeaseId("tasks/t1/leases/7")
        .setFencingToken(7)
        .setName("fetch AAPL");
  }

  private void known(StepKind kind, StepState state) {
    boolean waits = state == StepState.WAITING;
    api.steps.all.add(
        new TaskStep(
            "fetch AAPL",
            kind,
            state,
            new FencingToken(7),
            1,
            0,
            Instant.EPOCH,
            waits ? Optional.empty() : Optional.of(Instant.EPOCH),
            waits ? Optional.of(Instant.EPOCH) : Optional.empty(),
            Optional.empty(),
            2));
  }

  private static Payload json(String text) {
    return Payload.newBuilder()
        .setContentType("application/json")
        .setInline(ByteString.copyFromUtf8(text))
        .build();
  }

  @Test
  void what_is_not_known_is_answered_with_nothing() {
    assertThat(workers.recordStep(step().setBegin(BeginStep.getDefaultInstance()).build()))
        .isEqualTo(RecordStepResponse.getDefaultInstance());
    assertThat(api.steps.told).isEmpty();
  }

  @Test
  void a_result_is_recorded_and_what_was_kept_is_answered() {
    known(StepKind.BODY, StepState.SUCCEEDED);
    api.steps.result = new StoredResult(Optional.of(io.tasklane.task.Payload.json("[1]")), false);
    RecordStepResponse response =
        workers.recordStep(
            step().setSuccess(StepSuccess.newBuilder().setResult(json("{}"))).build());
    assertThat(response.getResult()).as("the first one counts").isEqualTo(json("[1]"));
    assertThat(response.getStep().getState())
        .isEqualTo(io.tasklane.v1.TaskStep.State.STATE_SUCCEEDED);
    assertThat(api.steps.told).singleElement().asString().contains("t1 7 fetch AAPL Succeeded");
  }

  @Test
  void failures_sleeps_and_waits_are_recorded() {
    known(StepKind.SLEEP, StepState.WAITING);
    Failure down =
        Failure.newBuilder().setKind(Failure.Kind.KIND_RETRYABLE).setCode("DOWN").build();
    workers.recordStep(
        step().setFailure(StepFailure.newBuilder().setFailure(down).setFailedTries(2)).build());
    workers.recordStep(
        step()
            .setAwaitEvent(
                AwaitEventStep.newBuilder()
                    .setEventType("account.ready")
                    .setCondition("event.data.n > 1")
                    .setTimeout(SECOND))
            .build());
    RecordStepResponse sleeps =
        workers.recordStep(step().setSleep(SleepStep.newBuilder().setDuration(SECOND)).build());
    assertThat(sleeps.getRest().getSeconds()).isEqualTo(3);
    assertThat(api.steps.told).hasSize(3);
    assertThat(api.steps.told.get(0)).contains("DOWN", "failedTries=2");
    assertThat(api.steps.told.get(1)).contains("account.ready", "event.data.n > 1", "PT1S");
    assertThat(api.steps.told.get(2)).contains("Sleeps", "PT1S");
  }

  @ParameterizedTest
  @CsvSource({
    "ABORTED, STALE_LEASE",
    "FAILED_PRECONDITION, STEP_LIMIT",
    "FAILED_PRECONDITION, STEP_KIND",
    "INVALID_ARGUMENT, ARTIFACT_UNKNOWN"
  })
  void what_is_refused_is_told_with_its_reason(Refusal.Sort sort, String reason) {
    api.steps.refusal = Refusal.of(sort, RefusalReason.valueOf(reason), "tasks/t1", "no");
    assertThat(refused(step().setSuccess(StepSuccess.getDefaultInstance())))
        .isEqualTo(sort + " " + reason);
  }

  @Test
  void a_wrong_request_is_refused_with_the_field() {
    RecordStepRequest.Builder done = step().setSuccess(StepSuccess.getDefaultInstance());
    wrong(done.clone().setLeaseId("tasks/t1/leases/8"), "lease_id");
    wrong(done.clone().clearFencingToken(), "fencing_token");
    wrong(done.clone().setName("a\nb"), "name");
    wrong(done.clone().setName("n".repeat(129)), "name");
    wrong(step(), "action");
    wrong(step().setSleep(SleepStep.getDefaultInstance()), "sleep.duration");
    wrong(step().setFailure(StepFailure.newBuilder().setFailedTries(1)), "failure.failure");
    Failure lost = Failure.newBuilder().setKind(Failure.Kind.KIND_LEASE_LOST).build();
    wrong(
        step().setFailure(StepFailure.newBuilder().setFailure(lost).setFailedTries(1)),
        "failure.failure.kind");
    wrong(awaits("Not A Type", ""), "await_event.event_type");
    wrong(awaits("account.ready", "event."), "await_event.condition");
    assertThat(api.steps.told).isEmpty();
  }

  private static RecordStepRequest.Builder awaits(String type, String condition) {
    return step()
        .setAwaitEvent(
            AwaitEventStep.newBuilder()
                .setEventType(type)
                .setCondition(condition)
                .setTimeout(SECOND));
  }

  private String refused(RecordStepRequest.Builder request) {
    return ApiOfTest.codeAndReason(catchThrowable(() -> workers.recordStep(request.build())));
  }

  private void wrong(RecordStepRequest.Builder request, String field) {
    Throwable error = catchThrowable(() -> workers.recordStep(request.build()));
    assertThat(ApiOfTest.codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(
            ApiOfTest.detail(error, com.google.rpc.BadRequest.class)
                .orElseThrow()
                .getFieldViolationsList())
        .extracting(com.google.rpc.BadRequest.FieldViolation::getField)
        .contains(field);
  }
}
