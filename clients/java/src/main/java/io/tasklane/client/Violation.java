package io.tasklane.client;

/**
 * One fault of a request.
 *
 * @param field the path of the field, such as "task.priority"
 * @param description what is wrong with it, and what is allowed
 */
public record Violation(String field, String description) {}
