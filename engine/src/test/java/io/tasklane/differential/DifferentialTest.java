package io.tasklane.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever way commands take to the database, what readers see afterwards is what the rules say,
 * and what a former build has left.
 *
 * <p>{@code -Ddifferential.seeds=21-200} runs other seeds, {@code -Ddifferential.seeds=17} replays
 * one; {@code -Ddifferential.routes=all} runs each by every route; {@code
 * -Ddifferential.record=COMMIT} records what the engine of that commit leaves.
 */
class DifferentialTest {
  private static final int STEPS = 60;

  static LongStream seeds() {
    String[] range = System.getProperty("differential.seeds", "1-20").split("-");
    long last = Long.parseLong(range[range.length - 1]);
    return LongStream.rangeClosed(Long.parseLong(range[0]), last);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readers_see_what_the_rules_say_by_whatever_route(long seed) {
    Script script = ScriptGenerator.generate(seed, STEPS);
    String expected = Dump.of(Model.of(script).view());
    String alone = see(script, Route.ALONE, expected);
    Golden.commitToRecord().ifPresent(commit -> Golden.record(script, commit, alone));
    Optional<String> recorded = Golden.recorded(script);
    if (Golden.commitToRecord().isEmpty() && recorded.isPresent()) {
      String[] parts = recorded.get().split("\n", 2);
      assertThat(parts[0])
          .as("the script of seed %d is not the one of the recorded dump", seed)
          .contains(Golden.fingerprint(script));
      assertThat(alone).as("seed %d, unlike %s", seed, parts[0]).isEqualTo(parts[1]);
    }
    for (Route other : others(seed)) {
      see(script, other, expected);
    }
  }

  private static List<Route> others(long seed) {
    boolean all = System.getProperty("differential.routes", "").equals("all");
    int one = (int) (seed % Route.OTHERS.length);
    return all ? List.of(Route.OTHERS) : List.of(Route.OTHERS[one]);
  }

  private static String see(Script script, Route route, String expected) {
    String seen = Dump.of(ScriptRun.run(script, route));
    assertThat(seen)
        .as("seed %d, %s; replay it by -Ddifferential.seeds=%1$d", script.seed(), route)
        .isEqualTo(expected);
    return seen;
  }
}
