/** {@code tasklane dlq ...}: look at what failed for good, run it again or put it away. */
package io.tasklane.cli.deadletter;
