/**
 * What a user writes: the nodes of a workflow as plain values. Expressions are texts here; nothing
 * is checked before {@code io.tasklane.workflow.compile} compiles it.
 */
package io.tasklane.workflow.definition;
