package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/clients.md says about Node, done as it stands there. */
@ExtendWith(SharedServer.class)
class DocumentedNodeIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String COMMAND = "npx proto-loader-gen-types ";

  @TempDir private Path folder;

  @Test
  void its_lines_connect_to_a_server(RunningServer server) throws Exception {
    String page = page();
    String lines = page.substring(page.indexOf("```js\n") + 6);
    String script =
        lines
                .substring(0, lines.indexOf("```"))
                .replace("'proto/", "'" + Home.folder() + "/proto/")
                .replace("127.0.0.1:9090", server.grpc())
            + "tasks.ListTasks({ page_size: 1 }, (error, answer) => {\n"
            + "  console.log(error ?? `token ${answer.resume_token}`);\n"
            + "  tasks.close();\n"
            + "});\n";
    Path file = Files.writeString(Home.node().resolve("documented.mjs"), script);
    CommandRun run = CommandRun.of(BOUND, List.of("node", file.toString()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.lastLine()).startsWith("token ");
  }

  @Test
  void its_command_generates_types() throws Exception {
    String command =
        page().lines().filter(line -> line.startsWith(COMMAND)).findFirst().orElseThrow();
    String mine =
        command
            .replace("npx ", Home.node().resolve("node_modules/.bin") + "/")
            .replace("=generated", "=" + folder);
    CommandRun run =
        CommandRun.of(BOUND, List.of("sh", "-c", "cd '" + Home.folder() + "' && " + mine));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("task_service.ts")).exists();
    assertThat(folder.resolve("tasklane/v1/Task.ts")).exists();
  }

  private static String page() throws IOException {
    return Files.readString(Home.folder().resolve("docs/clients.md"));
  }
}
