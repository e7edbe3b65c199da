package io.tasklane.task.run;

import io.tasklane.event.EventData;
import io.tasklane.task.Publication;
import java.util.ArrayList;
import java.util.List;

/** The events that a run has published so far; they become part of the log if the run succeeds. */
final class Publications {
  private final String task;
  private final List<Publication> collected = new ArrayList<>();
  private long bytes;

  Publications(String task) {
    this.task = task;
  }

  void add(Publication event) {
    EventData.requireObject(event.data());
    bytes += event.data().body().length;
    if (collected.size() == Publication.MOST_AT_ONCE || bytes > Publication.MOST_BYTES_AT_ONCE) {
      throw new IllegalStateException(
          task
              + " publishes too much: one run may publish "
              + Publication.MOST_AT_ONCE
              + " events with data of "
              + Publication.MOST_BYTES_AT_ONCE
              + " bytes in all");
    }
    collected.add(event);
  }

  List<Publication> collected() {
    return List.copyOf(collected);
  }
}
