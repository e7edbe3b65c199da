/**
 * Configuration, read once at the start from the keys {@code tasklane.*}. A bad value stops the
 * start.
 */
package io.tasklane.config;
