package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.cli.command.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnServerTest {
  private static final String READY =
      "tasklane ready grpc=127.0.0.1:1 http=127.0.0.1:2 jms=127.0.0.1:3";

  @TempDir private Path home;

  private OwnServer start(String script) throws IOException {
    Path file = Files.writeString(home.resolve("tasklane"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return OwnServer.start(new ServerCommandLine(home, null, null));
  }

  private static ReadyLine ready(OwnServer server) throws InterruptedException {
    return server.awaitReady(new PrintWriter(new StringWriter()));
  }

  @Test
  void the_ready_line_tells_the_address_and_closing_leaves_no_process_and_no_folder()
      throws Exception {
    String script =
        "mkdir -p $4; echo $$ > "
            + home
            + "/pid; echo $4 > "
            + home
            + "/data\n"
            + "echo loading; echo '"
            + READY
            + "'; exec sleep 600\n";
    try (OwnServer server = start(script)) {
      assertThat(ready(server).grpc()).isEqualTo("127.0.0.1:1");
    }
    long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    Path data = Path.of(Files.readString(home.resolve("data")).strip());
    assertThat(data.getParent()).doesNotExist();
  }

  @Test
  void a_server_that_ends_is_reported_with_its_last_words() throws Exception {
    try (OwnServer server = start("echo 'port 5432 is in use' >&2; exit 7\n")) {
      assertThatThrownBy(() -> ready(server))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("exit code 7")
          .hasMessageContaining("port 5432 is in use");
    }
  }

  @Test
  void its_command_asks_for_free_ports_and_passes_the_users_data_as_given_and_the_day() {
    ServerCommandLine command =
        new ServerCommandLine(home, Path.of("files"), LocalDate.of(2026, 1, 15));
    assertThat(String.join(" ", command.words(Path.of("/d"))))
        .isEqualTo(
            home
                + "/tasklane server start --data /d --grpc-port 0 --http-port 0 --jms-port 0"
                + " --trading-data files --as-of 2026-01-15");
  }
}
