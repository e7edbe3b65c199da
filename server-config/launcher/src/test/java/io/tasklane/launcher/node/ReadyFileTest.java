package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  @TempDir Path folder;
  private ReadyFile file;

  @BeforeEach
  void name() {
    file = new ReadyFile(folder.resolve("node-1.ready"));
  }

  @Test
  void the_port_is_known_when_the_application_has_written_it() throws Exception {
    assertThat(file.grpcPort()).isEmpty();
    Files.writeString(file.path(), "grpc.port=9090\n");
    assertThat(file.grpcPort()).hasValue(9090);
  }

  @Test
  void what_an_earlier_process_said_is_taken_back() throws Exception {
    Files.writeString(file.path(), "grpc.port=9090\n");
    file.clear();
    assertThat(file.grpcPort()).isEmpty();
  }

  @Test
  void an_application_that_cannot_start_says_why() throws Exception {
    Files.writeString(file.path(), "error=tasklane.lease must be from 2 s to 60 s, it is 1 s\n");
    file.refuse("it was not deployed");
    assertThatThrownBy(file::grpcPort).hasMessageContaining("tasklane.lease must be from 2 s");
  }

  @Test
  void one_that_said_nothing_is_spoken_for() throws Exception {
    file.refuse("it was not deployed");
    assertThatThrownBy(file::grpcPort).hasMessageContaining("it was not deployed");
  }
}
