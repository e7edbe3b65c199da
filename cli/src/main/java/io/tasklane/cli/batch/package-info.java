/** {@code tasklane batch ...}: one thing done to everything that a filter finds. */
package io.tasklane.cli.batch;
