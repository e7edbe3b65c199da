package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeJvmTest {
  @Test
  void a_machine_without_processors_to_spare_collects_garbage_serially() {
    assertThat(NodeJvm.collector(1)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(2)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(4)).isEqualTo("-XX:+UseG1GC");
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.8, false",
    "17.0.9, true",
    "17.0.15+6, true",
    "18.0.2, false",
    "20.0.2, false",
    "21, false",
    "21.0.1, true",
    "25, true"
  })
  void a_java_that_does_not_know_a_flag_is_not_given_it(String version, boolean known) {
    List<String> flags = new NodeJvm("1g", List.of()).flags(2, Runtime.Version.parse(version));
    assertThat(flags).contains("-Xmx1g", "-Xms160m");
    assertThat(flags.stream().anyMatch(flag -> flag.startsWith("-XX:TrimNativeHeapInterval")))
        .isEqualTo(known);
  }
}
