package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerDirectivesTest {
  private static final Logger LOG = Logger.getLogger(CompilerDirectives.class.getName());
  @TempDir Path folder;
  private final List<String> logged = new ArrayList<>();
  private final Handler handler = new Noting();

  private final class Noting extends Handler {
    @Override
    public void publish(LogRecord record) {
      logged.add(new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(handler);
  }

  @Test
  void the_directives_of_a_node_are_understood() {
    assertThat(CompilerDirectives.add(Path.of("src/main/conf/node-compiler.json")))
        .isEqualTo("1 compiler directives added");
    assertThat(logged).isEmpty();
  }

  @Test
  void directives_that_are_not_understood_stop_nothing() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.json"), "[ { nothing } ]");

    assertThat(CompilerDirectives.add(broken)).doesNotContain("added");
    assertThat(logged).singleElement(STRING).startsWith("the compiler takes no directives: ");
  }
}
