package io.tasklane.filter;

/**
 * One comparison of a filter, such as {@code queue = "queues/DATA_FETCHER"}.
 *
 * @param field such as "queue" or "labels.desk"
 * @param operator how the two are compared
 * @param value without its quotes
 * @param position of the field in the filter's text, 1 for the first character
 */
public record Comparison(String field, Operator operator, String value, int position) {

  /** The exception for a value that this field cannot have. */
  FilterException refused(String allowed) {
    return new FilterException(
        position,
        field + " " + operator.symbol() + " \"" + value + "\" is not allowed: " + allowed);
  }

  /** The exception for an operator that this field does not support. */
  FilterException takesOnly(String operators) {
    return new FilterException(
        position, field + " takes " + operators + " only, not " + operator.symbol());
  }

  /** The exception for a field that is compared more than once. */
  FilterException twice() {
    return new FilterException(position, field + " stands twice: once is allowed");
  }
}
