package io.tasklane.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Blocker;
import io.tasklane.v1.Blocker.CauseCase;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskExplanation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskExplainTest {
  /** The server sends none of them yet. */
  private static final Set<CauseCase> NOT_SERVED =
      Set.of(CauseCase.GROUP_LIMIT, CauseCase.HALT, CauseCase.CAUSE_NOT_SET);

  private static CommandRun explain(TaskExplanation explanation, String... more) throws Exception {
    try (FakeServer server = FakeServer.start(any -> any)) {
      server.explanation = explanation;
      String[] command = {"task", "explain", "sync"};
      String[] all = Arrays.copyOf(command, command.length + more.length);
      System.arraycopy(more, 0, all, command.length, more.length);
      return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), all);
    }
  }

  private static TaskExplanation.Builder queued() {
    return TaskExplanation.newBuilder().setState(Task.State.STATE_QUEUED);
  }

  @Test
  void each_blocker_is_a_line_with_what_would_clear_it() throws Exception {
    TaskExplanation.Builder explanation = queued().setTasksAhead(3);
    explanation
        .addBlockersBuilder()
        .getQueuePausedBuilder()
        .setActor(Actor.newBuilder().setPrincipal("user:ann").setReason("lunch"));
    explanation
        .addBlockersBuilder()
        .getResourceBuilder()
        .setResource("resources/ai-turns")
        .setNeededUnits(3)
        .setFreeUnits(1);
    explanation
        .addBlockersBuilder()
        .getRunningTaskBuilder()
        .setTask("tasks/x")
        .setWorker("nodes/n1")
        .setElapsed(Durations.fromMillis(1500))
        .setRemainingP50(Durations.fromSeconds(2))
        .setRemainingP90(Durations.fromSeconds(9));
    explanation
        .addBlockersBuilder()
        .getTasksAheadBuilder()
        .setHigherPriorityCount(1)
        .setEarlierCount(100_000)
        .addAllFirstTasks(List.of("tasks/a", "tasks/b"));
    explanation.setNoEstimateReason("only 3 runs of this queue are known; an estimate needs 20");
    List<String> lines =
        explain(explanation.build())
            .out()
            .lines()
            .map(line -> line.replaceAll(" {2,}", " | "))
            .toList();
    assertThat(lines)
        .containsExactly(
            "tasks/sync is QUEUED, and waits for this, in order:",
            " | WAITS FOR | CLEARS",
            "1 | its queue, which was paused by user:ann: lunch | with queue resume",
            "2 | 3 units of resources/ai-turns, of which 1 are free"
                + " | when others give theirs back, or with resource update",
            "3 | tasks/x, which has run for 1.5s on nodes/n1"
                + " | when that run ends, in about 2.0s, 90 %: 9.0s",
            "4 | 1 tasks of higher priority and 100000 or more earlier ones, first tasks/a, tasks/b"
                + " | when they have started, or with a higher priority",
            "tasks ahead: 3",
            "starts: unknown, only 3 runs of this queue are known; an estimate needs 20");
  }

  @Test
  void a_task_that_is_next_has_an_estimate() throws Exception {
    assertThat(
            explain(
                    queued()
                        .setStartTimeP50(Timestamps.fromSeconds(60))
                        .setStartTimeP90(Timestamps.fromSeconds(61))
                        .build())
                .out()
                .lines())
        .containsExactly(
            "tasks/sync is QUEUED, and nothing keeps it from starting: it is the next of its queue",
            "tasks ahead: 0",
            "starts: about 1970-01-01T00:01:00Z, and with a probability of 90 % by"
                + " 1970-01-01T00:01:01Z");
  }

  @Test
  void a_task_that_has_started_or_ended_says_so() throws Exception {
    TaskExplanation.Builder explanation = TaskExplanation.newBuilder();
    assertThat(explain(explanation.setState(Task.State.STATE_RUNNING).build()).out().strip())
        .isEqualTo("tasks/sync is RUNNING: it has started");
    assertThat(explain(explanation.setState(Task.State.STATE_FAILED).build()).out().strip())
        .isEqualTo("tasks/sync is FAILED: it has ended");
  }

  @Test
  void json_is_the_explanation_as_the_contract_has_it() throws Exception {
    TaskExplanation explanation =
        queued().setTask("tasks/sync").setTasksAhead(2).setRevision(9).build();
    TaskExplanation.Builder read = TaskExplanation.newBuilder();
    JsonFormat.parser().merge(explain(explanation, "-o", "json").out(), read);
    assertThat(read.build()).isEqualTo(explanation);
  }

  @Test
  void every_cause_that_the_server_sends_has_words() {
    for (CauseCase cause : CauseCase.values()) {
      if (!NOT_SERVED.contains(cause)) {
        Blocker.Builder blocker = Blocker.newBuilder();
        var field = Blocker.getDescriptor().findFieldByNumber(cause.getNumber());
        blocker.setField(field, blocker.newBuilderForField(field).build());
        assertThat(BlockerText.of(blocker.build()).what())
            .as(cause.name())
            .doesNotContain("this version does not know");
      }
    }
  }
}
