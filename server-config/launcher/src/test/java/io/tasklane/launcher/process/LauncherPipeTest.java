package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.OwnProcess;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LauncherPipeTest {

  /** Would live for ever. */
  static final class Orphan {
    public static void main(String[] arguments) throws Exception {
      LauncherPipe.watch();
      System.out.println("up");
      Thread.currentThread().join();
    }
  }

  @Test
  void a_process_ends_when_its_launcher_is_gone() throws Exception {
    Process orphan = OwnProcess.start(Orphan.class);
    try {
      assertThat(orphan.inputReader().readLine()).isEqualTo("up");
      assertThat(orphan.isAlive()).isTrue();

      orphan.getOutputStream().close();

      assertThat(orphan.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(orphan.exitValue()).isEqualTo(75);
    } finally {
      orphan.destroyForcibly().waitFor();
    }
  }
}
