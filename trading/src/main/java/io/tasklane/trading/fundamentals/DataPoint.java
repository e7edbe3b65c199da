package io.tasklane.trading.fundamentals;

import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A figure picked out of many, with where it comes from.
 *
 * @param value in dollars, dollars a share, or shares
 * @param end last day of the twelve months, or the day of a balance
 * @param basis "year" as reported, "ttm" summed up over trailing twelve months, "day" of a balance
 * @param concept the taxonomy's name, or names
 */
record DataPoint(BigDecimal value, LocalDate end, String basis, String concept) {
  static final String DAY = "day";

  static DataPoint of(Spans.Year year, String concept) {
    return new DataPoint(year.value(), year.end(), year.figures() == 1 ? "year" : "ttm", concept);
  }

  /** Whether it was reported for a year as such. */
  boolean isReportedYear() {
    return basis.equals("year");
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("value", value)
        .add("end", end.toString())
        .add("basis", basis)
        .add("concept", concept)
        .build();
  }

  /** Reads what {@link #toJson} wrote. */
  static DataPoint of(JsonObject json) {
    return new DataPoint(
        json.getJsonNumber("value").bigDecimalValue(),
        LocalDate.parse(json.getString("end")),
        json.getString("basis"),
        json.getString("concept"));
  }
}
