package io.tasklane.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.contract.TaskContract;
import io.tasklane.task.state.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to tasks, in its final state each has only the output fields that the table of
 * the contract allows there, and has those that it promises.
 */
class FinalFieldsTest {
  private static final int STEPS = 60;
  private static final int SEEDS = Integer.getInteger("final-fields.seeds", 6);
  private static final TaskContract CONTRACT = TaskContract.read();
  private static final Map<String, String> TABLE =
      CONTRACT.table("always has, in its final state:");

  /** Set in every state, or by the way in which the task was created. */
  private static final Set<String> NOT_OF_THE_STATE =
      Set.of("state", "create_time", "revision", "etag", "retry_of", "workflow", "schedule");

  /** Whether what readers say of a task has the field, by the name of the contract. */
  private static final Map<String, Predicate<Facts>> HAS =
      Map.ofEntries(
          Map.entry("attempt", task -> !task.text("runs").startsWith("0/")),
          Map.entry("progress", has("progress")),
          Map.entry("result", has("result")),
          Map.entry("result_partial", task -> task.text("partial").equals("true")),
          Map.entry("failure", has("failure")),
          Map.entry("cancel_actor", has("cancelled-by")),
          Map.entry("start_time", has("start")),
          Map.entry("end_time", has("end")),
          Map.entry("next_attempt_time", has("next-attempt")),
          Map.entry("result_expire_time", has("result-until")),
          Map.entry("worker", has("node")),
          Map.entry("lost_count", FinalFieldsTest::wasLost),
          Map.entry("lost_alone_count", FinalFieldsTest::wasLost)); // never without a loss

  private static boolean wasLost(Facts task) {
    return !task.text("runs").split("/")[1].equals("0");
  }

  private static Predicate<Facts> has(String fact) {
    return task -> !task.text(fact).isEmpty();
  }

  @Test
  void each_output_field_has_a_row() {
    Set<String> fields = new TreeSet<>(CONTRACT.fields(true));
    assertThat(fields).containsAll(NOT_OF_THE_STATE);
    fields.removeAll(NOT_OF_THE_STATE);
    assertThat(new TreeSet<>(TABLE.keySet())).isEqualTo(fields);
    assertThat(HAS.keySet()).isEqualTo(fields);
  }

  @Test
  void tasks_end_with_the_fields_that_the_table_allows() {
    List<TaskState> columns = Arrays.stream(TaskState.values()).filter(TaskState::isFinal).toList();
    for (long seed : LongStream.rangeClosed(1, SEEDS).toArray()) {
      View view = ScriptRun.run(ScriptGenerator.generate(seed, STEPS), Route.ALONE);
      view.tasks()
          .forEach(
              (id, task) -> {
                TaskState state = TaskState.valueOf(task.text("state"));
                int column = columns.indexOf(state);
                if (column >= 0) {
                  TABLE.forEach(
                      (field, row) -> {
                        boolean is = HAS.get(field).test(task);
                        String what = field + " of a task that is " + state;
                        assertThat(row.split(" +")[column])
                            .as("%s, %s of seed %d", what, id, seed)
                            .isIn("may", is ? "always" : "never");
                      });
                }
              });
    }
  }
}
