package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeJvmTest {
  @Test
  void a_machine_without_processors_to_spare_collects_garbage_serially() {
    assertThat(NodeJvm.collector(1)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(2)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(4)).isEqualTo("-XX:+UseG1GC");
  }
}
