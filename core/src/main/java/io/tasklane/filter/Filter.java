package io.tasklane.filter;

import java.util.List;

/**
 * A filter as it was written: every one of its alternatives must hold, and an alternative holds if
 * any of its comparisons does. As in AIP-160, OR binds more tightly than AND.
 *
 * <pre>
 * filter      = [ alternative { "AND" alternative } ]
 * alternative = comparison { "OR" comparison } | "(" comparison { "OR" comparison } ")"
 * comparison  = field operator value
 * operator    = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | ":"   ":" means "begins with"
 * value       = a word of letters, digits and ._/- | "text" with \" and \\ for quote and backslash
 * </pre>
 *
 * @param allOf the alternatives; empty matches everything
 */
public record Filter(List<List<Comparison>> allOf) {
  /** Copies the alternatives. */
  public Filter {
    allOf = allOf.stream().map(List::copyOf).toList();
  }

  /**
   * Parses a filter; a blank text matches everything.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static Filter parse(String text) {
    return new FilterParser(text).parse();
  }

  /** Every comparison, in the order of the text. */
  public List<Comparison> comparisons() {
    return allOf.stream().flatMap(List::stream).toList();
  }
}
