package io.tasklane.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {
  @TempDir private Path data;

  @Test
  void one_process_holds_the_file_of_a_node_until_it_is_closed() throws IOException {
    NodeFile held = NodeFile.lock(data, "n1");
    assertThatThrownBy(() -> NodeFile.lock(data, "n1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("node n1 runs already with " + data);
    held.close();
    NodeFile.lock(data, "n1").close();
  }

  @Test
  void nodes_of_other_names_share_the_folder() throws IOException {
    try (NodeFile first = NodeFile.lock(data, "n1");
        NodeFile second = NodeFile.lock(data, "n2")) {
      assertThat(first.file()).isNotEqualTo(second.file());
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_named() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> NodeFile.lock(file, "n1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the lock file of node n1 in " + file);
  }
}
