/** How the Java components log: one JSON object a line. */
package io.tasklane.launcher.log;
