/** How the Java parts log: one JSON object a line. */
package io.tasklane.launcher.log;
