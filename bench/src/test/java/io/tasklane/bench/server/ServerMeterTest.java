package io.tasklane.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.figure.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ServerMeterTest {
  private static final String STAT =
      "4242 (a (odd) name) S 1 4242 4242 0 -1 4194560 5000 600 0 0 70 30 400 5 20 0 1 0 999 0 0";

  private static Usage used(double millis, double bytes) {
    return new Usage(Map.of("node", millis), OptionalDouble.of(bytes));
  }

  @Test
  void a_process_counts_with_its_system_time_and_its_ended_children() {
    assertThat(ProcessorTime.millis(STAT)).isEqualTo(10 * (70 + 30 + 400 + 5));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_server_is_charged_for_what_its_processes_do() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      Target target = Target.running("", Optional.empty(), Optional.empty(), List.of(busy.pid()));
      try (ServerMeter meter = new ServerMeter(target, remark -> {})) {
        Usage before = meter.now();
        TimeUnit.MILLISECONDS.sleep(500);
        while (ServerMeter.between(before, meter.now()).processor().orElse(0) < 100) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(meter.now().processorMillis()).containsOnlyKeys("launcher");
        assertThat(meter.now().walBytes()).isEmpty();
      }
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void a_server_of_which_nothing_is_known_is_not_waited_for() throws Exception {
    Target unknown = Target.running("", Optional.empty(), Optional.empty(), List.of());
    try (ServerMeter meter = new ServerMeter(unknown, remark -> {})) {
      meter.begin();
      assertThat(meter.end()).isEqualTo(Usage.UNKNOWN);
    }
  }

  @Test
  void work_is_charged_for_the_difference() {
    Usage after = new Usage(Map.of("node", 150.0, "broker", 20.0), OptionalDouble.of(7000));
    Usage work = ServerMeter.between(used(100, 5000), after);
    assertThat(work.processorMillis()).isEqualTo(Map.of("node", 50.0, "broker", 20.0));
    assertThat(work.walBytes()).hasValue(2000);
  }

  @Test
  void a_server_that_computes_or_writes_is_not_quiet() {
    assertThat(ServerMeter.isQuiet(used(20, 1000), 1)).isTrue();
    assertThat(ServerMeter.isQuiet(used(900, 1000), 1)).isFalse();
    assertThat(ServerMeter.isQuiet(used(20, 1_000_000), 1)).isFalse();
  }
}
