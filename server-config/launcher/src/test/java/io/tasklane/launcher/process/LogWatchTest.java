package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWatchTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void logs_that_have_reached_their_size_are_cut_beside_one_that_cannot_be() throws Exception {
    LogFile bad = limited(Files.createDirectory(folder.resolve("folder.log")));
    LogFile good = limited(Files.writeString(folder.resolve("node.log"), "longer than that"));

    LogWatch.begin(List.of(bad, good), said::add);

    assertThat(Waiting.until(() -> good.path().toFile().length() == 0, BOUND)).isTrue();
    assertThat(folder.resolve("node.log.1")).hasContent("longer than that");
    assertThat(said).singleElement().asString().contains("folder.log cannot be kept small");
  }

  private static LogFile limited(Path path) {
    return new LogFile(path, path, new LogLimits(1, 1));
  }
}
