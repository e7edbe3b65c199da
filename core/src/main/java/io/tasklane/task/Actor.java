package io.tasklane.task;

/**
 * Who did something, and why.
 *
 * @param principal such as "user:alice", "service:portfolio", "system:due"
 * @param reason free text, may be empty
 */
public record Actor(String principal, String reason) {
  /** The principal of calls that carry no identity. */
  public static final Actor ANONYMOUS = new Actor("anonymous", "");

  /** The same with this reason. */
  public Actor because(String why) {
    return new Actor(principal, why);
  }
}
