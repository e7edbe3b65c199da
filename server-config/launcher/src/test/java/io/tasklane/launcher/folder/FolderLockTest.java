package io.tasklane.launcher.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.launcher.OwnProcess;
import io.tasklane.launcher.failure.CannotStart;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path root;
  private DataFolder folder;

  @BeforeEach
  void create() throws CannotStart {
    folder = new DataFolder(root);
    folder.create();
  }

  /** Takes the folder and holds it until its input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      FolderLock held = FolderLock.take(new DataFolder(Path.of(arguments[0])));
      System.out.println("held");
      System.in.read();
      held.close();
    }
  }

  @Test
  void a_second_server_on_a_folder_is_refused_with_folder_and_pid() throws Exception {
    Process holder = OwnProcess.start(Holder.class, root.toString());
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");

      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(root.toString())
          .hasMessageContaining("pid " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_holder_that_was_killed_leaves_the_folder_free() throws Exception {
    Process holder = OwnProcess.start(Holder.class, root.toString());
    assertThat(holder.inputReader().readLine()).isEqualTo("held");

    holder.destroyForcibly().waitFor();

    FolderLock.take(folder).close();
  }

  @Test
  void within_one_process_it_is_held_once_too() throws Exception {
    try (FolderLock held = FolderLock.take(folder)) {
      assertThatThrownBy(() -> FolderLock.take(folder))
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
    FolderLock.take(folder).close();
  }
}
