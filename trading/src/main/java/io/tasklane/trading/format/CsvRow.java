package io.tasklane.trading.format;

import io.tasklane.task.FailureException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * One row of a CSV file.
 *
 * @param file name of the file
 * @param line its line in the file, from 1
 * @param columns place of each column in the row, by lower-case name; shared by all rows
 * @param cells as many as the header has
 */
public record CsvRow(String file, int line, Map<String, Integer> columns, List<String> cells) {

  /** The text of a cell, stripped; must not be empty. */
  public String text(String column) {
    String value = optionalText(column);
    if (value.isEmpty()) {
      throw fault(column, "text that is not empty");
    }
    return value;
  }

  /** The text of a cell, stripped; empty where the column or the value is missing. */
  public String optionalText(String column) {
    Integer place = columns.get(column);
    return place == null ? "" : cells.get(place).strip();
  }

  /** A decimal. */
  public BigDecimal decimal(String column) {
    return Decimals.parse(optionalText(column)).orElseThrow(() -> fault(column, Decimals.ALLOWED));
  }

  /** A decimal above zero. */
  public BigDecimal positive(String column) {
    BigDecimal value = decimal(column);
    if (value.signum() <= 0) {
      throw fault(column, "a number above 0");
    }
    return value;
  }

  /** A decimal of zero or more. */
  public BigDecimal notNegative(String column) {
    BigDecimal value = decimal(column);
    if (value.signum() < 0) {
      throw fault(column, "0 or more");
    }
    return value;
  }

  /** A day as YYYY-MM-DD. */
  public LocalDate date(String column) {
    try {
      return LocalDate.parse(optionalText(column));
    } catch (DateTimeParseException e) {
      throw fault(column, "a date as YYYY-MM-DD");
    }
  }

  /** What to throw when this cell's value breaks a rule. */
  public FailureException fault(String column, String allowed) {
    return DataFault.invalid(
        file + " line " + line + ", column " + column, optionalText(column), allowed);
  }
}
