package io.tasklane.trigger;

/**
 * A window and the trigger under which it began.
 *
 * @param id key of its row, 0 for one that has none yet
 * @param triggerId key of the trigger, which may be gone
 * @param version of the trigger
 * @param trigger as it was then
 * @param window its events
 * @param stored how many of the events have rows
 */
record OpenWindow(
    long id, long triggerId, int version, Trigger trigger, CoalesceWindow window, int stored) {
  OpenWindow with(CoalesceWindow other) {
    return new OpenWindow(id, triggerId, version, trigger, other, stored);
  }
}
