/** What is configured, read once at the start from MicroProfile Config keys tasklane.*. */
package io.tasklane.config;
