/** {@code tasklane workflow}: start, look at and steer workflows. */
package io.tasklane.cli.workflow;
