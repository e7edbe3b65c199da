package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeJvmTest {
  @Test
  void a_machine_without_processors_to_spare_collects_garbage_serially() {
    assertThat(NodeJvm.collector(1)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(2)).isEqualTo("-XX:+UseSerialGC");
    assertThat(NodeJvm.collector(4)).isEqualTo("-XX:+UseG1GC");
  }

  @Test
  void a_node_begins_with_a_small_heap_on_any_machine() {
    assertThat(new NodeJvm("1g", List.of()).flags(2)).contains("-Xmx1g", "-Xms160m");
  }

  @Test
  void a_start_is_not_compiled_twice() {
    assertThat(new NodeJvm("1g", List.of()).flags(2))
        .contains("-XX:Tier4InvocationThreshold=50000", "-XX:Tier4CompileThreshold=150000");
  }
}
