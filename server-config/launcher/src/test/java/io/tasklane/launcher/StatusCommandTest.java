package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  @TempDir Path folder;
  private DataFolder data;
  private RunRecord record;

  @BeforeEach
  void prepare() throws Exception {
    data = new DataFolder(folder);
    data.create();
    record = new RunRecord(data.run());
  }

  private CommandRun status(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "status";
    words[1] = "--data=" + folder;
    System.arraycopy(options, 0, words, 2, options.length);
    return CommandRun.of(words);
  }

  private void starting() throws Exception {
    record.write(RunRecord.LAUNCHER, ProcessId.self());
    StatusFile.in(data)
        .write(Map.of(StatusFile.COMPONENTS, "postgres node-1", StatusFile.GRACE, "3"));
  }

  private void ready() throws Exception {
    starting();
    record.write("postgres", ProcessId.self());
    record.write("node-1", ProcessId.self());
    Files.createFile(data.run().resolve("node-1.ready"));
    Map<String, String> fields = new LinkedHashMap<>(StatusFile.in(data).read());
    fields.put(StatusFile.READY, "true");
    fields.put("grpc", "127.0.0.1:9090");
    fields.put("database-url", "jdbc:postgresql://127.0.0.1:5433/tasklane");
    StatusFile.in(data).write(fields);
  }

  @Test
  void without_a_server_it_says_so_and_fails() {
    assertThat(status().code()).isEqualTo(1);
    assertThat(status().out()).startsWith("tasklane not running, data=" + folder);
    assertThat(status("-o", "json").out().strip())
        .isEqualTo("{\"state\":\"NOT_RUNNING\",\"pids\":{},\"data\":\"" + folder + "\"}");
  }

  @Test
  void a_server_that_starts_is_not_there_yet() throws Exception {
    starting();

    assertThat(status().code()).isEqualTo(1);
    assertThat(status().out()).startsWith("tasklane starting launcher.pid=");
    assertThat(status("-o=json").code()).isEqualTo(1);
    assertThat(status("-o=json").out()).startsWith("{\"state\":\"STARTING\",");
  }

  @Test
  void a_server_that_is_ready_is_told_with_its_addresses_and_its_processes() throws Exception {
    ready();
    long pid = ProcessId.self().pid();

    assertThat(status().code()).isZero();
    assertThat(status().out().strip())
        .isEqualTo(
            "tasklane ready grpc=127.0.0.1:9090"
                + " database-url=jdbc:postgresql://127.0.0.1:5433/tasklane"
                + " launcher.pid=%1$d node-1.pid=%1$d postgres.pid=%1$d data=%2$s"
                    .formatted(pid, folder));
    assertThat(status("--output", "json").out().strip())
        .isEqualTo(
            "{\"state\":\"READY\",\"grpc\":\"127.0.0.1:9090\","
                + "\"databaseUrl\":\"jdbc:postgresql://127.0.0.1:5433/tasklane\","
                + "\"pids\":{\"launcher\":%1$d,\"node-1\":%1$d,\"postgres\":%1$d},\"data\":\"%2$s\"}"
                    .formatted(pid, folder));
  }

  @Test
  void a_server_that_starts_a_component_again_is_not_ready() throws Exception {
    ready();
    record.write("postgres", new ProcessId(ProcessId.self().pid(), "earlier"));
    assertThat(status().code()).isEqualTo(1);
    assertThat(status().out()).startsWith("tasklane restarting grpc=");

    record.write("postgres", ProcessId.self());
    assertThat(status().code()).isZero();

    Files.delete(data.run().resolve("node-1.ready"));
    assertThat(status().code()).isEqualTo(1);
  }

  @Test
  void a_format_it_does_not_know_is_refused() {
    assertThat(status("-o", "xml").code()).isEqualTo(2);
    assertThat(status("-o", "xml").error()).contains("table or json");
  }

  @Test
  void a_relative_folder_stays_relative_in_what_is_said() {
    Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());

    assertThat(CommandRun.of("status", "--data", relative.toString()).out().strip())
        .isEqualTo("tasklane not running, data=" + relative);
    assertThat(CommandRun.of("stop", "--data", relative.toString()).out().strip())
        .isEqualTo("tasklane not running, data=" + relative);
  }

  @Test
  void what_fails_on_a_server_that_is_ready_is_told_and_leaves_it_ready() throws Exception {
    ready();
    byte[] health =
        """
        {"status":"UP","checks":[{"name":"ongoing-faults","status":"UP","data":{
          "detail":"1 kinds of work fail: \\"a\\"","healthy":false}}]}"""
            .getBytes(StandardCharsets.UTF_8);
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, health.length);
          exchange.getResponseBody().write(health);
          exchange.close();
        });
    node.start();
    try {
      Map<String, String> fields = new LinkedHashMap<>(StatusFile.in(data).read());
      fields.put("http", "127.0.0.1:" + node.getAddress().getPort());
      StatusFile.in(data).write(fields);
      assertThat(status().code()).isZero();
      assertThat(status().out().lines()).hasSize(2).last().isEqualTo("1 kinds of work fail: \"a\"");
      assertThat(status("-o=json").out())
          .contains(",\"ongoingFaults\":\"1 kinds of work fail: \\\"a\\\"\"");
    } finally {
      node.stop(0);
    }
  }
}
