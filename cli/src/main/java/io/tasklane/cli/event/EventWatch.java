package io.tasklane.cli.event;

import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Following;
import io.tasklane.cli.command.Moment;
import io.tasklane.cli.command.OutputFailure;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.WholeNumber.Count;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane event watch}: a line for every event from now on, a time or a token. */
@Command(
    name = "watch",
    description = "Show events as they happen, until it is interrupted.",
    footer = {"", "Example: tasklane event watch --filter 'event_type = \"market.news\"'"},
    mixinStandardHelpOptions = true)
final class EventWatch extends ServerCommand {
  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "For example: event_type = \"market.news\" AND subject = \"symbols/AAPL\"")
  private String filter = "";

  @Option(
      names = "--from",
      paramLabel = "TOKEN|TIME",
      description =
          "A resume token to go on from, or a time: 2026-11-23T09:30:00Z, or 10m for ten minutes"
              + " ago. Default: from now on.")
  private String from = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Count.class,
      description = "End after so many events. Default: never.")
  private int count = Integer.MAX_VALUE;

  private volatile String token = "";

  @Override
  protected ExitCode run(Connection connection) {
    Optional<Instant> start = new Moment().read(from);
    if (start.isEmpty()) {
      token = from;
    }
    Thread hook = new Thread(this::sayTokenAtLast, "say the token");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return watch(connection, start);
    } catch (StatusRuntimeException e) {
      sayToken();
      throw e;
    } finally {
      forget(hook);
    }
  }

  private ExitCode watch(Connection connection, Optional<Instant> start) {
    EventView view = new EventView(out(), format());
    boolean delivered = true;
    // The server ends every stream after a while; the next one goes on where it ended.
    while (count > 0 && delivered) {
      delivered = follow(connection, request(start), view);
    }
    if (count > 0) {
      err().println("the stream ended, and a new one told nothing");
    }
    sayToken();
    return count > 0 ? ExitCode.ERROR : ExitCode.FINE;
  }

  /** Whether the stream delivered anything. */
  private boolean follow(Connection connection, SubscribeEventsRequest request, EventView view) {
    return Following.read(
        connection.streams(EventServiceGrpc::newBlockingStub).subscribeEvents(request),
        message -> {
          boolean all = show(message.getBatch().getEventsList(), view);
          // What is not shown any more comes again for whoever goes on from here.
          token = all ? message.getResumeToken() : token;
          return count > 0;
        });
  }

  /** Whether all of them were wanted. */
  private boolean show(List<Event> events, EventView view) {
    for (Event event : events) {
      if (count == 0) {
        return false;
      }
      view.one(event);
      count--;
    }
    return true;
  }

  private SubscribeEventsRequest request(Optional<Instant> start) {
    SubscribeEventsRequest.Builder request =
        SubscribeEventsRequest.newBuilder().setFilter(filter).setResumeToken(token);
    if (token.isEmpty()) {
      start.map(EventWatch::wire).ifPresent(request::setStartTime);
    }
    return request.build();
  }

  private void sayToken() {
    if (!token.isEmpty()) {
      err().println("go on with: tasklane event watch --from " + token);
    }
  }

  /** After Ctrl-C: where that cannot be printed either, nothing is left to be done. */
  private void sayTokenAtLast() {
    try {
      sayToken();
    } catch (OutputFailure e) {
      return;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is going down: the hook says the token.
    }
  }

  private static Timestamp wire(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
