package io.tasklane.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whether the differential test would notice that a column is no longer written. On demand, with
 * {@code -Ddifferential.columns=.*} or another pattern of the columns' names; {@code
 * -Ddifferential.seeds} as for {@link DifferentialTest}.
 */
@EnabledIfSystemProperty(named = "differential.columns", matches = ".+")
class DroppedColumnTest {
  private static final int STEPS = 60;

  private enum Verdict {
    NOTICED,
    NOT_NOTICED,
    NOT_WRITTEN
  }

  @Test
  void a_column_that_is_no_longer_written_is_noticed() {
    String pattern = System.getProperty("differential.columns");
    List<Script> scripts =
        DifferentialTest.seeds().mapToObj(seed -> ScriptGenerator.generate(seed, STEPS)).toList();
    List<String> missed = new ArrayList<>();
    for (DroppedColumn column : ScriptDatabase.columns()) {
      if (column.toString().matches(pattern)) {
        Verdict verdict = verdict(column, scripts);
        System.out.println(verdict + " " + column);
        if (verdict == Verdict.NOT_NOTICED) {
          missed.add(column.toString());
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  private static Verdict verdict(DroppedColumn column, List<Script> scripts) {
    boolean isWritten = false;
    for (Route route : List.of(Route.ALONE, Route.LOSING)) { // a commit's mark is read after a loss
      for (Script script : scripts) {
        AtomicLong hits = new AtomicLong();
        if (isNoticed(column, script, route, hits)) {
          return Verdict.NOTICED;
        }
        isWritten |= hits.get() > 0;
      }
      if (!isWritten) {
        return Verdict.NOT_WRITTEN;
      }
    }
    return Verdict.NOT_NOTICED;
  }

  private static boolean isNoticed(
      DroppedColumn column, Script script, Route route, AtomicLong hits) {
    try {
      View view = ScriptRun.runSpoilt(script, route, column, hits);
      return !Dump.of(view).equals(Dump.of(Model.of(script).view()));
    } catch (RuntimeException broken) {
      return true; // it does not even run
    }
  }
}
