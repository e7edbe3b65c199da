package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.Priority;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thing is done to everything that matched at the start, and the counts say how it went. */
class BatchStoreTest {
  private static final String WAITING = "state = QUEUED";
  private final WorkflowBench bench = new WorkflowBench();
  private final BatchBench work = new BatchBench(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  private static BatchRequest cancel(String filter) {
    return BatchBench.request(BatchKind.CANCEL_TASKS, filter);
  }

  private long tasks(TaskState state) {
    return bench.count("task WHERE state = " + state.code());
  }

  @Test
  void what_matched_at_the_start_is_done_and_nothing_else() {
    work.create(250);
    BatchOperation started = work.start(cancel(WAITING), 250);
    assertThat(started.state()).isEqualTo(BatchState.RUNNING);
    assertThat(started.counts()).isEqualTo(new BatchCounts(250, 0, 0));
    Task later = work.create("later");
    BatchOperation ended = work.finish(started.id());
    assertThat(ended.state()).isEqualTo(BatchState.SUCCEEDED);
    assertThat(ended.counts()).isEqualTo(new BatchCounts(250, 250, 0));
    assertThat(ended.endTime()).isPresent();
    assertThat(tasks(TaskState.CANCELLED)).isEqualTo(250);
    assertThat(bench.read(later.taskId()).state()).isEqualTo(TaskState.QUEUED);
    assertThat(
            bench.count(
                "task WHERE cancel_principal = 'user:ann' AND cancel_reason = '"
                    + ended.name()
                    + ": because'"))
        .isEqualTo(250);
    assertThat(bench.count("batch_piece")).isZero();
  }

  @Test
  void another_number_than_expected_does_nothing_and_says_both() {
    work.create(3);
    assertThat(work.batches.count(cancel(WAITING))).isEqualTo(3);
    assertThatThrownBy(() -> work.start(cancel(WAITING), 2))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(refusal.reason()).isEqualTo(RefusalReason.BATCH_COUNT_DIFFERS);
              assertThat(refusal.getMessage())
                  .isEqualTo("3 match, but 2 are expected; nothing was done");
              assertThat(refusal.metadata())
                  .isEqualTo(Map.of("matched_count", "3", "expected_count", "2"));
            });
    assertThat(bench.count("batch_operation")).isZero();
    assertThat(bench.count("batch_piece")).isZero();
    assertThat(work.stepNow(bench.committer)).isFalse();
    assertThat(tasks(TaskState.QUEUED)).isEqualTo(3);
  }

  @Test
  void more_than_a_batch_operation_may_have_are_refused_before_anything_is_written() {
    work.create(6);
    BatchService small = new BatchService(work.context, () -> "small", 5);
    assertThatThrownBy(() -> small.start(cancel(WAITING), 6, WorkflowBench.change("start")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.BATCH_TOO_LARGE))
        .hasMessage(
            "more than 5 match \"state = QUEUED\"; narrow the filter, for example by"
                + " create_time");
    assertThat(bench.count("batch_piece")).isZero();
  }

  @Test
  void nothing_that_matches_is_a_success_at_once() {
    BatchOperation ended = work.start(cancel("queue = \"queues/NONE\""), 0);
    assertThat(ended.state()).isEqualTo(BatchState.SUCCEEDED);
    assertThat(ended.endTime()).isPresent();
  }

  @Test
  void each_refusal_is_counted_and_listed_with_its_reason() {
    for (int i = 0; i < 5; i++) {
      work.create("t" + i);
    }
    work.run(cancel("state = QUEUED"), 5);
    for (int i = 5; i < 8; i++) {
      work.create("t" + i);
    }
    BatchOperation ended =
        work.run(
            BatchBench.request(BatchKind.SET_PRIORITY, "create_time > \"2020-01-01T00:00:00Z\""),
            8);
    assertThat(ended.state()).isEqualTo(BatchState.SUCCEEDED);
    assertThat(ended.counts()).isEqualTo(new BatchCounts(8, 3, 5));
    assertThat(bench.count("task WHERE priority = 9")).isEqualTo(3);
    List<BatchRefusal> first = work.batches.refusals(ended.id(), -1, 2);
    List<BatchRefusal> rest = work.batches.refusals(ended.id(), first.get(1).position(), 50);
    assertThat(first).extracting(BatchRefusal::target).containsExactly("tasks/t0", "tasks/t1");
    assertThat(rest)
        .extracting(BatchRefusal::target)
        .containsExactly("tasks/t2", "tasks/t3", "tasks/t4");
    assertThat(rest)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("TASK_ENDED");
              assertThat(refusal.message()).contains("is CANCELLED and cannot be changed any more");
            });
    assertThatThrownBy(() -> work.batches.refusals("none", -1, 2))
        .hasMessageStartingWith("batchOperations/none does not exist");
  }

  @Test
  void one_that_was_stopped_does_nothing_more() {
    work.create(250);
    String id = work.start(cancel(WAITING), 250).id();
    assertThat(work.stepNow(bench.committer)).isTrue();
    int done = work.batches.get(id).counts().done();
    assertThat(done).isPositive().isLessThanOrEqualTo(BatchPace.MOST_IN_STEP);
    BatchOperation stopped = stop(id);
    assertThat(stopped.state()).isEqualTo(BatchState.STOPPED);
    assertThat(stopped.stoppedBy()).contains(WorkflowBench.ANN);
    assertThat(work.stepNow(bench.committer)).isFalse();
    assertThat(tasks(TaskState.CANCELLED)).isEqualTo(done);
    assertThat(work.batches.get(id).counts().left()).isEqualTo(250 - done);
    assertThat(stop(id)).isEqualTo(stopped);
    String ended = work.start(cancel("queue = \"queues/NONE\""), 0).id();
    assertThatThrownBy(() -> stop(ended))
        .hasMessageContaining("is SUCCEEDED and cannot be stopped any more");
  }

  private BatchOperation stop(String id) {
    return WorkflowBench.answer(
        work.batches.stop(id, WorkflowBench.ANN, WorkflowBench.change("stop")));
  }

  @Test
  void a_repeated_request_gets_its_first_answer_though_nothing_matches_any_more() {
    work.create(20);
    Answer<BatchOperation> first = work.start(cancel(WAITING), 20, "r1");
    String id = ((Answer.Fresh<BatchOperation>) first).value().id();
    work.finish(id);
    Answer<BatchOperation> again = work.start(cancel(WAITING), 20, "r1");
    assertThat(new String(((Answer.Stored<BatchOperation>) again).bytes())).isEqualTo(id);
    assertThat(bench.count("batch_operation")).isOne();
  }

  @Test
  void more_targets_than_one_transaction_writes_are_all_done() {
    int many = 5_050;
    work.create(many);
    String id = work.start(cancel(WAITING), many).id();
    assertThat(bench.count("batch_piece")).isEqualTo(51);
    assertThat(work.finish(id).counts()).isEqualTo(new BatchCounts(many, many, 0));
    assertThat(tasks(TaskState.CANCELLED)).isEqualTo(many);
    assertThat(work.batches.list(Optional.empty(), 10))
        .extracting(BatchOperation::id)
        .containsExactly(id);
    assertThat(work.batches.list(Optional.of(id), 10)).isEmpty();
  }

  @Test
  void a_priority_takes_effect_in_the_order_of_the_queue() {
    work.create("first");
    work.create("second");
    work.run(BatchBench.request(BatchKind.CANCEL_TASKS, "priority = 9"), 0);
    work.create("third");
    work.run(BatchBench.request(BatchKind.SET_PRIORITY, WAITING), 3);
    assertThat(bench.read("third").priority()).isEqualTo(new Priority(9));
    bench.claimAll();
    assertThat(bench.read("third").state()).isEqualTo(TaskState.RUNNING);
  }
}
