/** Triggers: the command that starts workflows for events, and those that change triggers. */
package io.tasklane.trigger;
