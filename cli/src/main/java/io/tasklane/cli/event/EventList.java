package io.tasklane.cli.event;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane event list}: what happened, the oldest first. */
@Command(
    name = "list",
    description = "List what happened, the oldest first.",
    mixinStandardHelpOptions = true)
final class EventList extends ServerCommand {
  private static final int LARGEST_PAGE = 500;

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "For example: event_type = \"market.news\" AND subject = \"symbols/AAPL\"")
  private String filter = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 50.")
  private int limit = 50;

  @Override
  protected ExitCode run(Connection connection) {
    if (limit < 1) {
      throw usage("--limit " + limit + ": at least 1 is allowed");
    }
    List<Event> events = new ArrayList<>();
    String page = "";
    do {
      ListEventsResponse answer =
          connection
              .service(EventServiceGrpc::newBlockingStub)
              .listEvents(request(page, events.size()));
      events.addAll(answer.getEventsList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty() && events.size() < limit);
    new EventView(out(), format()).many(events);
    if (!page.isEmpty()) {
      err().println("there are more; ask for them with --limit or narrow them with --filter");
    }
    return ExitCode.FINE;
  }

  private ListEventsRequest request(String page, int have) {
    return ListEventsRequest.newBuilder()
        .setPageSize(Math.min(limit - have, LARGEST_PAGE))
        .setPageToken(page)
        .setFilter(filter)
        .build();
  }
}
