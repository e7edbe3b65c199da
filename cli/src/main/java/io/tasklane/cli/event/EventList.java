package io.tasklane.cli.event;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.Moment;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane event list}: what happened, the newest first. */
@Command(
    name = "list",
    description = "List what happened, the newest first.",
    footer = {
      "",
      "Example: tasklane event list --filter 'event_type = \"market.news\"' --since 1h"
    },
    mixinStandardHelpOptions = true)
final class EventList extends ServerCommand {
  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "For example: event_type = \"market.news\" AND subject = \"symbols/AAPL\"")
  private String filter = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Only from then on: 2026-11-23T09:30:00Z, or 10m for ten minutes ago.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Only before then, written alike.")
  private Instant until;

  @Option(names = "--oldest-first", description = "In the order in which it happened.")
  private boolean oldestFirst;

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(EventServiceGrpc::newBlockingStub);
    var events =
        new Listing<>(ListEventsResponse::getEventsList, ListEventsResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listEvents(request(page, size)));
    new EventView(out(), format()).many(events.elements());
    PageOptions.remark(err(), times(), events.nextPage());
    if (!oldestFirst || events.nextPage().isEmpty()) {
      err()
          .println(
              "for what comes after: tasklane event watch --from "
                  + events.last().getResumeToken());
    }
    return ExitCode.FINE;
  }

  private ListEventsRequest request(String page, int size) {
    return ListEventsRequest.newBuilder()
        .setPageSize(size)
        .setPageToken(page)
        .setOrderBy(oldestFirst ? "" : "event_time desc")
        .setFilter(String.join(" AND ", conditions()))
        .build();
  }

  /** As moments, so that the next page is one of the same list although time passes. */
  private String times() {
    return (since == null ? "" : "--since " + since + " ")
        + (until == null ? "" : "--until " + until + " ");
  }

  private List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (since != null) {
      conditions.add("event_time >= \"" + since + "\"");
    }
    if (until != null) {
      conditions.add("event_time < \"" + until + "\"");
    }
    if (!filter.isBlank()) {
      conditions.add(filter);
    }
    return conditions;
  }
}
