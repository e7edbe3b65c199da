package io.tasklane.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_process_has_as_much_as_its_heap_at_least() {
    byte[] held = new byte[64 * 1024 * 1024];
    Arrays.fill(held, (byte) 1);
    assertThat(ResidentMemory.megabytes(ProcessHandle.current().pid())).isGreaterThan(64);
    assertThat(held).isNotEmpty();
  }

  @Test
  void a_process_that_is_no_part_of_the_server_is_left_out() {
    assertThat(ResidentMemory.byRole(Stream.of(ProcessHandle.current()))).isEmpty();
  }
}
