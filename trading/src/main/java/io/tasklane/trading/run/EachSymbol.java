package io.tasklane.trading.run;

import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Run;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The same work for many symbols: one that fails for good does not fail the task, all failing does.
 *
 * @param <T> what the work gives for a symbol
 * @param results of the symbols that worked, in order
 * @param reasons why the others failed, by symbol
 */
public record EachSymbol<T>(List<T> results, Map<String, String> reasons) {

  /** Does the work, reports progress before each symbol, and ends early when asked to. */
  public static <T> EachSymbol<T> work(Run run, List<String> symbols, Function<String, T> work)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      String symbol = symbols.get(i);
      Stop.ifAsked(run);
      run.progress(i, symbols.size(), symbol, "");
      try {
        results.add(work.apply(symbol));
      } catch (FailureException e) {
        if (e.kind() != Failure.Kind.PERMANENT) {
          throw e;
        }
        reasons.put(symbol, e.getMessage());
        run.log(symbol + " failed: " + e.getMessage());
      }
    }
    run.progress(symbols.size(), symbols.size(), "", "");
    return checked(new EachSymbol<>(results, reasons));
  }

  /** The symbols that failed. */
  public Set<String> failed() {
    return reasons.keySet();
  }

  /** Adds codes_processed, total_codes, codes_failed and the reasons. */
  public void describe(JsonObjectBuilder result) {
    JsonObjectBuilder why = JsonText.object();
    reasons.forEach(why::add);
    result
        .add("total_codes", results.size() + reasons.size())
        .add("codes_processed", results.size())
        .add("codes_failed", JsonText.texts(reasons.keySet()))
        .add("failure_reasons", why);
  }

  private static <T> EachSymbol<T> checked(EachSymbol<T> outcome) {
    if (outcome.results.isEmpty() && !outcome.reasons.isEmpty()) {
      Map.Entry<String, String> first = outcome.reasons.entrySet().iterator().next();
      throw FailureException.permanent(
          "ALL_SYMBOLS_FAILED",
          "all "
              + outcome.reasons.size()
              + " symbols failed; "
              + first.getKey()
              + ": "
              + first.getValue());
    }
    return outcome;
  }
}
