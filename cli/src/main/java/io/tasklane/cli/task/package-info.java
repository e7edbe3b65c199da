/** {@code tasklane task ...}: create, find, follow and cancel single tasks. */
package io.tasklane.cli.task;
