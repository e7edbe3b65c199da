package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerDirectivesTest {
  @TempDir Path folder;

  @Test
  void the_directives_of_a_node_are_understood() {
    assertThat(CompilerDirectives.add(Path.of("src/main/conf/node-compiler.json")))
        .isEqualTo("1 compiler directives added");
  }

  @Test
  void directives_that_are_not_understood_stop_nothing() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.json"), "[ { nothing } ]");

    assertThat(CompilerDirectives.add(broken)).doesNotContain("added");
  }
}
