/** One operating-system process and the keeping of it: identity, log, readiness, restarts, end. */
package io.tasklane.launcher.process;
