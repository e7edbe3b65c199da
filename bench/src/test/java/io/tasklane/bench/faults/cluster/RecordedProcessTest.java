package io.tasklane.bench.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedProcessTest {
  @TempDir Path folder;

  private Path record(String text) throws IOException {
    return Files.writeString(folder.resolve("node-1.pid"), text);
  }

  // As the launcher writes it; see its class ProcessId.
  private static String birthOfThis() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/" + start;
  }

  @Test
  void a_process_is_found_by_its_number_and_its_start() throws Exception {
    ProcessHandle self = ProcessHandle.current();

    assertThat(RecordedProcess.in(record(self.pid() + " " + birthOfThis() + "\n"))).contains(self);
  }

  @Test
  void another_process_with_its_number_is_not_it() throws Exception {
    long pid = ProcessHandle.current().pid();

    assertThat(RecordedProcess.in(record(pid + " another-boot/1"))).isEmpty();
    assertThat(RecordedProcess.in(record(Long.toString(pid)))).isEmpty();
    assertThat(RecordedProcess.in(folder.resolve("nothing"))).isEmpty();
  }
}
