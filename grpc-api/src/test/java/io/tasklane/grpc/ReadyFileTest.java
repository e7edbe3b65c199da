package io.tasklane.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  @TempDir private Path folder;

  @Test
  void it_tells_the_port_and_leaves_no_draft_behind() throws IOException {
    Path path = folder.resolve("ready.properties");
    new ReadyFile(path).write(40123);
    new ReadyFile(path).write(40124);

    assertThat(Files.readAllLines(path)).isEqualTo(List.of("grpc.port=40124"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void it_is_gone_when_nothing_is_served_any_more() {
    ReadyFile file = new ReadyFile(folder.resolve("ready.properties"));
    file.write(1);
    file.delete();
    file.delete();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_missing_folder_is_named() {
    assertThatThrownBy(() -> new ReadyFile(folder.resolve("no/ready.properties")).write(1))
        .hasMessageContaining("tasklane.ready-file")
        .hasMessageContaining("folder");
  }
}
