package io.tasklane.cli.event;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.PublishEventsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane event publish}: durable once it answers. */
@Command(
    name = "publish",
    description = "Publish an event; it is durable once this answers.",
    footer = {
      "",
      "Example: tasklane event publish market.news symbols/AAPL --data " + "'{\"impact\": 0.9}'"
    },
    mixinStandardHelpOptions = true)
final class EventPublish extends ServerCommand {
  @Parameters(paramLabel = "TYPE", description = "For example market.news.")
  private String type;

  @Parameters(paramLabel = "SUBJECT", description = "For example symbols/AAPL.")
  private String subject;

  @Option(
      names = "--data",
      paramLabel = "JSON",
      description = "The details, a JSON object. Default: {}.")
  private String data = "{}";

  @Option(
      names = "--id",
      description = "Your own id of it: the same id again changes nothing. Default: none.")
  private String id = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    PublishEventsResponse answer =
        connection.service(EventServiceGrpc::newBlockingStub).publishEvents(request());
    long revision = answer.getRevisions(0);
    if (format().isData()) {
      JsonObject published = new JsonObject();
      published.addProperty("revision", revision);
      out().println(format().document(published));
    } else {
      out().println("published with revision " + revision);
    }
    return ExitCode.FINE;
  }

  private PublishEventsRequest request() {
    Payload payload =
        Payload.newBuilder()
            .setContentType("application/json")
            .setInline(ByteString.copyFromUtf8(data))
            .build();
    return PublishEventsRequest.newBuilder()
        .setRequestId(requestId.value())
        .addEvents(
            Event.newBuilder()
                .setEventId(id)
                .setEventType(type)
                .setSubject(subject)
                .setData(payload))
        .build();
  }
}
