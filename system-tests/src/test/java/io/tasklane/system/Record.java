package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Task;
import java.util.Comparator;
import java.util.List;

/** What must hold for the recorded times of tasks of one sequential queue. */
final class Record {
  private Record() {}

  /** In the order in which they started. */
  static List<Task> byStart(List<Task> tasks) {
    Comparator<Timestamp> times = Timestamps.comparator();
    return tasks.stream().sorted(Comparator.comparing(Task::getStartTime, times)).toList();
  }

  /** Each ended before, or in the instant in which, the next began. */
  static void assertNeverTwoAtOnce(List<Task> tasks) {
    List<Task> order = byStart(tasks);
    for (int i = 1; i < order.size(); i++) {
      Task before = order.get(i - 1);
      Task next = order.get(i);
      assertThat(Timestamps.compare(before.getEndTime(), next.getStartTime()))
          .as("%s ended before %s began", before, next)
          .isLessThanOrEqualTo(0);
    }
  }
}
