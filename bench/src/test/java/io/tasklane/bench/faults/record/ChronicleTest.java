package io.tasklane.bench.faults.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleTest {
  @TempDir Path folder;

  @Test
  void what_is_written_is_read_again() throws IOException {
    List<Entry> entries =
        List.of(
            new Entry.QueueMade(1, "queues/A", 2),
            new Entry.Created(
                3,
                2,
                "tasks/a",
                "queues/A",
                7,
                Behaviour.success(5),
                List.of(new Need("tasks/b", DependencyPolicy.ON_END))),
            new Entry.ResourceMade(3, "resources/units", 4),
            new Entry.CreateUnanswered(
                4,
                new Entry.Created(
                    3,
                    3,
                    "tasks/c",
                    "queues/A",
                    5,
                    Behaviour.success(1),
                    List.of(),
                    new Sharing("account-1", 2))),
            new Entry.CancelAsked(4, "tasks/a"),
            new Entry.CancelAnswered(5, "tasks/a", null),
            new Entry.Moved(
                6, 5, 9, "tasks/a", "queues/A", Move.SUBMIT, null, TaskState.QUEUED, 0, 7),
            new Entry.Begun(7, "tasks/a", "queues/A", "n1", 1, 12),
            new Entry.Returned(8, "tasks/a", 12, Entry.Outcome.RESULT),
            new Entry.Effect(9, "tasks/a", "tasks/a", 12, false),
            new Entry.Ended(
                10,
                "tasks/a",
                TaskState.SUCCEEDED,
                1,
                0,
                12,
                "",
                33,
                List.of(new Entry.PastRun(12, 1, "nodes/n1", ""))),
            new Entry.Struck(11, "KILL_NODE", "n1", 0),
            new Entry.Kills(12, "tasks/a", 12),
            new Entry.ForeignSent(13, 12, "f", "tasklane.queue.A", "TEXT", true, false),
            new Entry.ForeignMoved(14, "f", "tasklane.queue.A", "why", 99));
    Path file = folder.resolve("record.jsonl");
    try (Chronicle chronicle = new Chronicle(file, Clock.systemUTC())) {
      entries.forEach(chronicle::add);
      assertThat(chronicle.entries()).isEqualTo(entries);
    }
    assertThat(Chronicle.read(file)).isEqualTo(entries);
    assertThat(entries).extracting(Entry::getClass).doesNotHaveDuplicates();
    assertThat(entries).hasSize(Entry.class.getPermittedSubclasses().length);
  }

  @Test
  void a_record_of_before_queues_were_mixed_reads_as_plain_ones() {
    assertThat(
            EntryLine.read(
                "{\"entry\":\"QueueMade\",\"at\":1,\"queue\":\"queues/A\",\"concurrency\":2}"))
        .isEqualTo(new Entry.QueueMade(1, "queues/A", 2, false, 0));
    assertThat(
            EntryLine.read(
                "{\"entry\":\"Created\",\"at\":2,\"sent\":1,\"task\":\"tasks/a\",\"queue\":"
                    + "\"queues/A\",\"priority\":5,\"needs\":[]}"))
        .isInstanceOfSatisfying(
            Entry.Created.class, created -> assertThat(created.sharing()).isEqualTo(Sharing.NONE));
  }

  @Test
  void times_are_microseconds() {
    assertThat(Chronicle.micros(Instant.parse("1970-01-01T00:00:01.000002Z"))).isEqualTo(1_000_002);
  }
}
