/** Rows that say which task needs which. */
package io.tasklane.dependency.store;
