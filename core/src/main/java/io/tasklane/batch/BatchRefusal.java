package io.tasklane.batch;

/**
 * A target that was refused.
 *
 * @param position its place among all targets, from 0
 * @param target its name, such as "tasks/nightly-7"
 * @param reason with which the call for a single target is refused
 * @param message what that call says
 */
public record BatchRefusal(int position, String target, String reason, String message) {}
