package io.tasklane.cli.event;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane event watch}: a line for every event from now on, or from a token. */
@Command(
    name = "watch",
    description = "Show events as they happen, until it is interrupted.",
    mixinStandardHelpOptions = true)
final class EventWatch extends ServerCommand {
  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "For example: event_type = \"market.news\" AND subject = \"symbols/AAPL\"")
  private String filter = "";

  @Option(
      names = "--from",
      paramLabel = "TOKEN",
      description = "The resume token to go on from. Default: from now on.")
  private String token = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many events. Default: never.")
  private long count = Long.MAX_VALUE;

  @Override
  protected ExitCode run(Connection connection) {
    if (count < 1) {
      throw usage("--count " + count + ": at least 1 is allowed");
    }
    EventView view = new EventView(out(), format());
    boolean delivered = true;
    // The server ends every stream after a while; the next one goes on where it ended.
    while (count > 0 && delivered) {
      delivered = follow(connection, view);
    }
    if (count > 0) {
      err().println("the stream ended, and a new one told nothing; go on with --from " + token);
      return ExitCode.ERROR;
    }
    return ExitCode.FINE;
  }

  /** Whether the stream delivered anything. */
  private boolean follow(Connection connection, EventView view) {
    boolean delivered = false;
    try {
      Iterator<SubscribeEventsResponse> stream =
          connection.streams(EventServiceGrpc::newBlockingStub).subscribeEvents(request());
      while (count > 0 && stream.hasNext()) {
        SubscribeEventsResponse message = stream.next();
        show(message, view);
        token = message.getResumeToken();
        delivered = true;
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Code.UNAVAILABLE || !delivered) {
        throw e;
      }
    }
    return delivered;
  }

  private void show(SubscribeEventsResponse message, EventView view) {
    for (Event event : message.getBatch().getEventsList()) {
      if (count > 0) {
        view.one(event);
        count--;
      }
    }
  }

  private SubscribeEventsRequest request() {
    return SubscribeEventsRequest.newBuilder().setFilter(filter).setResumeToken(token).build();
  }
}
