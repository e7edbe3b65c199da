package io.tasklane.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Usage WORK =
      new Usage(Map.of("node", 300.0, "postgres", 100.0), OptionalDouble.of(5000));

  @Test
  void the_processor_time_is_that_of_all_processes() {
    assertThat(WORK.processor()).hasValue(400);
    assertThat(WORK.each(100).processor()).hasValue(4);
    assertThat(WORK.each(100).walBytes()).hasValue(50);
  }

  @Test
  void two_works_cost_what_both_cost() {
    Usage other = new Usage(Map.of("node", 1.0, "broker", 2.0), OptionalDouble.of(7));
    Usage both = WORK.plus(other);
    assertThat(both.processorMillis())
        .isEqualTo(Map.of("node", 301.0, "postgres", 100.0, "broker", 2.0));
    assertThat(both.walBytes()).hasValue(5007);
    assertThat(both.plus(Usage.UNKNOWN).walBytes()).isEmpty();
  }

  @Test
  void a_row_carries_what_a_task_cost_and_reads_back_the_same() {
    Measure row = Measure.of("a", Unit.TASKS_PER_SECOND, 1).costing(WORK.each(100));
    JsonObject json =
        JsonParser.parseString(Figures.of("a", Instant.EPOCH).add(row).json())
            .getAsJsonObject()
            .getAsJsonArray("measures")
            .get(0)
            .getAsJsonObject();
    assertThat(json.get("processor_ms_a_task").getAsDouble()).isEqualTo(4);
    assertThat(json.getAsJsonObject("processor_ms_a_task_by_process").get("node").getAsDouble())
        .isEqualTo(3);
    assertThat(json.get("wal_bytes_a_task").getAsDouble()).isEqualTo(50);
    assertThat(Measure.read(json)).isEqualTo(row);
  }

  @Test
  void people_read_it_below_the_figure() {
    StringWriter out = new StringWriter();
    Figures.of("a", Instant.EPOCH)
        .add(Measure.of("a", Unit.TASKS_PER_SECOND, 1).costing(WORK.each(100)))
        .print(new PrintWriter(out));
    assertThat(out.toString())
        .containsPattern("processor time a task +4.0 ms, node 3.0, postgres 1.0")
        .containsPattern("WAL a task +50.0 bytes");
  }
}
