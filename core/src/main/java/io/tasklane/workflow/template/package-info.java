/**
 * Workflows that are kept by name, in versions, and what a start from one of them makes of it. That
 * a definition is allowed, {@code io.tasklane.workflow.compile} checks.
 */
package io.tasklane.workflow.template;
