package io.tasklane.grpc.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.TestTasks;
import io.tasklane.key.FencingToken;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Accept;
import io.tasklane.v1.FailureReport;
import io.tasklane.v1.StopSignal;
import io.tasklane.v1.Task;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The stream of a worker: what is acknowledged when, what is refused, and what ends it. */
class WorkStreamTest extends WorkStreamBench {
  @Test
  void hello_is_answered_by_welcome_with_the_leases_that_are_kept() throws Exception {
    say(hello());
    WorkResponse first = response();
    assertThat(first.getWelcome().getWorker()).isEqualTo("workers/w1");
    assertThat(first.getWelcome().getKeptLeaseIdsList()).containsExactly(LEASE);
    assertThat(first.getWelcome().getLeaseDuration().getSeconds()).isEqualTo(15);
    assertThat(first.getWelcome().getHeartbeatInterval().getSeconds()).isEqualTo(5);
    assertThat(first.getWelcome().getAcceptTimeout().getSeconds()).isEqualTo(5);
    var said = api.workers.hellos.poll(10, TimeUnit.SECONDS);
    assertThat(said.slots()).isEqualTo(4);
    assertThat(said.queues()).containsExactly("NEWS");
    assertThat(said.leases()).containsExactly(new LeaseName("a", new FencingToken(7)));
    assertThat(said.types().get(0).type().name()).isEqualTo("news");
    assertThat(said.types().get(0).revision()).isEqualTo(3);
  }

  @Test
  void a_message_is_acknowledged_only_when_it_is_durable_and_in_its_order() throws Exception {
    welcomed();
    CompletableFuture<Void> first = new CompletableFuture<>();
    api.workers.answer =
        message ->
            message instanceof WorkerMessage.Completed
                ? first
                : CompletableFuture.completedFuture(null);
    say(completion("{}"));
    say(credit());
    assertThat(api.workers.said.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(api.workers.said.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(got.poll(300, TimeUnit.MILLISECONDS)).as("nothing is durable").isNull();
    first.complete(null);
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(3);
  }

  @Test
  void a_refused_message_names_its_reason_and_the_stream_goes_on() throws Exception {
    welcomed();
    api.workers.answer =
        message ->
            message instanceof WorkerMessage.Completed
                ? CompletableFuture.failedFuture(
                    new CompletionException(
                        Refusal.of(
                            Refusal.Sort.ABORTED, RefusalReason.STALE_LEASE, "tasks/a", "over")))
                : CompletableFuture.completedFuture(null);
    say(completion("{}"));
    WorkResponse refused = response();
    assertThat(refused.getRefused().getSequence()).isEqualTo(2);
    assertThat(refused.getRefused().getLeaseId()).isEqualTo(LEASE);
    assertThat(refused.getRefused().getStatus().getCode()).isEqualTo(10);
    assertThat(refused.getRefused().getStatus().getDetails(0).toString()).contains("STALE_LEASE");
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(2);
    say(credit());
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(3);
  }

  @Test
  void a_message_that_breaks_a_rule_is_refused_and_one_with_another_token_is_stale()
      throws Exception {
    welcomed();
    say(WorkRequest.newBuilder().setAccept(Accept.newBuilder().setLeaseId("nonsense")));
    assertThat(response().getRefused().getStatus().getCode()).as("INVALID_ARGUMENT").isEqualTo(3);
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(2);
    WorkRequest.Builder other = completion("{}");
    other.getCompletionBuilder().setFencingToken(8);
    say(other);
    assertThat(response().getRefused().getStatus().getDetails(0).toString())
        .contains("STALE_LEASE");
    assertThat(api.workers.said).isEmpty();
  }

  @Test
  void a_failure_arrives_whole_and_what_is_too_long_of_it_is_cut() throws Exception {
    welcomed();
    FailureReport.Builder report =
        FailureReport.newBuilder().setLeaseId(LEASE).setFencingToken(7).setCredit(1);
    report.getFailureBuilder().setMessage("m".repeat(20_000)).setStackTrace("t".repeat(100_000));
    report.getRetryDelayBuilder().setSeconds(3);
    say(WorkRequest.newBuilder().setFailure(report));
    WorkerMessage.Failed failed =
        (WorkerMessage.Failed) api.workers.said.poll(10, TimeUnit.SECONDS);
    assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE);
    assertThat(failed.failure().code()).isEqualTo("UNEXPECTED");
    assertThat(failed.failure().message()).hasSize(16 * 1024);
    assertThat(failed.failure().stackTrace()).hasSize(64 * 1024);
    assertThat(failed.retryDelay()).contains(Duration.ofSeconds(3));
    assertThat(failed.credit()).isEqualTo(1);
  }

  @Test
  void an_offer_shows_the_task_as_it_is_once_it_is_accepted() throws Exception {
    welcomed();
    api.workers.listener.offer(
        TestTasks.task("a", TaskState.OFFERED, 0, 5),
        Payload.json("{\"whole\":1}"),
        Optional.of(Payload.json("{\"at\":3}")),
        Duration.ofSeconds(90));
    WorkResponse offer = response();
    assertThat(offer.getOffer().getLeaseId()).startsWith("tasks/a/leases/");
    assertThat(offer.getOffer().getTask().getState()).isEqualTo(Task.State.STATE_RUNNING);
    assertThat(offer.getOffer().getTask().getWorker()).isEqualTo("workers/w1");
    assertThat(offer.getOffer().getTask().getInput().getInline().toStringUtf8())
        .isEqualTo("{\"whole\":1}");
    assertThat(offer.getOffer().getCheckpoint().getInline().toStringUtf8()).isEqualTo("{\"at\":3}");
    assertThat(offer.getOffer().getTimeLimit().getSeconds()).isEqualTo(90);
  }

  @Test
  void stops_losses_and_drains_are_told() throws Exception {
    welcomed();
    LeaseName lease = new LeaseName("a", new FencingToken(7));
    Actor alice = new Actor("user:alice", "why");
    api.workers.listener.stop(
        lease,
        WorkerListener.Stop.CANCEL,
        Duration.ofSeconds(10),
        Optional.of(alice),
        Optional.empty());
    StopSignal stop = response().getStop();
    assertThat(stop.getLeaseId()).isEqualTo(LEASE);
    assertThat(stop.getKind()).isEqualTo(StopSignal.Kind.KIND_CANCEL);
    assertThat(stop.getGrace().getSeconds()).isEqualTo(10);
    assertThat(stop.getActor().getPrincipal()).isEqualTo("user:alice");
    api.workers.listener.leaseLost(lease, "silence");
    assertThat(response().getLeaseLost().getReason()).isEqualTo("silence");
    api.workers.listener.drain(alice);
    assertThat(response().getDrain().getActor().getReason()).isEqualTo("why");
  }
}
