package io.tasklane.trading.run;

import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;

/**
 * Tells the world what a task found, each event with its source and day. The log takes so many
 * events of one run; the rest are counted in the run's log, and stand in its result all the same.
 */
public final class Announcer {
  /** The subject of events about no symbol or account alone. */
  public static final String PORTFOLIO = "portfolio";

  private final Run run;
  private final MarketView view;
  private int left = Publication.MOST_AT_ONCE;

  /** Speaks for that run, of what is seen in that view. */
  public Announcer(Run run, MarketView view) {
    this.run = run;
    this.view = view;
  }

  /** The subject of events about a symbol. */
  public static String symbol(String symbol) {
    return "symbols/" + symbol;
  }

  /** The subject of events about an account. */
  public static String account(String accountId) {
    return "accounts/" + accountId;
  }

  /**
   * Publishes one event when the run succeeds.
   *
   * @param type such as "market.news"
   * @param subject what it is about
   * @param data what a subscriber needs to know
   */
  public void say(String type, String subject, JsonObject data) {
    if (left == 0) {
      run.log("one event too many, not published: " + type + " of " + subject);
      return;
    }
    left--;
    JsonObject whole =
        JsonText.object(data)
            .add("data_source", view.source().name())
            .add("as_of", view.asOf().toString())
            .build();
    run.publish(new Publication(type, subject, Payload.json(whole.toString())));
  }
}
