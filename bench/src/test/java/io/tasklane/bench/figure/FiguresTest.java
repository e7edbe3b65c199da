package io.tasklane.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Instant TIME = Instant.parse("2026-11-26T09:30:00Z");
  private static final Measure MEASURE =
      Measure.of("one queue, EACH", Unit.TASKS_PER_SECOND, 900)
          .shall(1800)
          .against(Optional.of(new Reference("updates", 3600)))
          .beside(Optional.of(new Reference("db-scheduler", 1200)));

  @Test
  void figures_say_when_and_on_what_machine_they_were_taken() {
    JsonObject json = parse(Figures.of("one-queue", TIME));
    assertThat(json.get("scenario").getAsString()).isEqualTo("one-queue");
    assertThat(json.get("time").getAsString()).isEqualTo("2026-11-26T09:30:00Z");
    JsonObject machine = json.getAsJsonObject("machine");
    assertThat(machine.get("cores").getAsInt()).isPositive();
    assertThat(machine.keySet()).contains("cpu", "os", "java", "load_before");
  }

  @Test
  void a_row_carries_the_limit_the_peer_and_both_ratios() {
    JsonObject row = row(parse(Figures.of("one-queue", TIME).add(MEASURE)));
    assertThat(row.get("tasklane").getAsDouble()).isEqualTo(900);
    assertThat(row.getAsJsonObject("raw").get("value").getAsDouble()).isEqualTo(3600);
    assertThat(row.get("ratio_to_raw").getAsDouble()).isEqualTo(0.25);
    assertThat(row.getAsJsonObject("peer").get("value").getAsDouble()).isEqualTo(1200);
    assertThat(row.get("ratio_to_peer").getAsDouble()).isEqualTo(0.75);
    assertThat(row.get("goal").getAsDouble()).isEqualTo(1800);
  }

  @Test
  void what_was_not_measured_is_absent_and_not_nought() {
    JsonObject row =
        row(parse(Figures.of("chain", TIME).add(Measure.of("a hop", Unit.MILLISECONDS, 0.5))));
    assertThat(row.keySet()).containsExactlyInAnyOrder("name", "unit", "tasklane");
  }

  @Test
  void details_are_rounded_to_three_places_and_integers_stay() {
    JsonObject details =
        parse(Figures.of("create", TIME).detail("tasks", 5000L).detail("rate", 1.23456))
            .getAsJsonObject("details");
    assertThat(details.get("tasks").getAsString()).isEqualTo("5000");
    assertThat(details.get("rate").getAsDouble()).isEqualTo(1.235);
  }

  @Test
  void a_run_that_was_printed_reads_back_the_same() {
    Figures figures = Figures.of("one-queue", TIME).add(MEASURE).detail("tasks", 10);
    Figures read = Figures.read(figures.json());
    assertThat(read.json()).isEqualTo(figures.json());
    assertThat(read.measures()).containsExactly(MEASURE);
  }

  @Test
  void a_goal_is_reached_from_above_for_a_rate_and_from_below_for_a_time() {
    assertThat(MEASURE.reached()).contains(false);
    assertThat(MEASURE.shall(900).reached()).contains(true);
    Measure time = Measure.of("a hop", Unit.MILLISECONDS, 0.6);
    assertThat(time.reached()).isEmpty();
    assertThat(time.shall(0.6).reached()).contains(true);
    assertThat(time.shall(0.5).reached()).contains(false);
  }

  @Test
  void a_ratio_is_that_of_the_unrounded_figures() {
    Measure measure =
        Measure.of("share", Unit.SHARE, 0.0004).against(Optional.of(new Reference("raw", 0.0008)));
    assertThat(measure.ratio().orElseThrow()).isCloseTo(0.5, within(1e-9));
  }

  private static JsonObject parse(Figures figures) {
    return JsonParser.parseString(figures.json()).getAsJsonObject();
  }

  private static JsonObject row(JsonObject json) {
    return json.getAsJsonArray("measures").get(0).getAsJsonObject();
  }
}
