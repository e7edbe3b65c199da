package io.tasklane.system;

import static io.tasklane.system.Refusals.reason;
import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.EffectState;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.RecordEffectRequest;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.SleepStep;
import io.tasklane.v1.StepSuccess;
import io.tasklane.v1.Task;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each answer of the ledger of effects, over the wire. */
@ExtendWith(SharedServer.class)
class WorkerPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final Payload FILLED = Client.json("{\"filled\": 10}");

  @Test
  void of_recording_an_effect(Client client) {
    Lease first = run(client, Client.DATA);
    Lease second = run(client, Client.AI);
    String key = "order:" + UUID.randomUUID();
    var intend = first.effect(key, EffectState.EFFECT_STATE_INTENDED).build();
    var done = first.effect(key, EffectState.EFFECT_STATE_DONE).setOutcome(FILLED).build();
    refused("FAILED_PRECONDITION EFFECT_NOT_INTENDED", () -> client.workers().recordEffect(done));
    assertThat(client.workers().recordEffect(intend).getPreviousState())
        .isEqualTo(EffectState.EFFECT_STATE_UNSPECIFIED);
    var other = second.effect(key, EffectState.EFFECT_STATE_INTENDED).build();
    refused("ABORTED EFFECT_IN_PROGRESS", () -> client.workers().recordEffect(other));
    client.workers().recordEffect(done);
    assertThat(client.workers().recordEffect(other).getOutcome().getInline())
        .as("what came of it, to another run")
        .isEqualTo(FILLED.getInline());
    client.cancel(first.task());
    client.end(first.task());
    refused("ABORTED STALE_LEASE", () -> client.workers().recordEffect(intend));
    client.cancel(second.task());
  }

  @Test
  void of_recording_a_step(Client client) {
    Lease lease = run(client, Client.DATA);
    StepSuccess nothing = StepSuccess.getDefaultInstance();
    var sleep = SleepStep.newBuilder().setDuration(Durations.fromSeconds(60));
    client.workers().recordStep(lease.step("s").setSleep(sleep).build());
    refused(
        "FAILED_PRECONDITION STEP_KIND",
        () -> client.workers().recordStep(lease.step("s").setSuccess(nothing).build()));
    Payload absent =
        Payload.newBuilder()
            .setReference(
                PayloadReference.newBuilder()
                    .setUri("artifacts/" + "0".repeat(64))
                    .setSizeBytes(1)
                    .setSha256("0".repeat(64)))
            .build();
    var named = lease.step("a").setSuccess(StepSuccess.newBuilder().setResult(absent)).build();
    refused("INVALID_ARGUMENT ARTIFACT_UNKNOWN", () -> client.workers().recordStep(named));
    for (int i = 1; i < 1000; i++) {
      client.workers().recordStep(lease.step("s" + i).setSuccess(nothing).build());
    }
    refused(
        "FAILED_PRECONDITION STEP_LIMIT",
        () -> client.workers().recordStep(lease.step("more").setSuccess(nothing).build()));
    client.cancel(lease.task());
    client.end(lease.task());
    refused(
        "ABORTED STALE_LEASE",
        () -> client.workers().recordStep(lease.step("s1").setSuccess(nothing).build()));
  }

  @Test
  void of_steps_that_are_not_as_they_must_be(Client client) {
    Lease nobody = new Lease(Task.newBuilder().setName("tasks/nobody").build(), 7);
    refused(BAD, () -> client.workers().recordStep(nobody.step("s").build()));
    Payload large =
        Payload.newBuilder().setInline(ByteString.copyFrom(new byte[256 * 1024 + 1])).build();
    var tooLarge = StepSuccess.newBuilder().setResult(large);
    refused(
        "INVALID_ARGUMENT PAYLOAD_TOO_LARGE",
        () -> client.workers().recordStep(nobody.step("s").setSuccess(tooLarge).build()));
  }

  @Test
  void of_effects_that_are_not_as_they_must_be(Client client) {
    Lease nobody = new Lease(Task.newBuilder().setName("tasks/nobody").build(), 7);
    var good = nobody.effect("order:1", EffectState.EFFECT_STATE_DONE);
    refused(BAD, () -> client.workers().recordEffect(good.clone().setFencingToken(8).build()));
    Payload large =
        Payload.newBuilder().setInline(ByteString.copyFrom(new byte[256 * 1024 + 1])).build();
    refused(
        "INVALID_ARGUMENT PAYLOAD_TOO_LARGE",
        () -> client.workers().recordEffect(good.clone().setOutcome(large).build()));
  }

  /** Starts a run, and finds out its token: one of the next that the server draws. */
  private static Lease run(Client client, String queue) {
    Task before = client.end(client.create(Client.task(queue, "system.noop", "{}")));
    var attempts = ListTaskAttemptsRequest.newBuilder().setName(before.getName()).build();
    long token = client.tasks().listTaskAttempts(attempts).getAttempts(0).getFencingToken();
    Task task =
        client.create(Client.task(queue, "system.sleep", "{\"millis\": 60000}").setPriority(10));
    client.reach(task, Task.State.STATE_RUNNING);
    for (long next = token + 1; next < token + 500; next++) {
      Lease lease = new Lease(task, next);
      if (lease.isLive(client)) {
        return lease;
      }
    }
    throw new AssertionError(task.getName() + " runs with none of the 500 tokens after " + token);
  }

  private record Lease(Task task, long token) {
    RecordEffectRequest.Builder effect(String key, EffectState state) {
      return RecordEffectRequest.newBuilder()
          .setLeaseId(task.getName() + "/leases/" + token)
          .setFencingToken(token)
          .setEffectKey(key)
          .setState(state);
    }

    RecordStepRequest.Builder step(String name) {
      return RecordStepRequest.newBuilder()
          .setLeaseId(task.getName() + "/leases/" + token)
          .setFencingToken(token)
          .setName(name);
    }

    boolean isLive(Client client) {
      var probe = effect("probe:" + token, EffectState.EFFECT_STATE_INTENDED).build();
      try {
        client.workers().recordEffect(probe);
        return true;
      } catch (StatusRuntimeException stale) {
        assertThat(reason(stale)).isEqualTo("STALE_LEASE");
        return false;
      }
    }
  }
}
