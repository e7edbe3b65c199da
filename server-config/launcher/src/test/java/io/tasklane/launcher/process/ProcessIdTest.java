package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void a_living_process_is_alive_until_it_is_killed() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    ProcessId id = ProcessId.of(sleeper.pid()).orElseThrow();
    assertThat(id.alive()).isTrue();

    id.kill();

    assertThat(id.gone(BOUND)).isTrue();
    assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void a_later_process_with_the_same_number_is_another_one() {
    ProcessId self = ProcessId.self();
    ProcessId former = new ProcessId(self.pid(), "another birth");

    assertThat(self.alive()).isTrue();
    assertThat(former.alive()).isFalse();
    former.kill();
    assertThat(self.alive()).isTrue();
  }

  @Test
  void a_zombie_is_gone() throws Exception {
    // The shell becomes sleep, which never asks how its child ended; the child outlives that
    // change.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.5 & echo $!; exec sleep 60").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());

      assertThat(Waiting.until(() -> ProcessId.of(child).isEmpty(), BOUND)).isTrue();
      assertThat(ProcessHandle.of(child)).isPresent();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }
}
