package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each noun of the command as a process of its own, against a real server. */
@ExtendWith(SharedServer.class)
class CommandNounsIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final String address;

  CommandNounsIT(RunningServer server) {
    address = server.grpc();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task list --limit 1",
        "task types",
        "queue list",
        "queue stats AI_ANALYSIS",
        "event list --limit 1",
        "dlq list --limit 1",
        "resource list",
        "schedule list --limit 1",
        "schedule preview --cron 0_8_*_*_MON-FRI",
        "calendar list",
        "workflow list --limit 1",
        "fact list",
        "template list --limit 1",
        "trigger list",
        "worker list",
        "task-type list",
        "batch list --limit 1",
        "profile list",
      })
  void a_noun_prints_json_and_nothing_else(String command) throws Exception {
    // An underscore stands for a space within an argument.
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ")) {
      words.add(word.startsWith("0_") ? word.replace('_', ' ') : word);
    }
    words.addAll(List.of("-o", "json"));
    CommandRun run = run(words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(JsonParser.parseString(run.out()).isJsonNull()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "task get nothing-like-it,TASK_NOT_FOUND,tasklane task list",
    "queue get NOTHING_LIKE_IT,QUEUE_NOT_FOUND,tasklane queue list",
    "workflow get nothing-like-it,WORKFLOW_NOT_FOUND,tasklane workflow list",
    "schedule get nothing-like-it,SCHEDULE_NOT_FOUND,tasklane schedule list",
    "resource get nothing-like-it,RESOURCE_NOT_FOUND,tasklane resource list",
    "template get nothing-like-it,TEMPLATE_NOT_FOUND,tasklane template list",
    "trigger get nothing-like-it,TRIGGER_NOT_FOUND,tasklane trigger list",
    "calendar get nothing-like-it,CALENDAR_NOT_FOUND,tasklane calendar list",
    "fact get nothing_like_it,FACT_NOT_FOUND,tasklane fact list",
    "dlq get nothing-like-it,DEAD_LETTER_NOT_FOUND,tasklane dlq list",
  })
  void what_is_not_there_says_what_to_do_next(String command, String reason, String next)
      throws Exception {
    CommandRun run = run(List.of(command.split(" ")));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(reason, next).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_file_is_checked_and_changes_nothing() throws Exception {
    String morning = Home.folder().resolve("examples/templates/morning.yaml").toString();
    CommandRun run = run(List.of("apply", "-f", morning, "--dry-run", "-o", "yaml"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("workflowTemplates/morning");
  }

  /** What the importers print is checked by the server whole. */
  @ParameterizedTest
  @CsvSource({"celery-beat,beat.py", "crontab,crontab.txt", "bull,bull.json", "quartz,quartz.xml"})
  void what_is_imported_is_what_the_server_accepts(String system, String file, @TempDir Path folder)
      throws Exception {
    Path files = Home.folder().resolve("cli/src/test/resources/io/tasklane/cli/importer");
    CommandRun made =
        run(
            List.of(
                "import",
                system,
                files.resolve(file).toString(),
                "--map",
                files.resolve("names.yaml").toString(),
                "--disabled",
                "--partial"));
    assertThat(made.exitCode()).as(made.err()).isZero();
    String known = made.out().replaceAll("task_type: .*", "task_type: system.noop");
    Path yaml = Files.writeString(folder.resolve("made.yaml"), known);
    if (known.contains("kind: WorkflowTemplate")) {
      // A check stores nothing, so the server does not know the template that a schedule names.
      CommandRun applied = run(List.of("apply", "-f", yaml.toString()));
      assertThat(applied.exitCode()).as(applied.err() + known).isZero();
      assertThat(applied.out()).contains("created workflowTemplates/", "created schedules/");
      for (String line : applied.out().lines().toList()) {
        String[] name = line.replace("created ", "").split("/");
        String noun = name[0].equals("schedules") ? "schedule" : "template";
        assertThat(run(List.of(noun, "delete", name[1])).exitCode()).as(line).isZero();
      }
      return;
    }
    CommandRun checked = run(List.of("apply", "-f", yaml.toString(), "--dry-run"));
    assertThat(checked.exitCode()).as(checked.err() + known).isZero();
    assertThat(checked.out()).contains("would create schedules/");
  }

  @Test
  void top_shows_the_queues_of_the_server_and_ends(@TempDir Path folder) throws Exception {
    Path shown = folder.resolve("shown");
    String command = Home.script() + " top --server " + address;
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qefc", "stty rows 24 cols 80; " + command, "/dev/null");
    builder.environment().put("TERM", "xterm");
    Process process = builder.redirectErrorStream(true).redirectOutput(shown.toFile()).start();
    try (OutputStream keys = process.getOutputStream()) {
      awaitText(shown, "AI_ANALYSIS");
      keys.write('q');
      keys.flush();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String screen = Files.readString(shown, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(screen).isZero();
    assertThat(screen).contains("tasklane top", "ACTIVE", "PORTFOLIO_SYNC");
  }

  private static void awaitText(Path file, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(file).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(file)).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private CommandRun run(List<String> words) throws Exception {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--server", address));
    return CommandRun.tasklane(BOUND, all.toArray(String[]::new));
  }
}
