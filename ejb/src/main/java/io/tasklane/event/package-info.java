/** The log's tail on this node: it follows the log and wakes those who read it. */
package io.tasklane.event;
