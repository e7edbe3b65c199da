package io.tasklane.grpc.event;

import io.tasklane.filter.EventFilter;
import io.tasklane.filter.FilterException;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;

/** Reads the filter of a list or a subscription. */
final class EventFilters {
  private EventFilters() {}

  /**
   * Reads it.
   *
   * @throws InvalidRequest FILTER, with the position and what is allowed there
   */
  static EventFilter read(String text) {
    try {
      return EventFilter.parse(text);
    } catch (FilterException wrong) {
      throw InvalidRequest.field(Reason.FILTER, "filter", wrong.getMessage());
    }
  }
}
