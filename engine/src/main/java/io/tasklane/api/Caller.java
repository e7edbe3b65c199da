package io.tasklane.api;

import io.tasklane.task.Actor;

/**
 * The caller, as an edge found out.
 *
 * @param principal such as "anonymous" or "service:portfolio"
 * @param peer address the call came from, may be empty
 */
public record Caller(String principal, String peer) {
  /** The caller as the actor of a change, with this reason. */
  public Actor actor(String reason) {
    return new Actor(principal, reason);
  }
}
