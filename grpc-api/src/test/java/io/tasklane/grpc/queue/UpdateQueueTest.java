package io.tasklane.grpc.queue;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tasklane.v1.Queue;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Timeouts;
import io.tasklane.v1.UpdateQueueRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an update changes, and what of a queue cannot be changed. */
@Timeout(30)
class UpdateQueueTest extends QueueCalls {
  @Test
  void the_named_fields_are_changed_and_no_others() {
    Queue.Builder wanted =
        Queue.newBuilder()
            .setDefaultRetryPolicy(
                RetryPolicy.newBuilder().setMaximumAttempts(9).setInitialBackoff(seconds(5)))
            .setDefaultResultTtl(seconds(60))
            .setEtag("\"3\"");

    Queue changed =
        queues
            .updateQueue(
                update(wanted, "default_retry_policy.maximum_attempts", "default_result_ttl")
                    .build())
            .getQueue();

    assertThat(changed.getDefaultRetryPolicy().getMaximumAttempts()).isEqualTo(9);
    assertThat(changed.getDefaultRetryPolicy().getInitialBackoff()).isEqualTo(seconds(1));
    assertThat(changed.getDefaultTimeouts().getAttemptTimeout()).isEqualTo(seconds(3600));
    assertThat(changed.getDefaultResultTtl()).isEqualTo(seconds(60));
    assertThat(api.queues.etags).containsExactly("\"3\"");
  }

  @Test
  void without_a_mask_what_is_set_is_changed() {
    Queue.Builder wanted = Queue.newBuilder().setDefaultResultTtl(seconds(60));

    Queue changed = queues.updateQueue(update(wanted).build()).getQueue();

    assertThat(changed.getDefaultResultTtl()).isEqualTo(seconds(60));
    assertThat(changed.getDefaultTimeouts().getAttemptTimeout()).isEqualTo(seconds(3600));
    assertThat(api.queues.etags).containsExactly("none");
  }

  @Test
  void each_time_limit_is_changed_by_itself_and_taken_back() {
    Queue.Builder wanted =
        Queue.newBuilder()
            .setDefaultTimeouts(
                Timeouts.newBuilder()
                    .setQueueTimeout(seconds(5))
                    .setTotalTimeout(seconds(6))
                    .setCancelGrace(seconds(7)));

    Timeouts changed = queues.updateQueue(update(wanted).build()).getQueue().getDefaultTimeouts();
    assertThat(changed)
        .isEqualTo(
            wanted.getDefaultTimeouts().toBuilder().setAttemptTimeout(seconds(3600)).build());

    Queue.Builder none = Queue.newBuilder();
    Timeouts back =
        queues
            .updateQueue(
                update(none, "default_timeouts.queue_timeout", "default_timeouts.cancel_grace")
                    .build())
            .getQueue()
            .getDefaultTimeouts();
    assertThat(back.hasQueueTimeout()).isFalse();
    assertThat(back.getCancelGrace()).isEqualTo(seconds(10));
  }

  @Test
  void what_is_named_and_not_set_gets_its_default_again() {
    Queue.Builder wanted = Queue.newBuilder().setDefaultResultTtl(seconds(60));

    for (String path : List.of("default_timeouts", "default_timeouts.attempt_timeout", "*")) {
      Queue changed = queues.updateQueue(update(wanted, path).build()).getQueue();
      assertThat(changed.getDefaultTimeouts().getAttemptTimeout()).isEqualTo(seconds(3600));
      assertThat(changed.getDefaultResultTtl())
          .isEqualTo(path.equals("*") ? seconds(60) : seconds(86_400));
    }
  }

  @Test
  void limits_are_changed_and_taken_away() {
    Queue.Builder wanted = Queue.newBuilder().setMaximumDepth(7);
    wanted.getRateLimitBuilder().setPermits(3).setPeriod(seconds(2));
    Queue limited =
        queues.updateQueue(update(wanted, "rate_limit", "maximum_depth").build()).getQueue();
    assertThat(limited.getRateLimit()).isEqualTo(wanted.getRateLimit());
    assertThat(limited.getMaximumDepth()).isEqualTo(7);
    Queue free = queues.updateQueue(update(Queue.newBuilder(), "rate_limit").build()).getQueue();
    assertThat(free.hasRateLimit()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "nothing_such, INVALID_FIELD, is no field of Queue",
    "default_retry_policy.nothing, INVALID_FIELD, is no field of Queue",
    "state, INVALID_FIELD, cannot be changed",
    "pause_actor.reason, INVALID_FIELD, cannot be changed",
    "etag, INVALID_FIELD, cannot be changed",
    "name, INVALID_FIELD, cannot be changed",
    "default_timeouts.heartbeat_timeout, FIELD_NOT_SERVED, is not served yet",
  })
  void a_path_that_cannot_be_changed_is_named(String path, String reason, String why) {
    UpdateQueueRequest request = update(Queue.newBuilder(), "default_result_ttl", path).build();

    Throwable error = catchThrowable(() -> queues.updateQueue(request));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(error).hasMessageContaining("\"" + path + "\" " + why);
    assertThat(field(() -> queues.updateQueue(request))).isEqualTo("update_mask.paths[1]");
  }

  @Test
  void a_change_of_nothing_is_refused() {
    UpdateQueueRequest request = update(Queue.newBuilder()).build();

    assertThat(refusal(() -> queues.updateQueue(request)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(field(() -> queues.updateQueue(request))).isEqualTo("update_mask");
  }

  @Test
  void a_change_needs_the_name_of_a_queue() {
    UpdateQueueRequest.Builder nameless =
        UpdateQueueRequest.newBuilder()
            .setQueue(Queue.newBuilder().setDefaultResultTtl(seconds(1)));

    assertThat(refusal(() -> queues.updateQueue(nameless.build())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> queues.updateQueue(UpdateQueueRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void a_part_that_does_not_fit_what_is_there_is_refused_by_name() {
    Queue.Builder wanted =
        Queue.newBuilder()
            .setDefaultRetryPolicy(RetryPolicy.newBuilder().setInitialBackoff(seconds(7200)));
    UpdateQueueRequest request = update(wanted, "default_retry_policy.initial_backoff").build();

    assertThat(refusal(() -> queues.updateQueue(request)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(field(() -> queues.updateQueue(request))).isEqualTo("queue.default_retry_policy");
  }

  @Test
  void validate_only_changes_nothing() {
    Queue.Builder wanted = Queue.newBuilder().setDefaultResultTtl(seconds(60));

    Queue changed = queues.updateQueue(update(wanted).setValidateOnly(true).build()).getQueue();

    assertThat(changed.getDefaultResultTtl()).isEqualTo(seconds(60));
    assertThat(api.queues.lastChange).isNull();
  }
}
