package io.tasklane.grpc.call;

import io.tasklane.filter.FilterException;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.util.function.Function;

/** The filter of a request. */
public final class ListFilter {
  private ListFilter() {}

  /**
   * Parses the filter of a list or a subscription, and puts what is wrong in the words of the API.
   *
   * @param text as the client wrote it
   * @param parser of what the list can be filtered by
   * @throws InvalidRequest FILTER, with the position
   */
  public static <F> F read(String text, Function<String, F> parser) {
    try {
      return parser.apply(text);
    } catch (FilterException wrong) {
      throw InvalidRequest.field(Reason.FILTER, "filter", wrong.getMessage());
    }
  }
}
