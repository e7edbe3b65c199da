package io.tasklane.task;

import static io.tasklane.task.state.Move.CANCEL;
import static io.tasklane.task.state.Move.CLAIM;
import static io.tasklane.task.state.Move.COME_DUE;
import static io.tasklane.task.state.Move.SUBMIT;
import static io.tasklane.task.state.Move.SUCCEED;
import static io.tasklane.task.state.TaskState.CANCELLED;
import static io.tasklane.task.state.TaskState.FAILED;
import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MoveTableTest {
  @Test
  void a_move_stands_only_once_in_a_state() {
    MoveTable table = new MoveTable().add(QUEUED, CLAIM, RUNNING);
    assertThatThrownBy(() -> table.add(QUEUED, CLAIM, CANCELLED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("QUEUED has the move CLAIM already");
    assertThat(table.lines()).containsExactly(new MoveTable.Line(QUEUED, CLAIM, RUNNING));
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskState.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED"})
  void no_move_leaves_a_final_state(TaskState end) {
    assertThatThrownBy(() -> new MoveTable().add(end, COME_DUE, QUEUED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(end + " is final");
  }

  @Test
  void a_move_that_is_not_in_the_table_is_refused_by_name() {
    assertThat(MoveTable.STANDARD.next(QUEUED, SUCCEED)).isEmpty();
    assertThatThrownBy(() -> MoveTable.STANDARD.require(QUEUED, SUCCEED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SUCCEED is not legal in state QUEUED");
  }

  @Test
  void a_task_is_born_ready() {
    assertThat(MoveTable.STANDARD.require(null, SUBMIT)).isEqualTo(QUEUED);
  }

  @Test
  void every_state_that_a_move_leads_to_is_an_end_or_has_a_way_out() {
    assertThat(MoveTable.STANDARD.lines())
        .allSatisfy(
            line ->
                assertThat(
                        line.to().isFinal()
                            || MoveTable.STANDARD.lines().stream()
                                .anyMatch(next -> next.from() == line.to()))
                    .as("way out of %s", line.to())
                    .isTrue());
  }

  @Test
  void it_prints_itself_as_a_mermaid_diagram() {
    MoveTable table =
        new MoveTable()
            .add(null, SUBMIT, QUEUED)
            .add(QUEUED, CANCEL, CANCELLED)
            .add(RUNNING, SUCCEED, SUCCEEDED)
            .add(RUNNING, Move.FAIL, FAILED);
    assertThat(table.toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
                [*] --> QUEUED : SUBMIT
                QUEUED --> CANCELLED : CANCEL
                RUNNING --> SUCCEEDED : SUCCEED
                RUNNING --> FAILED : FAIL
                SUCCEEDED --> [*]
                FAILED --> [*]
                CANCELLED --> [*]
            """);
  }
}
