package io.tasklane.contract;

import static io.tasklane.contract.RulesOfTheContractTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Duration;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.RateLimit;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.UpdateQueueRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of requests that create, change and remove queues, and of bulk creation. */
class QueueRulesTest {
  private static CreateQueueRequest create(Queue.Builder queue) {
    return CreateQueueRequest.newBuilder().setQueueId("REPORTS").setQueue(queue).build();
  }

  @Test
  void a_queue_as_the_server_shows_it_may_be_sent_back() throws ValidationException {
    Queue.Builder shown =
        Queue.newBuilder()
            .setName("queues/REPORTS")
            .setState(Queue.State.STATE_DRAINING)
            .setConcurrency(1)
            .setPriorityPolicy(Queue.PriorityPolicy.PRIORITY_POLICY_STRICT)
            .setDurability(Queue.Durability.DURABILITY_EACH)
            .setEtag("\"7\"")
            .setOwnerNode("n1");
    assertThat(refused(create(shown))).isEmpty();
    assertThat(refused(UpdateQueueRequest.newBuilder().setQueue(shown).build())).isEmpty();
  }

  @Test
  void the_limits_of_a_queue_are_in_their_ranges() throws ValidationException {
    RateLimit.Builder most =
        RateLimit.newBuilder()
            .setPermits(100_000)
            .setPeriod(Duration.newBuilder().setSeconds(86_400));
    assertThat(refused(create(Queue.newBuilder().setRateLimit(most).setMaximumDepth(100_000_000))))
        .isEmpty();
    Queue.Builder none =
        Queue.newBuilder().setRateLimit(RateLimit.getDefaultInstance()).setMaximumDepth(-1);
    assertThat(refused(create(none)))
        .containsExactlyInAnyOrder(
            "queue.rate_limit.permits: int32.gte_lte",
            "queue.rate_limit.period: required",
            "queue.maximum_depth: int64.gte_lte");
    RateLimit.Builder over =
        RateLimit.newBuilder()
            .setPermits(100_001)
            .setPeriod(Duration.newBuilder().setSeconds(86_401));
    assertThat(refused(create(Queue.newBuilder().setRateLimit(over).setMaximumDepth(100_000_001))))
        .containsExactlyInAnyOrder(
            "queue.rate_limit.permits: int32.gte_lte",
            "queue.rate_limit.period: duration.gte_lte",
            "queue.maximum_depth: int64.gte_lte");
  }

  @Test
  void the_order_of_a_queue_is_one_that_can_be_kept() throws ValidationException {
    Queue.Builder fine =
        Queue.newBuilder()
            .setConcurrency(1000)
            .setPriorityPolicy(Queue.PriorityPolicy.PRIORITY_POLICY_AGED)
            .setAgingInterval(Duration.newBuilder().setSeconds(60))
            .setKeyRetryPolicy(Queue.KeyRetryPolicy.KEY_RETRY_POLICY_PASS);
    assertThat(refused(create(fine))).isEmpty();
    Queue.Builder wrong =
        Queue.newBuilder()
            .setConcurrency(1001)
            .setPriorityPolicyValue(9)
            .setAgingInterval(Duration.getDefaultInstance())
            .setDurabilityValue(9)
            .setKeyRetryPolicyValue(9);
    assertThat(refused(create(wrong)))
        .containsExactlyInAnyOrder(
            "queue.concurrency: int32.gte_lte",
            "queue.priority_policy: enum.defined_only",
            "queue.aging_interval: duration.gte_lte",
            "queue.durability: enum.defined_only",
            "queue.key_retry_policy: enum.defined_only");
  }

  @Test
  void results_are_kept_for_more_than_nothing_and_at_most_30_days() throws ValidationException {
    for (long bad : new long[] {0, -1, 2_592_001}) {
      Queue.Builder queue =
          Queue.newBuilder().setDefaultResultTtl(Duration.newBuilder().setSeconds(bad));
      assertThat(refused(create(queue)))
          .containsExactly("queue.default_result_ttl: duration.gt_lte");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "reports", "9", "A-B", "queues/A", "A\n"})
  void an_id_is_capital_letters_digits_and_underscores(String id) throws ValidationException {
    assertThat(refused(CreateQueueRequest.newBuilder().setQueueId(id).build()))
        .containsExactly("queue_id: string.pattern");
  }

  @Test
  void an_update_needs_a_queue_with_a_name() throws ValidationException {
    assertThat(refused(UpdateQueueRequest.getDefaultInstance())).containsExactly("queue: required");
    assertThat(
            refused(
                UpdateQueueRequest.newBuilder()
                    .setQueue(Queue.newBuilder().setMaximumDepth(0).setOwnerNode("n1"))
                    .build()))
        .containsExactly("queue: INVALID_FIELD");
  }

  @Test
  void a_drain_and_a_delete_need_a_name_and_keep_to_their_lengths() throws ValidationException {
    assertThat(
            refused(
                DrainQueueRequest.newBuilder().setName("X").setReason("r".repeat(1025)).build()))
        .containsExactlyInAnyOrder("name: string.pattern", "reason: string.max_len");
    assertThat(
            refused(DeleteQueueRequest.newBuilder().setName("X").setEtag("e".repeat(129)).build()))
        .containsExactlyInAnyOrder("name: string.pattern", "etag: string.max_len");
  }

  @Test
  void an_element_of_a_stream_has_a_sequence_and_a_request_that_keeps_the_rules()
      throws ValidationException {
    assertThat(refused(StreamCreateTasksRequest.getDefaultInstance()))
        .containsExactlyInAnyOrder("sequence: int64.gte", "request: required");
    Task.Builder task =
        Task.newBuilder().setQueue("queues/A").setTaskType("system.noop").setPriority(11);
    StreamCreateTasksRequest element =
        StreamCreateTasksRequest.newBuilder()
            .setSequence(1)
            .setRequest(CreateTaskRequest.newBuilder().setTask(task))
            .build();
    assertThat(refused(element)).containsExactly("request.task.priority: int32.gte_lte");
  }
}
