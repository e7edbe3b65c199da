package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/cli.md shows, typed into a shell as it stands there. */
@ExtendWith(SharedServer.class)
class DocumentedCommandIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir private Path folder;

  @Test
  void every_block_of_the_page_does_what_it_says(RunningServer server) throws Exception {
    String page = Files.readString(Home.folder().resolve("docs/cli.md"));
    List<String> blocks = BLOCK.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(4);
    for (String block : blocks) {
      assertThat(shell(server, block)).as(block + Files.readString(shown())).isZero();
    }
    assertThat(folder.resolve("schedules.yaml")).content().contains("America/New_York");
    assertThat(Files.readString(shown())).doesNotContain("s3cret");
  }

  private Path shown() {
    return folder.resolve("shown");
  }

  private int shell(RunningServer server, String block) throws IOException, InterruptedException {
    String script = "tasklane() { '" + Home.script() + "' \"$@\"; }\n" + block;
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", script);
    builder.environment().put("TASKLANE_SERVER", server.grpc());
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_CONFIG_HOME");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(shown().toFile()))
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
