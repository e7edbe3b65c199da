package io.tasklane.grpc.worker;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.effect.KnownEffect;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.EffectState;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.RecordEffectRequest;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordEffectTest {
  private static final Payload FILLED =
      Payload.newBuilder()
          .setContentType("application/json")
          .setInline(ByteString.copyFromUtf8("{}"))
          .build();

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

  @Test
  void what_was_not_known_before_is_told_as_unspecified() {
    RecordEffectResponse response = workers.recordEffect(good().build());
    assertThat(response).isEqualTo(RecordEffectResponse.getDefaultInstance());
    assertThat(api.effects.told).containsExactly("t1 7 order:1 INTENDED nothing");
  }

  @Test
  void what_was_done_before_is_told_with_its_outcome() {
    api.effects.before =
        Optional.of(
            new KnownEffect(
                io.tasklane.effect.EffectState.DONE,
                Optional.of(io.tasklane.task.Payload.json("{}"))));
    RecordEffectResponse response =
        workers.recordEffect(
            good().setState(EffectState.EFFECT_STATE_DONE).setOutcome(FILLED).build());
    assertThat(response.getPreviousState()).isEqualTo(EffectState.EFFECT_STATE_DONE);
    assertThat(response.getOutcome()).isEqualTo(FILLED);
    assertThat(api.effects.told).containsExactly("t1 7 order:1 DONE {}");
  }

  @ParameterizedTest
  @CsvSource({
    "ABORTED, STALE_LEASE",
    "ABORTED, EFFECT_IN_PROGRESS",
    "FAILED_PRECONDITION, EFFECT_NOT_INTENDED"
  })
  void what_the_ledger_refuses_is_told_with_its_reason(Refusal.Sort sort, String reason) {
    api.effects.refusal = Refusal.of(sort, RefusalReason.valueOf(reason), "tasks/t1", "no");
    assertThat(refused(good())).isEqualTo(sort + " " + reason);
  }

  @Test
  void a_wrong_request_is_refused_with_the_field() {
    wrong(good().setLeaseId("t1"), "lease_id");
    wrong(good().setLeaseId("tasks/t1/leases/8"), "lease_id");
    wrong(good().clearFencingToken(), "fencing_token");
    wrong(good().clearEffectKey(), "effect_key");
    wrong(good().setEffectKey("a\nb"), "effect_key");
    wrong(good().setEffectKey("k".repeat(513)), "effect_key");
    wrong(good().clearState(), "state");
    wrong(good().setStateValue(3), "state");
    wrong(good().setOutcome(FILLED), "outcome");
    Payload elsewhere =
        Payload.newBuilder()
            .setReference(
                PayloadReference.newBuilder()
                    .setUri("artifacts/" + "0".repeat(64))
                    .setSha256("0".repeat(64)))
            .build();
    wrong(good().setState(EffectState.EFFECT_STATE_DONE).setOutcome(elsewhere), "outcome");
    assertThat(api.effects.told).isEmpty();
  }

  @Test
  void an_outcome_that_is_too_large_is_refused() {
    Payload large =
        Payload.newBuilder().setInline(ByteString.copyFrom(new byte[256 * 1024 + 1])).build();
    assertThat(refused(good().setState(EffectState.EFFECT_STATE_DONE).setOutcome(large)))
        .isEqualTo("INVALID_ARGUMENT PAYLOAD_TOO_LARGE");
  }

  private static RecordEffectRequest.Builder good() {
    return RecordEffectRequest.newBuilder()
        .setLeaseId("tasks/t1/leases/7")
        .setFencingToken(7)
        .setEffectKey("order:1")
        .setState(EffectState.EFFECT_STATE_INTENDED);
  }

  private String refused(RecordEffectRequest.Builder request) {
    return codeAndReason(catchThrowable(() -> workers.recordEffect(request.build())));
  }

  private void wrong(RecordEffectRequest.Builder request, String field) {
    Throwable error = catchThrowable(() -> workers.recordEffect(request.build()));
    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolationsList())
        .anyMatch(violation -> violation.getField().equals(field));
  }
}
