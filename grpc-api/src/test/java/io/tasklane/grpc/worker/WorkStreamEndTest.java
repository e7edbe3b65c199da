package io.tasklane.grpc.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WorkRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What ends a stream of a worker, and what the worker is told then. */
class WorkStreamEndTest extends WorkStreamBench {
  @Test
  void whoever_half_closes_is_finished_once_all_that_was_said_is_durable() throws Exception {
    welcomed();
    CompletableFuture<Void> durable = new CompletableFuture<>();
    api.workers.answer = message -> durable;
    say(completion("{}"));
    worker.onCompleted();
    assertThat(api.workers.said.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(api.workers.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("welcomed");
    assertThat(api.workers.ends.poll(200, TimeUnit.MILLISECONDS)).isNull();
    durable.complete(null);
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(2);
    assertThat(next()).isEqualTo("completed");
    assertThat(api.workers.ends).containsExactly("finished");
  }

  @Test
  void a_stream_that_breaks_leaves_the_leases_to_the_worker() throws Exception {
    welcomed();
    worker.onError(new IOException("cut"));
    assertThat(api.workers.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("welcomed");
    assertThat(api.workers.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("broken");
  }

  @Test
  void a_first_message_that_is_no_hello_ends_the_stream() throws Exception {
    say(credit());
    assertThat(error()).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void a_second_hello_and_a_gap_in_the_sequence_end_the_stream() throws Exception {
    welcomed();
    say(hello());
    assertThat(error()).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(api.workers.ends).contains("broken");
  }

  @Test
  void a_sequence_that_skips_a_number_ends_the_stream() throws Exception {
    welcomed();
    sequence++;
    say(credit());
    assertThat(error()).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void a_hello_that_is_refused_ends_the_stream_with_its_reason() throws Exception {
    api.workers.refusal =
        Optional.of(
            Refusal.precondition(RefusalReason.TASK_TYPE_DIFFERS, "task_types/news", "differs"));
    say(hello());
    assertThat(error()).isEqualTo("FAILED_PRECONDITION TASK_TYPE_DIFFERS");
  }

  @Test
  void a_hello_without_slots_or_with_a_type_twice_is_refused() throws Exception {
    WorkRequest.Builder twice = hello();
    twice.getHelloBuilder().addTaskTypes(TaskType.newBuilder().setTaskType("news"));
    say(twice);
    assertThat(error()).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void a_worker_that_has_another_stream_is_told_so() throws Exception {
    welcomed();
    api.workers.listener.replaced();
    assertThat(error()).isEqualTo("ABORTED WORKER_REPLACED");
  }

  @Test
  void a_node_that_stops_sends_its_workers_elsewhere() throws Exception {
    welcomed();
    api.workers.listener.nodeStops();
    assertThat(error()).isEqualTo("UNAVAILABLE STREAM_CLOSED");
    assertThat(api.workers.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("welcomed");
    assertThat(List.of(api.workers.ends.poll(10, TimeUnit.SECONDS))).containsExactly("broken");
  }
}
