package io.tasklane.condition;

/**
 * A member of a variable that an expression reads, such as {@code outputs.a}.
 *
 * @param variable one that is {@link Variable#namedOnly}
 * @param name of the member
 * @param position where it stands in the text
 */
public record Reference(Variable variable, String name, Position position) {}
