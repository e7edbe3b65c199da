package io.tasklane.grpc.event;

import io.tasklane.api.EventOrder;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.event.EventService;
import io.tasklane.event.ResumeToken;
import io.tasklane.filter.EventFilter;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.v1.Event;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import java.util.Optional;

/**
 * Lists the log page by page. A page's token has its position, and where the list begins and ends.
 */
final class EventLists {
  private static final String BETWEEN = " ";

  private final EventService events;

  EventLists(EventService events) {
    this.events = events;
  }

  ListEventsResponse list(ListEventsRequest request) {
    EventFilter filter = ListFilter.read(request.getFilter(), EventFilter::parse);
    ReadMask<Event> mask = ReadMask.of(request.getReadMask(), Event.getDefaultInstance());
    EventOrder order = order(request.getOrderBy());
    PageToken token = new PageToken("events " + order, request.getFilter());
    Optional<String[]> from =
        token.position(request.getPageToken()).map(text -> text.split(BETWEEN, -1));
    EventQuery query =
        new EventQuery(
            from.map(parts -> position(parts, 0, request)),
            from.map(parts -> position(parts, 1, request)),
            from.map(parts -> position(parts, 2, request)),
            order,
            filter,
            filter.time(),
            PageSize.of(request.getPageSize()));
    return response(order, events.list(query), mask, token);
  }

  /**
   * Reads the order.
   *
   * @throws InvalidRequest ORDER_BY
   */
  private static EventOrder order(String text) {
    return switch (text.strip().replaceAll("\\s+", " ")) {
      case "", "event_time" -> EventOrder.OLDEST_FIRST;
      case "event_time desc" -> EventOrder.NEWEST_FIRST;
      default ->
          throw InvalidRequest.field(
              Reason.ORDER_BY,
              "order_by",
              "\"" + text + "\" is not allowed: event_time and event_time desc are");
    };
  }

  private static ListEventsResponse response(
      EventOrder order, EventPage page, ReadMask<Event> mask, PageToken token) {
    String position = page.position().encode();
    ListEventsResponse.Builder response = ListEventsResponse.newBuilder();
    response.setResumeToken(order == EventOrder.NEWEST_FIRST ? page.end().encode() : position);
    page.events().stream().map(EventMapping::toWire).map(mask::of).forEach(response::addEvents);
    if (!page.isLast()) {
      response.setNextPageToken(
          token.after(String.join(BETWEEN, position, page.begin().encode(), page.end().encode())));
    }
    return response.build();
  }

  private static ResumeToken position(String[] parts, int part, ListEventsRequest request) {
    try {
      if (parts.length == 3) {
        return ResumeToken.decode(parts[part]);
      }
    } catch (IllegalArgumentException notOurs) {
      // falls through: the refusal says all there is to say
    }
    throw PageToken.refused(request.getPageToken());
  }
}
