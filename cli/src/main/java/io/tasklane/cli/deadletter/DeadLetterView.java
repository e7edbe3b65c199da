package io.tasklane.cli.deadletter;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.DeadLetter;
import java.io.PrintWriter;
import java.util.List;

/** How dead letters are printed. */
record DeadLetterView(PrintWriter out, OutputFormat format) {

  /** Prints everything about one, its stack trace last. */
  void one(DeadLetter letter) {
    if (format.isData()) {
      out.println(format.document(Json.of(letter)));
      return;
    }
    Table table = new Table("FIELD", "VALUE");
    table.row("name", letter.getName()).row("task", letter.getTask());
    table.row("queue", letter.getQueue()).row("type", letter.getTaskType());
    table.row("failed", Timestamps.toString(letter.getCreateTime()));
    table.row("attempts", letter.getAttemptCount());
    table.row("failure", failure(letter)).row("fingerprint", letter.getFingerprint());
    table.row("replays", letter.getReplayCount());
    if (letter.hasLastReplayActor()) {
      table.row("replayed by", letter.getLastReplayActor().getPrincipal());
      table.row("because", letter.getLastReplayActor().getReason());
    }
    table.print(out);
    letter.getFailure().getStackTrace().lines().forEach(out::println);
    out.flush();
  }

  /** Prints a list in the order given. */
  void many(List<DeadLetter> letters) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      letters.forEach(letter -> array.add(Json.of(letter)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("NAME", "QUEUE", "TYPE", "FINGERPRINT", "REPLAYS", "FAILED", "FAILURE");
    for (DeadLetter letter : letters) {
      table.row(
          letter.getName(),
          letter.getQueue(),
          letter.getTaskType(),
          letter.getFingerprint(),
          letter.getReplayCount(),
          Timestamps.toString(letter.getCreateTime()),
          failure(letter));
    }
    table.print(out);
  }

  private static String failure(DeadLetter letter) {
    return letter.getFailure().getCode() + ": " + letter.getFailure().getMessage();
  }
}
