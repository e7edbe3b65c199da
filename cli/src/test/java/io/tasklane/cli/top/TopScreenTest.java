package io.tasklane.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.QueueStats;
import io.tasklane.v1.Worker;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screen says what there is, in any size. */
class TopScreenTest {
  private static final Size USUAL = new Size(80, 24);

  private final TopState state = new TopState(null);
  private final TopScreen screen =
      new TopScreen("h:1", true, Clock.fixed(TopFixture.NOW, ZoneOffset.UTC));

  private static TopFigures figures() {
    return TopFigures.NONE.withQueues(new TreeMap<>(TopFixture.queues()), TopFixture.NOW);
  }

  private List<String> lines(TopFigures figures, Size size) {
    return screen.lines(figures, state, "", size).stream().map(AttributedString::toString).toList();
  }

  @Test
  void it_shows_queues_with_what_runs_priorities_rates_owner_and_pause() {
    assertThat(lines(figures(), USUAL))
        .startsWith(
            "tasklane top  h:1  2026-11-30T14:31:02Z  2 queues  21 waiting  2 running",
            "nodes    node-1 (1 queues)",
            "workers  not served",
            "",
            "  QUEUE            STATE      WAIT  RUN  IN/S  OK/S BAD/S OWNER    RUNS",
            "> AI_ANALYSIS      ACTIVE       17    2   2.3   1.5   0.3 node-1   first 90s",
            "  DATA_FETCHER     PAUSED        4    0   0.0   0.0   0.0 none     ",
            "",
            "AI_ANALYSIS  waiting by priority  10: 3  5: 14",
            "    starts 1.8/s  oldest 5m",
            "  * first 90s  news_monitoring",
            "    second 3s  news_monitoring");
  }

  @Test
  void workers_are_counted_by_state_and_slots_of_the_lost_do_not_count() {
    Worker healthy =
        Worker.newBuilder()
            .setState(Worker.State.STATE_HEALTHY)
            .setSlots(4)
            .setBusySlots(3)
            .build();
    Worker lost = healthy.toBuilder().setState(Worker.State.STATE_LOST).build();
    TopFigures figures = figures().withWorkers(Optional.of(List.of(healthy, healthy, lost)));
    assertThat(lines(figures, USUAL)).contains("workers  2 HEALTHY  1 LOST  busy 6 of 8 slots");
  }

  @ParameterizedTest
  @CsvSource({"80,24", "40,10", "20,5", "200,50", "80,3", "1,1"})
  void it_fits_into_every_size_and_the_keys_are_the_last_line(int columns, int rows) {
    TreeMap<String, QueueStats> many = new TreeMap<>(TopFixture.queues());
    for (int i = 0; i < 100; i++) {
      many.put("queues/Q" + i, QueueStats.newBuilder().setDepth(Long.MAX_VALUE).build());
    }
    TopFigures figures = TopFigures.NONE.withQueues(many, TopFixture.NOW);
    for (int i = 0; i < 101; i++) {
      List<String> lines = lines(figures, new Size(columns, rows));
      assertThat(lines).hasSize(rows).allMatch(line -> line.length() <= columns);
      if (rows > 5) {
        assertThat(lines).anyMatch(line -> line.startsWith("> "));
      }
      state.press(TopKey.DOWN, figures);
    }
    assertThat(state.queue(figures)).isEqualTo("queues/Q99");
  }

  @Test
  void a_server_that_is_away_is_said_and_the_last_figures_stay() {
    List<String> lines = lines(figures().withFault("cannot reach h:1"), USUAL);
    assertThat(lines.get(23)).isEqualTo("cannot reach h:1; trying again");
    assertThat(lines).anyMatch(line -> line.contains("AI_ANALYSIS"));
  }

  @Test
  void a_server_without_queues_says_how_to_make_one() {
    assertThat(lines(TopFigures.NONE, USUAL)).anyMatch(line -> line.contains("queue create"));
  }

  @Test
  void the_help_comes_and_goes() {
    state.press(TopKey.HELP, figures());
    assertThat(lines(figures(), USUAL)).anyMatch(line -> line.contains("pause the queue"));
    state.press(TopKey.HELP, figures());
    assertThat(lines(figures(), USUAL)).anyMatch(line -> line.startsWith("> AI_ANALYSIS"));
  }
}
