package io.tasklane.grpc.queue;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.TextFormat;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.RateLimit;
import io.tasklane.v1.Actor;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What creates, drains and deletes queues, and what each answers when it will not. */
@Timeout(30)
class QueueChangesTest extends QueueCalls {
  private static CreateQueueRequest.Builder creation() {
    return CreateQueueRequest.newBuilder().setQueueId("REPORTS");
  }

  @Test
  void a_queue_is_created_with_all_defaults() {
    Queue queue = queues.createQueue(creation().setRequestId("c-1").build()).getQueue();

    assertThat(queue.getName()).isEqualTo("queues/REPORTS");
    assertThat(queue.getState()).isEqualTo(Queue.State.STATE_ACTIVE);
    assertThat(api.queues.created)
        .containsExactly(QueueSettings.of("REPORTS", QueueDefaults.STANDARD));
    assertThat(api.queues.lastChange.requestId()).contains("c-1");
    assertThat(api.queues.lastChange.method()).isEqualTo("tasklane.v1.QueueService/CreateQueue");
  }

  @Test
  void a_queue_is_created_as_asked() {
    Queue.Builder wanted =
        Queue.newBuilder()
            .setName("queues/REPORTS")
            .setConcurrency(1)
            .setPriorityPolicy(Queue.PriorityPolicy.PRIORITY_POLICY_STRICT)
            .setDurability(Queue.Durability.DURABILITY_EACH)
            .setState(Queue.State.STATE_PAUSED)
            .setDefaultRetryPolicy(RetryPolicy.newBuilder().setMaximumAttempts(2))
            .setDefaultTimeouts(Timeouts.newBuilder().setAttemptTimeout(seconds(7)))
            .setDefaultResultTtl(seconds(8));

    Queue queue = queues.createQueue(creation().setQueue(wanted).build()).getQueue();

    QueueSettings made = api.queues.created.get(0);
    assertThat(made.retryPolicy().maximumAttempts()).isEqualTo(2);
    assertThat(made.timeouts().attempt()).hasSeconds(7);
    assertThat(made.resultTtl()).hasSeconds(8);
    assertThat(queue.getState()).as("output only").isEqualTo(Queue.State.STATE_ACTIVE);
  }

  @Test
  void limits_are_set_as_asked_and_shown() {
    Queue.Builder wanted = Queue.newBuilder().setMaximumDepth(7).setCalendar("calendars/XNYS");
    wanted.getRateLimitBuilder().setPermits(3).getPeriodBuilder().setNanos(2_500_000);

    Queue queue = queues.createQueue(creation().setQueue(wanted).build()).getQueue();

    assertThat(api.queues.created.get(0).policy().limits())
        .isEqualTo(
            new QueueLimits(Optional.of(new RateLimit(3, Duration.ofMillis(2))), 7).in("XNYS"));
    assertThat(queue.getMaximumDepth()).isEqualTo(7);
    assertThat(queue.getCalendar()).isEqualTo("calendars/XNYS");
    assertThat(queue.getRateLimit().getPermits()).isEqualTo(3);
    assertThat(queue.getRateLimit().getPeriod().getNanos())
        .as("in whole milliseconds")
        .isEqualTo(2_000_000);
    Queue plain = queues.createQueue(creation().build()).getQueue();
    assertThat(plain.hasRateLimit()).isFalse();
  }

  @Test
  void validate_only_creates_nothing() {
    Queue queue = queues.createQueue(creation().setValidateOnly(true).build()).getQueue();

    assertThat(queue.getName()).isEqualTo("queues/REPORTS");
    assertThat(queue.getEtag()).isEmpty();
    assertThat(api.queues.created).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency: 1001                           | queue.concurrency     | INVALID_FIELD",
        "aging_interval { seconds: 1 }               | queue.aging_interval  | INVALID_FIELD",
        "priority_policy: PRIORITY_POLICY_AGED aging_interval { }"
            + " | queue.aging_interval | INVALID_FIELD",
        "rate_limit { permits: 1 }                   | queue.rate_limit.period | INVALID_FIELD",
        "rate_limit { permits: 100001 period { seconds: 1 } }"
            + " | queue.rate_limit.permits | INVALID_FIELD",
        "rate_limit { permits: 1 period { nanos: 999999 } }"
            + " | queue.rate_limit.period | INVALID_FIELD",
        "maximum_depth: -1                           | queue.maximum_depth   | INVALID_FIELD",
        "maximum_depth: 100000001                    | queue.maximum_depth   | INVALID_FIELD",
        "default_timeouts { heartbeat_timeout { seconds: 1 } }"
            + " | queue.default_timeouts.heartbeat_timeout | FIELD_NOT_SERVED",
        "default_timeouts { total_timeout { seconds: -1 } }"
            + " | queue.default_timeouts.total_timeout | INVALID_FIELD",
        "default_timeouts { attempt_timeout { } }"
            + " | queue.default_timeouts.attempt_timeout | INVALID_FIELD",
        "default_result_ttl { seconds: 2592001 }     | queue.default_result_ttl | INVALID_FIELD",
        "default_retry_policy { maximum_attempts: -1 }"
            + " | queue.default_retry_policy.maximum_attempts | INVALID_FIELD",
        "default_retry_policy { initial_backoff { seconds: 9 } maximum_backoff { seconds: 8 } }"
            + " | queue.default_retry_policy | INVALID_FIELD",
        "name: 'queues/OTHER'                        | queue.name            | INVALID_FIELD",
      })
  void a_field_that_cannot_be_is_named(String queue, String field, String reason) throws Exception {
    Queue wanted = TextFormat.parse(queue.strip(), Queue.class);
    CreateQueueRequest request = creation().setQueue(wanted).build();

    assertThat(refusal(() -> queues.createQueue(request)))
        .isEqualTo("INVALID_ARGUMENT " + reason.strip());
    assertThat(field(() -> queues.createQueue(request))).isEqualTo(field.strip());
    assertThat(api.queues.created).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "reports", "9", "A-B", "queues/A"})
  void an_id_that_is_no_such_word_is_refused(String id) {
    CreateQueueRequest request = creation().setQueueId(id).build();

    assertThat(refusal(() -> queues.createQueue(request)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(field(() -> queues.createQueue(request))).isEqualTo("queue_id");
  }

  @Test
  void a_name_that_is_taken_already_exists() {
    api.queues.failure =
        Refusal.of(
            Refusal.Sort.ALREADY_EXISTS, RefusalReason.QUEUE_EXISTS, "queues/REPORTS", "it exists");

    Throwable error = catchThrowable(() -> queues.createQueue(creation().build()));

    assertThat(codeAndReason(error)).isEqualTo("ALREADY_EXISTS QUEUE_EXISTS");
    assertThat(detail(error, ResourceInfo.class).orElseThrow().getResourceName())
        .isEqualTo("queues/REPORTS");
  }

  @Test
  void a_request_id_that_was_used_for_something_else_is_refused() {
    api.queues.failure =
        Refusal.invalid(RefusalReason.REQUEST_ID_REUSED, "request_id", "use a new one");
    DeleteQueueRequest delete = DeleteQueueRequest.newBuilder().setName(DATA).build();
    DrainQueueRequest drain = DrainQueueRequest.newBuilder().setName(DATA).build();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> queues.createQueue(creation().build()),
            () -> queues.updateQueue(update(Queue.newBuilder(), "*").build()),
            () -> queues.drainQueue(drain),
            () -> queues.deleteQueue(delete))) {
      assertThat(refusal(call)).isEqualTo("INVALID_ARGUMENT REQUEST_ID_REUSED");
    }
  }

  @Test
  void a_stale_etag_aborts() {
    api.queues.failure =
        Refusal.of(Refusal.Sort.ABORTED, RefusalReason.ETAG_MISMATCH, DATA, "it has changed");
    DeleteQueueRequest delete =
        DeleteQueueRequest.newBuilder().setName(DATA).setEtag("\"2\"").build();

    assertThat(refusal(() -> queues.updateQueue(update(Queue.newBuilder(), "*").build())))
        .isEqualTo("ABORTED ETAG_MISMATCH");
    assertThat(refusal(() -> queues.deleteQueue(delete))).isEqualTo("ABORTED ETAG_MISMATCH");
    assertThat(api.queues.etags).containsExactly("none", "\"2\"");
  }

  @Test
  void a_drain_tells_who_and_why() {
    Queue draining =
        queues
            .drainQueue(DrainQueueRequest.newBuilder().setName(DATA).setReason("move out").build())
            .getQueue();

    assertThat(draining.getState()).isEqualTo(Queue.State.STATE_DRAINING);
    assertThat(draining.getPauseActor())
        .isEqualTo(Actor.newBuilder().setPrincipal("anonymous").setReason("move out").build());
    assertThat(api.queues.lastChange.method()).isEqualTo("tasklane.v1.QueueService/DrainQueue");
  }

  @Test
  void what_does_not_exist_is_not_found() {
    api.queues.failure =
        Refusal.of(
            Refusal.Sort.NOT_FOUND, RefusalReason.QUEUE_NOT_FOUND, DATA, "it does not exist");
    DeleteQueueRequest delete = DeleteQueueRequest.newBuilder().setName(DATA).build();
    DrainQueueRequest drain = DrainQueueRequest.newBuilder().setName(DATA).build();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> queues.updateQueue(update(Queue.newBuilder(), "*").build()),
            () -> queues.drainQueue(drain),
            () -> queues.deleteQueue(delete))) {
      assertThat(refusal(call)).isEqualTo("NOT_FOUND QUEUE_NOT_FOUND");
    }
  }

  @Test
  void a_name_that_is_none_is_refused() {
    DeleteQueueRequest delete = DeleteQueueRequest.newBuilder().setName("DATA_FETCHER").build();
    DrainQueueRequest drain = DrainQueueRequest.newBuilder().setName("queues/x").build();

    assertThat(field(() -> queues.deleteQueue(delete))).isEqualTo("name");
    assertThat(field(() -> queues.drainQueue(drain))).isEqualTo("name");
  }

  @ParameterizedTest
  @CsvSource({"QUEUE_NOT_EMPTY", "QUEUE_CONFIGURED"})
  void a_queue_that_must_stay_fails_its_precondition(String reason) {
    api.queues.failure =
        Refusal.of(
            Refusal.Sort.FAILED_PRECONDITION, RefusalReason.valueOf(reason), DATA, "it stays");
    DeleteQueueRequest delete = DeleteQueueRequest.newBuilder().setName(DATA).build();

    Throwable error = catchThrowable(() -> queues.deleteQueue(delete));

    assertThat(codeAndReason(error)).isEqualTo("FAILED_PRECONDITION " + reason);
    assertThat(detail(error, PreconditionFailure.class).orElseThrow().getViolations(0).getSubject())
        .isEqualTo(DATA);
  }
}
