package io.tasklane.trading.run;

import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObjectBuilder;

/** How every trading result begins and ends. */
public final class Results {
  private Results() {}

  /** A result that says where its data come from and of which day they are. */
  public static JsonObjectBuilder of(MarketView view) {
    return JsonText.object()
        .add("data_source", view.source().name())
        .add("as_of", view.asOf().toString());
  }

  /** The finished result; lists are bounded so that it fits into a payload. */
  public static Payload payload(JsonObjectBuilder result) {
    Payload payload = Payload.json(result.build().toString());
    if (payload.body().length > Payload.MAX_BYTES) {
      throw FailureException.permanent(
          "RESULT_TOO_LARGE",
          "the result has "
              + payload.body().length
              + " bytes, allowed are "
              + Payload.MAX_BYTES
              + ": ask for fewer symbols or accounts");
    }
    return payload;
  }
}
