package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeTest {
  @Test
  void a_machine_without_processors_to_spare_collects_garbage_serially() {
    assertThat(Node.collector(1)).isEqualTo("-XX:+UseSerialGC");
    assertThat(Node.collector(2)).isEqualTo("-XX:+UseSerialGC");
    assertThat(Node.collector(4)).isEqualTo("-XX:+UseG1GC");
  }
}
