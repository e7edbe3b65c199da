package io.tasklane.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.UpdateScheduleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of other systems, beside what is made of each (.yaml) and what is left out of it (.report);
 * {@code -Dtasklane.import.write=true} writes these anew, to be read before they are committed.
 */
class ImportCommandTest {
  private static final Path FILES = Path.of("src/test/resources/io/tasklane/cli/importer");

  @TempDir private Path folder;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String command, String file, String... more) {
    List<String> words = new ArrayList<>(List.of("import"));
    words.addAll(List.of(command.split(" ")));
    words.addAll(List.of(file, "--map", FILES.resolve("names.yaml").toString()));
    words.addAll(List.of(more));
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), words.toArray(String[]::new));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "celery-beat,beat.py",
    "celery-beat,redbeat.json",
    "crontab,crontab.txt",
    "crontab --system,crontab-system.txt",
    "bull,bull.json",
    "quartz,quartz.xml",
  })
  void what_is_made_and_what_is_left_out_is_as_it_is_kept(String command, String file)
      throws Exception {
    CommandRun run = run(command, FILES.resolve(file).toString());
    Path made = FILES.resolve(file.replaceAll("\\.\\w+$", ".yaml"));
    Path left = FILES.resolve(file.replaceAll("\\.\\w+$", ".report"));
    if (Boolean.getBoolean("tasklane.import.write")) {
      Files.writeString(made, run.out());
      Files.writeString(left, run.err());
    }
    assertThat(run.out()).isEqualTo(Files.readString(made));
    assertThat(run.err()).isEqualTo(Files.readString(left));
    assertThat(run.exitCode()).isEqualTo(1);
    CommandRun partial = run(command, FILES.resolve(file).toString(), "--partial");
    assertThat(partial.exitCode()).isZero();
    assertThat(partial.out()).isEqualTo(run.out());
  }

  @Test
  void what_is_printed_is_what_apply_stores() throws IOException {
    Path yaml = write(run("celery-beat", FILES.resolve("beat.py").toString(), "--partial").out());
    CommandRun applied =
        CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), "apply", "-f", yaml.toString());
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    List<Schedule> byApply = stored();
    server.schedules.asked.clear();
    CommandRun stored =
        run("celery-beat", FILES.resolve("beat.py").toString(), "--partial", "--apply");
    assertThat(stored.out())
        .contains("stored schedules/fetch-news", "workflowTemplates/night-batch");
    assertThat(stored()).isEqualTo(byApply).hasSizeGreaterThan(2);
  }

  /** What the server was asked to keep, whether it had one of that name or not. */
  private List<Schedule> stored() {
    List<Schedule> stored = new ArrayList<>();
    for (Message asked : server.schedules.asked) {
      if (asked instanceof CreateScheduleRequest create) {
        stored.add(create.getSchedule());
      } else if (asked instanceof UpdateScheduleRequest update) {
        stored.add(update.getSchedule());
      }
    }
    return stored;
  }

  @Test
  void nothing_is_stored_while_something_is_left_out() {
    CommandRun run = run("celery-beat", FILES.resolve("beat.py").toString(), "--apply");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("solar()", "nothing was stored", "--partial");
    assertThat(stored()).isEmpty();
  }

  @Test
  void a_file_that_can_be_carried_over_whole_ends_with_0() throws IOException {
    CommandRun run = run("crontab", write("5 4 * * sun backup-db\n").toString(), "--disabled");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("expression: \"5 4 * * 0\"", "disabled: true");
  }

  @Test
  void a_task_without_a_queue_is_left_out_with_the_way_out() throws IOException {
    Path file = write("{'a': {'task': 'x.y', 'schedule': 5}, 'b': {'task': 'x y', 'schedule': 5}}");
    CommandRun none = CommandRun.of(Map.of(), "import", "celery-beat", file.toString());
    assertThat(none.err())
        .isEqualTo(
            "line 1: a: no queue for the task \"x.y\": give --queue, or --map\n"
                + "line 1: b: no queue for the task \"x y\": give --queue, or --map\n");
    CommandRun some =
        CommandRun.of(Map.of(), "import", "celery-beat", file.toString(), "--queue", "NEWS");
    assertThat(some.out()).contains("queue: queues/NEWS", "task_type: x.y");
    assertThat(some.err())
        .isEqualTo("line 1: b: no type for the task \"x y\": name it in --map, tasks\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "celery-beat | {'a': {'task': 'x' | line 1: here , is needed, and not the end",
        "celery-beat | {'a': 1, 'a': 2} | line 1: the key \"a\" stands twice",
        "celery-beat | [1] | line 1: a dictionary of entries is needed",
        "celery-beat | {'a': 'b | line 1: a text does not end",
        "celery-beat | {'a': 1/0} | line 1: here is a division by zero",
        "celery-beat | {} trailing | line 1: here stands \"t\", which is no value",
        "bull | {} | line 1: a list of jobs is needed",
        "quartz | <a> | line 1: this is no XML",
        "quartz | <a/> | line 1: <job-scheduling-data> is needed, not a",
        "quartz | <!DOCTYPE a [<!ENTITY x SYSTEM \"file:/etc/passwd\">]><a>&x;</a> | line 1: a DTD",
      })
  void a_file_that_cannot_be_read_is_a_usage_error_with_its_line(
      String command, String text, String message) throws IOException {
    Path file = write(text);
    CommandRun run = run(command, file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("tasklane: FILE " + file + ": " + message)
        .doesNotContain("root:", "\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tasks: [a] | line 1, tasks: here stands a list",
        "task: {a: b} | line 1, task: is not known: queue, queues, tasks",
        "tasks: {a: {queue: Q}} | line 1, tasks.a.type: is missing",
        "queue: 4711 | line 1, queue: here stands 4711",
      })
  void a_mapping_at_fault_is_named_with_its_line(String map, String message) throws IOException {
    Path names = Files.writeString(folder.resolve("names.yaml"), map);
    CommandRun run =
        CommandRun.of(
            Map.of(), "import", "crontab", write("").toString(), "--map", names.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tasklane: --map " + names + ": " + message);
  }

  @Test
  void another_format_is_refused() throws IOException {
    CommandRun run = run("crontab", write("5 4 * * * backup-db").toString(), "-o", "json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("YAML for tasklane apply");
  }

  @Test
  void a_zone_holds_where_the_file_names_none() throws IOException {
    CommandRun run =
        run("crontab", write("5 4 * * * backup-db").toString(), "--zone", "Asia/Tokyo");
    assertThat(run.out()).contains("time_zone: Asia/Tokyo");
    assertThat(run("crontab", "x", "--zone", "Mars/Olympus").err()).contains("Europe/London");
  }

  @Test
  void nothing_of_a_file_is_run_and_a_deep_one_ends() throws IOException {
    CommandRun run = run("celery-beat", write("[".repeat(100_000)).toString());
    assertThat(run.err()).contains("nested too deep");
  }
}
