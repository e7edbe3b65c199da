package io.tasklane.system;

import io.tasklane.v1.Event;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Events for tests that follow the log: moves of tasks, and what others publish. */
final class EventTraffic {
  /** Of the tasks' type and of what is published, so that a test knows its own events. */
  static final String FILTER = "task_type = \"system.noop\" OR event_type = \"test.flow\"";

  static final int EVENTS_OF_A_TASK = 3;

  private EventTraffic() {}

  /** Creates so many tasks that end by themselves, on all three queues. */
  static void runTasks(Client client, int count) {
    List<String> queues = List.of(Client.DATA, Client.AI, Client.PORTFOLIO);
    for (int made = 0; made < count; made += 300) {
      int first = made;
      client.createAll(
          IntStream.range(first, Math.min(count, first + 300))
              .mapToObj(i -> Client.task(queues.get(i % 3), "system.noop", "{}"))
              .map(Task.Builder::clone)
              .toList());
    }
  }

  /** Publishes so many events, about subjects flow/0 and so on, with this data. */
  static void publish(Client client, int count, String data) {
    for (int sent = 0; sent < count; sent += 500) {
      PublishEventsRequest.Builder request = PublishEventsRequest.newBuilder();
      for (int i = sent; i < Math.min(count, sent + 500); i++) {
        request.addEvents(
            Event.newBuilder()
                .setEventType("test.flow")
                .setSubject("flow/" + i)
                .setData(Client.json(data)));
      }
      client.events().publishEvents(request.build());
    }
  }

  /** Everything of these tests that stands in the log behind this revision, page by page. */
  static List<Event> listed(Client client, Event first) {
    List<Event> events = new ArrayList<>();
    ListEventsRequest.Builder request =
        ListEventsRequest.newBuilder().setFilter(FILTER).setPageSize(500);
    boolean begun = false;
    ListEventsResponse page;
    do {
      page = client.events().listEvents(request.build());
      for (Event event : page.getEventsList()) {
        begun = begun || event.getRevision() == first.getRevision();
        if (begun) {
          events.add(event);
        }
      }
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return events;
  }
}
