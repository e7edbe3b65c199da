package io.tasklane.cli.batch;

import com.google.gson.JsonArray;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Actor;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchRefusal;
import java.io.PrintWriter;
import java.util.List;

/** How batch operations are printed. */
record BatchView(PrintWriter out, OutputFormat format) {
  /** Prints everything about one. */
  void one(BatchOperation operation) {
    if (format.isData()) {
      out.println(format.document(Json.of(operation)));
      return;
    }
    Table table = new Table("FIELD", "VALUE");
    table.row("name", operation.getName()).row("kind", kind(operation));
    table.row("filter", operation.getFilter()).row("state", state(operation));
    table.row("counts", counts(operation));
    table.row("rate", operation.getMaximumPerSecond() + " a second");
    if (operation.getPriority() > 0) {
      table.row("priority", operation.getPriority());
    }
    table.row("by", actor(operation.getActor()));
    table.row("started", Timestamps.toString(operation.getCreateTime()));
    if (operation.hasEndTime()) {
      table.row("ended", Timestamps.toString(operation.getEndTime()));
    }
    if (operation.hasStopActor()) {
      table.row("stopped by", actor(operation.getStopActor()));
    }
    if (!operation.getFailureMessage().isEmpty()) {
      table.row("failure", operation.getFailureMessage());
    }
    table.print(out);
    if (operation.getRefusedCount() > 0) {
      out.println("see tasklane batch refusals " + operation.getName());
    }
  }

  /** Prints how many match. */
  void count(BatchOperation checked) {
    if (format.isData()) {
      out.println(format.document(Json.of(checked)));
    } else {
      out.println(checked.getMatchedCount() + " match");
    }
  }

  /** Prints a list in the order given. */
  void many(List<BatchOperation> operations) {
    if (format.isData()) {
      array(operations);
      return;
    }
    Table table = new Table("NAME", "KIND", "STATE", "COUNTS", "STARTED", "BY");
    for (BatchOperation operation : operations) {
      table.row(
          operation.getName(),
          kind(operation),
          state(operation),
          counts(operation),
          Timestamps.toString(operation.getCreateTime()),
          actor(operation.getActor()));
    }
    table.print(out);
  }

  /** Prints refusals in the order given. */
  void refusals(List<BatchRefusal> refusals) {
    if (format.isData()) {
      array(refusals);
      return;
    }
    Table table = new Table("TARGET", "REASON", "MESSAGE");
    refusals.forEach(one -> table.row(one.getTarget(), one.getReason(), one.getMessage()));
    table.print(out);
  }

  private void array(List<? extends MessageOrBuilder> messages) {
    JsonArray array = new JsonArray();
    messages.forEach(message -> array.add(Json.of(message)));
    out.println(format.document(array));
  }

  /** Such as "7 done, 2 refused, 1 left of 10". */
  static String counts(BatchOperation operation) {
    return "%d done, %d refused, %d left of %d"
        .formatted(
            operation.getDoneCount(),
            operation.getRefusedCount(),
            operation.getLeftCount(),
            operation.getMatchedCount());
  }

  private static String kind(BatchOperation operation) {
    return operation.getKind().name().substring("KIND_".length());
  }

  private static String state(BatchOperation operation) {
    return operation.getState().name().substring("STATE_".length());
  }

  private static String actor(Actor actor) {
    return actor.getReason().isEmpty()
        ? actor.getPrincipal()
        : actor.getPrincipal() + ": " + actor.getReason();
  }
}
