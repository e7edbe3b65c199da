package io.tasklane.trading.risk;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.risk.Reading.Severity;
import io.tasklane.trading.run.Announcer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the checks found.
 *
 * @param held what was looked at
 * @param limits what it was held against
 * @param readings of each check that was made
 * @param unmeasured symbols whose prices are missing
 */
record RiskReport(
    Held held, RiskLimits limits, Map<RiskCheck, List<Reading>> readings, Set<String> unmeasured) {
  private static final int MOST_LISTED = 200;

  /** Whether every limit is kept and everything could be measured. */
  boolean passed() {
    return breaches().isEmpty() && unmeasured.isEmpty();
  }

  /** The broken limits, the worst first. */
  List<Reading> breaches() {
    return alerts().stream().filter(Reading::isBreach).toList();
  }

  /** Publishes every broken limit; a loss at its stop is a trigger of its own. */
  void announce(Announcer announcer) {
    for (Reading breach : breaches()) {
      boolean stop = breach.measure() == RiskMeasure.SYMBOL_LOSS;
      announcer.say(
          stop ? "risk.stop_loss_trigger" : "risk.breach",
          breach.symbol().isEmpty() ? Announcer.PORTFOLIO : Announcer.symbol(breach.symbol()),
          breach.toJson());
    }
  }

  void describe(JsonObjectBuilder result) {
    Map<RiskCheck, BigDecimal> scores = scores();
    List<Reading> alerts = alerts();
    JsonArrayBuilder listed = JsonText.array();
    alerts.stream().limit(MOST_LISTED).forEach(alert -> listed.add(alert.toJson()));
    result
        .add("validation_passed", passed())
        .add("overall_risk_score", RiskScore.overall(scores.values()))
        .add("alerts", listed)
        .add("alerts_omitted", Math.max(0, alerts.size() - MOST_LISTED))
        .add("risk_metrics", metrics(scores))
        .add("limits", limits.toJson())
        .add("recommendations", recommendations());
  }

  private List<Reading> alerts() {
    return readings.values().stream()
        .flatMap(List::stream)
        .filter(reading -> reading.severity() != Severity.NONE)
        .sorted(
            Comparator.comparing(Reading::severity)
                .thenComparing(Reading::ratio)
                .reversed()
                .thenComparing(Reading::measure)
                .thenComparing(Reading::subject))
        .toList();
  }

  private Map<RiskCheck, BigDecimal> scores() {
    Map<RiskCheck, BigDecimal> scores = new TreeMap<>();
    readings.forEach((check, of) -> scores.put(check, RiskScore.of(of)));
    return scores;
  }

  /** Of each check its score, and of each measure the greatest reading. */
  private JsonObjectBuilder metrics(Map<RiskCheck, BigDecimal> scores) {
    JsonObjectBuilder json = JsonText.object();
    scores.forEach((check, score) -> json.add(check.word() + "_score", score));
    for (RiskMeasure measure : RiskMeasure.values()) {
      if (readings.containsKey(measure.check())) {
        greatest(measure)
            .ifPresentOrElse(reading -> add(json, reading), () -> json.addNull(measure.word()));
      }
    }
    return json.add("equity", Decimals.cents(held.equity()))
        .add("long_value", Decimals.cents(held.longValue()))
        .add("short_value", Decimals.cents(held.shortValue()));
  }

  private static void add(JsonObjectBuilder json, Reading reading) {
    json.add(reading.measure().word(), reading.value());
    if (!reading.subject().isEmpty()) {
      json.add(reading.measure().word() + "_of", reading.subject());
    }
  }

  private Optional<Reading> greatest(RiskMeasure measure) {
    return readings.get(measure.check()).stream()
        .filter(reading -> reading.measure() == measure)
        .max(Comparator.comparing(Reading::value));
  }

  private JsonArrayBuilder recommendations() {
    JsonArrayBuilder texts = JsonText.array();
    breaches().stream().limit(MOST_LISTED).forEach(each -> texts.add(Advice.on(each, held)));
    if (!unmeasured.isEmpty()) {
      texts.add(
          "Bring the prices of "
              + String.join(", ", unmeasured.stream().limit(20).toList())
              + " up to date: without them the portfolio cannot be validated.");
    }
    return texts;
  }
}
