/** Decides, and has written, what the tasks that others need bring about by their end. */
package io.tasklane.dependency;
