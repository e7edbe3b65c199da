package io.tasklane.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever runs protoc finds beside the contract all that it needs, and the commands work. */
class ProtocTest {
  /** What a protoc from its archive has beside itself, unlike the one that Maven brings. */
  private static final List<String> OF_PROTOC =
      List.of("any", "descriptor", "duration", "field_mask", "struct", "timestamp");

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PLUGINS = Path.of("target", "protoc-plugins").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void unpackWhatComesWithProtoc() throws IOException {
    Files.createDirectories(folder.resolve("include/google/protobuf"));
    Files.createDirectories(folder.resolve("generated"));
    for (String name : OF_PROTOC) {
      String file = "google/protobuf/" + name + ".proto";
      try (InputStream proto = Message.class.getResourceAsStream("/" + file)) {
        Files.copy(proto, folder.resolve("include").resolve(file));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "buf/validate/validate.proto",
        "google/rpc/status.proto",
        "google/rpc/error_details.proto"
      })
  void an_import_is_the_one_that_the_server_is_built_with(String file) throws IOException {
    try (InputStream built = getClass().getResourceAsStream("/" + file)) {
      assertThat(Files.readString(Path.of("imports").resolve(file)))
          .isEqualTo(new String(built.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void the_documented_command_for_java_generates_messages_and_stubs() throws Exception {
    run(documented("protoc "));
    assertThat(folder.resolve("generated/io/tasklane/v1/Task.java")).exists();
    assertThat(folder.resolve("generated/io/tasklane/v1/TaskServiceGrpc.java")).exists();
  }

  /** But for the stubs, whose plugin is a part of grpcio-tools, which the build does not have. */
  @Test
  void the_documented_command_for_python_generates_messages() throws Exception {
    String command = documented("python -m grpc_tools.protoc ");
    assertThat(command).contains(" --grpc_python_out=generated");
    run(
        command
            .replace(" --grpc_python_out=generated", "")
            .replace("python -m grpc_tools.protoc ", "protoc "));
    assertThat(folder.resolve("generated/tasklane/v1/task_service_pb2.py")).exists();
    assertThat(folder.resolve("generated/buf/validate/validate_pb2.py")).exists();
  }

  private static String documented(String begin) throws IOException {
    List<String> commands =
        Files.readAllLines(ROOT.resolve("docs/clients.md")).stream()
            .filter(line -> line.startsWith(begin))
            .toList();
    assertThat(commands).hasSize(1);
    return commands.get(0);
  }

  /** Runs it in the root of the project, with the protoc that the build has downloaded. */
  private void run(String command) throws IOException, InterruptedException {
    String mine =
        command
            .replaceFirst("^protoc ", plugin("protoc-[0-9].*") + " -I '" + folder + "/include' ")
            .replace("=generated", "='" + folder.resolve("generated") + "'");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", mine).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().put("GRPC_JAVA", plugin("protoc-gen-grpc-java-.*").toString());
    Process protoc = builder.start();
    String said = new String(protoc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(protoc.waitFor()).as(said).isZero();
  }

  private static Path plugin(String name) throws IOException {
    try (Stream<Path> files = Files.list(PLUGINS)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
