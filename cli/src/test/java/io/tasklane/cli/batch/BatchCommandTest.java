package io.tasklane.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperation.Kind;
import io.tasklane.v1.ListBatchRefusalsRequest;
import io.tasklane.v1.StartBatchOperationRequest;
import io.tasklane.v1.StopBatchOperationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchCommandTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private StartBatchOperationRequest started(String verb, String... more) {
    List<String> words =
        new ArrayList<>(List.of("batch", verb, "--filter", "state = QUEUED", "--expect", "10"));
    words.addAll(List.of(more));
    CommandRun run = run(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    int last = server.batches.asked.size() - 1;
    return (StartBatchOperationRequest) server.batches.asked.get(last);
  }

  @Test
  void each_verb_starts_its_kind() {
    StartBatchOperationRequest cancel =
        started("cancel", "--force", "--rate", "7", "--reason", "wrong feed", "--request-id", "r");
    assertThat(cancel.getRequestId()).isEqualTo("r");
    assertThat(cancel.getReason()).isEqualTo("wrong feed");
    assertThat(cancel.getExpectedCount()).isEqualTo(10);
    assertThat(cancel.getValidateOnly()).isFalse();
    assertThat(cancel.getBatchOperation())
        .isEqualTo(
            BatchOperation.newBuilder()
                .setKind(Kind.KIND_CANCEL_TASKS)
                .setFilter("state = QUEUED")
                .setForce(true)
                .setMaximumPerSecond(7)
                .build());
    BatchOperation retry = started("retry", "--ignore-dependencies").getBatchOperation();
    assertThat(retry.getKind()).isEqualTo(Kind.KIND_RETRY_TASKS);
    assertThat(retry.getIgnoreDependencies()).isTrue();
    BatchOperation first = started("reprioritise", "--priority", "9").getBatchOperation();
    assertThat(first.getKind()).isEqualTo(Kind.KIND_SET_PRIORITY);
    assertThat(first.getPriority()).isEqualTo(9);
    assertThat(started("replay").getBatchOperation().getKind())
        .isEqualTo(Kind.KIND_REPLAY_DEAD_LETTERS);
    assertThat(started("discard").getBatchOperation().getKind())
        .isEqualTo(Kind.KIND_DISCARD_DEAD_LETTERS);
    assertThat(started("cancel-workflows").getBatchOperation().getKind())
        .isEqualTo(Kind.KIND_CANCEL_WORKFLOWS);
  }

  @Test
  void a_dry_run_says_how_many_match() {
    CommandRun run = run("batch", "cancel", "--filter", "", "--dry-run");
    assertThat(run.out()).isEqualTo("10 match\n");
    StartBatchOperationRequest asked = (StartBatchOperationRequest) server.batches.asked.get(0);
    assertThat(asked.getValidateOnly()).isTrue();
    assertThat(asked.hasExpectedCount()).isFalse();
  }

  @Test
  void who_neither_expects_a_number_nor_asks_for_it_starts_nothing() {
    assertThat(run("batch", "cancel", "--filter", "").exitCode()).isEqualTo(2);
    assertThat(run("batch", "cancel", "--expect", "1").exitCode()).isEqualTo(2);
    assertThat(run("batch", "cancel", "--filter", "", "--expect", "1", "--dry-run").exitCode())
        .isEqualTo(2);
    assertThat(run("batch", "cancel", "--filter", "", "--expect", "-1").err())
        .contains("0 to 1000000");
    assertThat(run("batch", "cancel", "--filter", "", "--expect", "1", "--rate", "0").err())
        .contains("1 to 1000");
    assertThat(server.batches.asked).isEmpty();
  }

  @Test
  void a_wait_ends_with_the_batch_operation_and_is_fine_if_nothing_was_refused() {
    String[] words = {"batch", "cancel", "--filter", "", "--expect", "10", "--wait"};
    CommandRun fine = run(words);
    assertThat(fine.exitCode()).isZero();
    assertThat(fine.out()).contains("SUCCEEDED", "10 done, 0 refused, 0 left of 10");
    server.batches.refused = 2;
    CommandRun refused = run(words);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.TASK_FAILED.code());
    assertThat(refused.out()).contains("see tasklane batch refusals batchOperations/b");
  }

  @Test
  void batch_operations_are_listed_shown_and_stopped_with_their_refusals() {
    assertThat(run("batch", "list").out()).contains("batchOperations/b", "RUNNING", "anonymous");
    assertThat(run("batch", "get", "b", "-o", "json").out()).contains("\"matchedCount\": \"10\"");
    assertThat(run("batch", "stop", "b", "--reason", "enough").out()).contains("STOPPED");
    StopBatchOperationRequest stop = (StopBatchOperationRequest) server.batches.asked.get(2);
    assertThat(stop.getName()).isEqualTo("batchOperations/b");
    assertThat(stop.getReason()).isEqualTo("enough");
    assertThat(run("batch", "refusals", "batchOperations/b").out())
        .contains("tasks/t7", "TASK_ENDED", "is SUCCEEDED");
    ListBatchRefusalsRequest asked = (ListBatchRefusalsRequest) server.batches.asked.get(3);
    assertThat(asked.getName()).isEqualTo("batchOperations/b");
  }
}
