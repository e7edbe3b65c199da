package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.List;

/**
 * A page of the log.
 *
 * @param events those that match, in the order of the query; may be empty although more follow
 * @param position oldest first, everything up to here was read; newest first, everything after it
 * @param begin of the whole list: nothing up to it is part of the list
 * @param end of the whole list: nothing after it is part of the list
 * @param isLast whether no page follows
 */
public record EventPage(
    List<LogEvent> events,
    ResumeToken position,
    ResumeToken begin,
    ResumeToken end,
    boolean isLast) {}
