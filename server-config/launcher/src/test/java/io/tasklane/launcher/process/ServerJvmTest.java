package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerJvmTest {
  @ParameterizedTest
  @CsvSource({
    "17.0.8, false, true",
    "17.0.9, true, true",
    "17.0.15+6, true, true",
    "18.0.2, false, true",
    "20.0.2, false, true",
    "21, false, true",
    "21.0.1, true, true",
    "25, true, false"
  })
  void a_java_that_does_not_know_a_flag_is_not_given_it(
      String version, boolean trims, boolean relocates) {
    List<String> flags = ServerJvm.flags(Runtime.Version.parse(version));
    assertThat(flags).contains("-XX:PerfDataSamplingInterval=1000");
    assertThat(flags.contains("-XX:TrimNativeHeapInterval=30000")).isEqualTo(trims);
    assertThat(flags.contains("-XX:ArchiveRelocationMode=0")).isEqualTo(relocates);
  }
}
