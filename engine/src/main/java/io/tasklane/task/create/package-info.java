/** Checks what was asked for and creates tasks, also as copies of others. */
package io.tasklane.task.create;
