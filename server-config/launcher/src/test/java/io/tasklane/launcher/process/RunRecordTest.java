package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir Path folder;
  private RunRecord record;

  @BeforeEach
  void open() {
    record = new RunRecord(folder);
  }

  @Test
  void what_was_written_is_read_by_the_next_launcher() throws Exception {
    record.write("broker", ProcessId.self());

    assertThat(new RunRecord(folder).read("broker")).contains(ProcessId.self());
    assertThat(new RunRecord(folder).living()).containsOnlyKeys("broker");
  }

  @Test
  void a_process_that_is_gone_is_not_living_and_a_torn_entry_is_none() throws Exception {
    record.write("broker", new ProcessId(ProcessHandle.current().pid(), "earlier"));
    Files.writeString(folder.resolve("node-1.pid"), "12");

    assertThat(record.living()).isEmpty();
    assertThat(record.read("node-1")).isEmpty();
  }

  @Test
  void leftovers_are_ended_by_their_recorded_number() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "60").start();
    record.write("broker", ProcessId.of(orphan.pid()).orElseThrow());
    List<String> said = new ArrayList<>();

    Leftovers.clear(record, Duration.ofMillis(200), said::add);

    assertThat(orphan.waitFor()).isEqualTo(128 + 9);
    assertThat(said).singleElement().asString().contains("broker", "pid " + orphan.pid());
    assertThat(record.read("broker")).isEmpty();
  }

  @Test
  void leftovers_that_end_by_themselves_are_waited_for() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "0.3").start();
    record.write("broker", ProcessId.of(orphan.pid()).orElseThrow());

    Leftovers.clear(record, Duration.ofSeconds(20), said -> {});

    assertThat(orphan.waitFor()).isZero();
  }
}
